"""What people wrote, as far as they let others read it."""

from datetime import UTC, date, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from survey.aggregation.models import ReleasedComment
from survey.campaigns.models import Group, Pairing
from survey.dashboards.linkage.words import MOST_WORDS, Words, read_words
from survey.dashboards.trees import read_tree
from survey.linkage.alignment import find_aligned
from survey.organization.models import Team
from survey.questionnaires.models import PlaybackLeave
from survey.responses.models import Comment
from tests.factories.linkage import Company, ask_customers, ask_employees, make_company, release_all
from tests.stages import stage

pytestmark = pytest.mark.django_db
QUARTER = date(2026, 1, 1)


@stage
def company() -> Company:
    """Four teams with figures of both sides."""
    company = make_company(4)
    ask_employees(company, dict.fromkeys(company.teams, 3))
    ask_customers(
        company, dict.fromkeys(company.teams, 3), day=date(2026, 3, 3),
        closed_at=datetime(2026, 3, 20, tzinfo=UTC),
    )  # fmt: skip
    release_all()
    return company


def write(pairing: Pairing, code: str, text: str, leave: str) -> None:
    """Release a customer's comment at a team."""
    aligned = find_aligned(pairing, QUARTER)
    assert aligned is not None
    group = Group.objects.get(wave=aligned.cx[0].wave, code=code)
    comment = Comment.objects.create(group=group, item_code="story", text=text, leave=leave)
    ReleasedComment.objects.create(release=aligned.cx[0], group=group, comment=comment)


def read(company: Company, *, scope: str = "company", hidden: str = "") -> tuple[Words, ...]:
    hidden_ids = set(Team.objects.filter(code=hidden).values_list("pk", flat=True))
    return read_words(
        find_aligned(company.pairing, QUARTER),
        tree=read_tree(),
        scope=Team.objects.get(code=scope).pk,
        opens=hidden_ids.isdisjoint,
    )


class TestReadWords:
    def test_shows_words_with_their_writers_leave_only(self, company: Company) -> None:
        for leave in PlaybackLeave.values:
            write(company.pairing, "t0000", f"Words {leave}", leave)

        found = {words.text: words for words in read(company)}

        assert found.keys() == {"Words AS_TOLD", "Words NO_NAMES"}
        assert found["Words AS_TOLD"].writer == "Customer, T0000"
        assert "without names only" in found["Words NO_NAMES"].note
        assert not found["Words AS_TOLD"].is_staff

    def test_shows_at_most_three_whatever_they_say(self, company: Company) -> None:
        for number in range(MOST_WORDS + 2):
            write(company.pairing, "t0000", f"Words {number}", PlaybackLeave.AS_TOLD)

        first = ReleasedComment.objects.order_by("pk").values_list("comment__text", flat=True)
        assert [words.text for words in read(company)] == list(first[:MOST_WORDS])

    def test_shows_nothing_from_outside_the_part(self, company: Company) -> None:
        write(company.pairing, "t0000", "North", PlaybackLeave.AS_TOLD)
        write(company.pairing, "t0001", "South", PlaybackLeave.AS_TOLD)

        assert [words.text for words in read(company, scope="south")] == ["South"]

    def test_shows_nothing_of_teams_that_the_reader_may_not_open(self, company: Company) -> None:
        write(company.pairing, "t0000", "North", PlaybackLeave.AS_TOLD)

        assert read(company, hidden="t0000") == ()

    def test_has_nothing_of_a_period_without_figures(self) -> None:
        assert read_words(None, tree=read_tree(), scope=1, opens=bool) == ()

    def test_asks_as_often_for_many_comments_as_for_one(
        self, company: Company, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        aligned, tree = find_aligned(company.pairing, QUARTER), read_tree()
        scope = Team.objects.get(code="company").pk
        for code in company.teams:
            write(company.pairing, code, "Words", PlaybackLeave.AS_TOLD)
            with django_assert_num_queries(3):
                read_words(aligned, tree=tree, scope=scope, opens=bool)

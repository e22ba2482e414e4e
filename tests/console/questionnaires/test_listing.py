import pytest
from pytest_django import DjangoAssertNumQueries

from survey.campaigns.models import Wave
from survey.console.questionnaires.listing import list_questionnaires
from survey.questionnaires.models import Audience, Questionnaire
from tests.console.questionnaires.drafts import make_draft


class TestListQuestionnaires:
    def test_tells_size_time_and_use(self, draft: Wave) -> None:
        listing = list_questionnaires(audiences=tuple(Audience), status="")

        [pulse] = [row for row in listing.rows if row.code == "pulse"]
        assert (pulse.n_items, pulse.takes, pulse.n_waves) == (8, "1 min 20 s", 1)
        assert [str(language.name) for language in pulse.languages] == ["English"]

    def test_counts_only_the_readers_audiences(self, bank: None) -> None:
        listing = list_questionnaires(audiences=(Audience.CUSTOMER,), status="")

        assert [row.code for row in listing.rows] == ["treatment"]
        assert {code: n for code, _state, n in listing.counts}["PUBLISHED"] == 1

    @pytest.mark.parametrize("n_more", [0, 5])
    def test_asks_the_database_as_often_however_many_there_are(
        self, bank: None, n_more: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for number in range(n_more):
            make_draft(name=f"Draft {number}")

        with django_assert_num_queries(4):
            list_questionnaires(audiences=tuple(Audience), status="")

    def test_shows_drafts_alone_where_asked(self, six_items: Questionnaire) -> None:
        listing = list_questionnaires(audiences=tuple(Audience), status="DRAFT")

        assert [row.pk for row in listing.rows] == [six_items.pk]

"""The pages of all words, and of those that were hidden."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from survey.accounts.models import AccessEntry, Grant, Role, User
from survey.campaigns.models import Campaign, Group, Pairing
from survey.core.timestamps import local_date
from survey.followup.hiding import hide_comment
from survey.followup.models import HiddenComment
from survey.responses.models import Comment
from tests.cast import Organisation, make_user
from tests.dashboards.team.staging import everywhere, release, write
from tests.factories.aggregation import CLOSED, make_campaign
from tests.followup.waiting import make_answer

pytest_plugins = ["tests.dashboards.team.company"]

WORDS, HIDDEN = "/dashboards/words/", "/dashboards/hidden-words/"
MONTH = timedelta(days=30)


@pytest.fixture
def pulse(team_sides: Pairing, organisation: Organisation) -> Campaign:
    """A survey of staff that nothing outside is held against."""
    return make_campaign(team_sides.ex.questionnaire, organisation.company, "pulse")


@pytest.fixture
def groups(team_sides: Pairing) -> dict[str, Group]:
    return release(team_sides.ex, everywhere("fair", 70.0))


@pytest.fixture
def gone(groups: dict[str, Group], alice: User) -> Comment:
    """A comment of Bakery's that Alice hid."""
    comment = write(groups["bakery"], "Jo is a fool.")
    hide_comment(comment=comment, user=alice, reason="It names Jo", now=CLOSED)
    return comment


def read(client: Client, user: User, address: str = WORDS) -> str:
    client.force_login(user)
    return client.get(address).text


class TestAllWords:
    def test_holds_those_of_every_round_of_a_survey_without_a_pairing(
        self, pulse: Campaign, client: Client, bob: User
    ) -> None:
        for number in range(3):
            closed_at = CLOSED + number * MONTH
            write(release(pulse, everywhere("fair", 70.0), closed_at=closed_at)["bakery"],
                  f"In round {number}")  # fmt: skip

        page = read(client, bob)

        assert all(f"In round {number}" in page for number in range(3))
        assert f"{pulse.name}, March 2026" in page
        assert f"{pulse.name}, April 2026" in page

    def test_holds_those_of_a_whole_part_for_its_leader_who_can_answer_there(
        self, groups: dict[str, Group], client: Client, organisation: Organisation, bob: User
    ) -> None:
        comment = write(groups["food"], "Further up")
        ann = make_user("ann", Role.LEADER, organisation.food)
        talk = reverse("dashboards:talk", args=["food", comment.pk])

        page = read(client, ann)

        assert "Food as a whole" in page
        assert talk in page
        assert f'href="{WORDS}?of=food"' in client.get(talk).text
        assert "Further up" in client.get(f"{WORDS}?of=food").text
        assert "Further up" not in read(client, bob)
        assert client.get(talk).status_code == 404

    def test_leads_to_one_survey_and_one_home(
        self, groups: dict[str, Group], pulse: Campaign, client: Client, alice: User
    ) -> None:
        write(groups["bakery"], "Bread")
        write(groups["garden"], "Roses")
        write(release(pulse, everywhere("fair", 70.0))["garden"], "Tulips")

        page = read(client, alice, f"{WORDS}?survey=inside&of=garden")

        assert ("Roses" in page, "Bread" in page, "Tulips" in page) == (True, False, False)
        assert client.get(f"{WORDS}?of=nowhere").status_code == 404

    def test_leads_to_those_whose_writer_waits(
        self, groups: dict[str, Group], client: Client, bob: User, charlie: User
    ) -> None:
        write(groups["bakery"], "Nobody waits")
        make_answer(write(groups["bakery"], "Still squeaks"), local_date(CLOSED))

        for user, shown in ((bob, True), (charlie, False)):
            page = read(client, user, f"{WORDS}?show=waiting")
            assert ("Still squeaks" in page, "Nobody waits" in page) == (shown, False)

    def test_says_when_there_are_none(self, team_sides: Pairing, client: Client, bob: User) -> None:
        assert "There are no words to read yet" in read(client, bob)

    def test_is_reached_from_the_pages_of_a_team(
        self, groups: dict[str, Group], client: Client, bob: User
    ) -> None:
        for page in ("/dashboards/teams/bakery/", "/dashboards/teams/bakery/words/"):
            assert read(client, bob, page).count(f'href="{WORDS}"') == 2  # and in the menu

    def test_asks_as_few_questions_for_many_as_for_one(
        self, groups: dict[str, Group], client: Client, bob: User,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:  # fmt: skip
        write(groups["bakery"], "First")
        read(client, bob)
        with django_assert_num_queries(9, exact=False) as counted:
            client.get(WORDS)
        for number in range(15):
            write(groups["bakery"], f"Words {number}")

        with django_assert_num_queries(len(counted)):
            client.get(WORDS)


class TestHiddenWords:
    def test_says_who_hid_what_why_and_when(
        self, gone: Comment, client: Client, alice: User, bob: User
    ) -> None:
        for user in (alice, bob):
            page = read(client, user, HIDDEN)

            assert "Jo is a fool." in page
            assert "Hidden by Alice on 31 March 2026: It names Jo" in page

    def test_brings_words_back_for_a_reason_and_logs_it(
        self, gone: Comment, client: Client, bob: User
    ) -> None:
        assert "Jo is a fool." not in read(client, bob)
        sent = {"comment": str(gone.pk), "reason": " "}

        refused = client.post(HIDDEN, sent)
        assert (refused.status_code, "Error:" in refused.text) == (422, True)
        client.post(HIDDEN, sent | {"reason": "Jo agreed"})

        assert "Jo is a fool." in client.get(WORDS).text
        assert "No words are hidden" in client.get(HIDDEN).text
        logged = AccessEntry.objects.get(route="followup:show-comment")
        assert (logged.user_name, logged.what) == ("Bob", f"{gone.pk}: Jo agreed")

    def test_is_closed_to_whom_words_may_be_about_and_shows_others_nothing(
        self, gone: Comment, client: Client, charlie: User, organisation: Organisation
    ) -> None:
        sent = {"comment": str(gone.pk), "reason": "Mine"}
        for role in (Role.TEAM_LEAD, Role.ANALYST):
            team = organisation.bakery if role == Role.TEAM_LEAD else None
            client.force_login(make_user(f"a-{role}", role, team))
            assert client.get(HIDDEN).status_code == 403
            assert client.post(HIDDEN, sent).status_code == 403
            assert HIDDEN not in client.get(WORDS).text

        assert "Jo is" not in read(client, charlie, HIDDEN)
        assert client.post(HIDDEN, sent).status_code == 404
        assert HiddenComment.objects.exists()

    def test_changes_nothing_for_whoever_tries_out_a_role(
        self, gone: Comment, client: Client, alice: User, bob: User
    ) -> None:
        client.force_login(alice)
        client.post("/dashboards/see-as/", {"grant": Grant.objects.get(user=bob).pk})

        assert "Bring it back" not in client.get(HIDDEN).text
        assert client.post(HIDDEN, {"comment": str(gone.pk), "reason": "No"}).status_code == 403
        assert HiddenComment.objects.exists()

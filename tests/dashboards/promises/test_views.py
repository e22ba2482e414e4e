"""The pages of promises: who reads and makes which, and that each step stands in the history."""

from datetime import datetime, timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format
from pytest_django import DjangoAssertNumQueries

from survey.accounts.models import Role, User
from survey.core.timestamps import local_date
from survey.dashboards.see_as.views import SEEN_AS
from survey.followup.models import Commitment, CommitmentState
from survey.followup.promising import change_commitment
from survey.questionnaires.models import Audience
from tests.cast import Organisation, make_user
from tests.factories.promises import promise, refuse

LIST, NEW = "/dashboards/promises/", "/dashboards/promises/new/"
WEEK = timedelta(days=7)
Sent = dict[str, str]


@pytest.fixture
def today() -> datetime:
    """The moment of the request: pages read their own clock."""
    return timezone.now()


def page_of(commitment: Commitment) -> str:
    return f"{LIST}{commitment.key}/"


def read(client: Client, address: str) -> str:
    return unescape(client.get(address).content.decode())


def filled(today: datetime, **more: str) -> Sent:
    return {
        "answer": "will",
        "audience": "EMPLOYEE",
        "what": "Rotas two weeks ahead",
        "who_name": "Bob",
        "due_date": (local_date(today) + WEEK).isoformat(),
        "is_shown_outside": "on",
    } | more


class TestPromises:
    def test_counts_kept_and_late_in_the_open(
        self, client: Client, alice: User, today: datetime
    ) -> None:
        promise(alice, today - 2 * WEEK, what="Sweep")
        promise(alice, today, what="Paint")
        client.force_login(alice)

        page = read(client, LIST)

        assert "0 kept, 1 open, 1 late" in page
        assert "late, 7 days" in page
        assert page.index("Sweep") < page.index("Paint")

    def test_filters_by_state_and_team(
        self, client: Client, alice: User, organisation: Organisation, today: datetime
    ) -> None:
        promise(alice, today, what="Paint", team=organisation.bakery)
        refuse(alice, today, what="Sundays")
        client.force_login(alice)

        assert "Sundays" not in read(client, f"{LIST}?state=open")
        assert "Paint" not in read(client, f"{LIST}?state=refused")
        assert "Sundays" not in read(client, f"{LIST}?team=bakery")
        assert "None stands like that" in read(client, f"{LIST}?state=late")
        assert client.get(f"{LIST}?state=lost").status_code == 404

    def test_says_what_belongs_here_where_nothing_is(self, client: Client, alice: User) -> None:
        client.force_login(alice)

        assert "Nothing is promised yet" in read(client, LIST)

    def test_shows_leads_what_their_teams_and_everybody_were_promised(
        self, client: Client, alice: User, bob: User, organisation: Organisation, today: datetime
    ) -> None:
        promise(alice, today, what="Paint", team=organisation.bakery)
        promise(alice, today, what="Hose", team=organisation.garden)
        promise(alice, today, what="Everybody")
        client.force_login(bob)

        page = read(client, LIST)

        assert ("Paint" in page, "Everybody" in page, "Hose" in page) == (True, True, False)

    @pytest.mark.parametrize("role", [Role.ADMIN, Role.AUDITOR, Role.ANALYST])
    def test_is_closed_to_others(self, client: Client, db: None, role: Role) -> None:
        client.force_login(make_user("ann", role))

        assert [client.get(one).status_code for one in (LIST, NEW)] == [403, 403]

    def test_asks_as_few_questions_for_many_as_for_one(
        self, client: Client, alice: User, organisation: Organisation, today: datetime,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:  # fmt: skip
        promise(alice, today, team=organisation.bakery)
        client.force_login(alice)
        client.get(LIST)
        with django_assert_num_queries(6) as counted:
            client.get(LIST)
        for number in range(60):
            promise(alice, today, what=f"{number}", team=organisation.garden)

        with django_assert_num_queries(len(counted)):
            page = read(client, LIST)
        assert "Page 1 of 2" in page


class TestMovedPromises:
    @pytest.mark.parametrize("address", [LIST, "/heard/"])
    def test_go_on_saying_that_they_were_late(
        self, client: Client, alice: User, today: datetime, address: str
    ) -> None:
        made = promise(alice, today - 2 * WEEK, audience=Audience.CUSTOMER)
        later = local_date(today) + WEEK
        moved = {"due_date": later}
        change_commitment(key=made.key, changes=moved, why="Ill", by=alice, now=today)
        client.force_login(alice)

        for page in (read(client, address), read(client, page_of(made))):
            days = [date_format(day, "j F Y") for day in (made.due_date, local_date(today), later)]
            said = "It was late: promised by {}, moved on {} to {}.".format(*days)
            assert said in page
        assert "were late and got another day" in read(client, address).replace("was", "were")

    def test_say_so_on_first_pages(
        self, client: Client, alice: User, bob: User, organisation: Organisation, today: datetime
    ) -> None:
        made = promise(alice, today - 2 * WEEK, team=organisation.bakery)
        moved = {"due_date": local_date(today) + WEEK}
        change_commitment(key=made.key, changes=moved, why="Ill", by=alice, now=today)

        for user in (alice, bob):
            client.force_login(user)
            page = client.get("/", follow=True).text
            assert "1 of them was late and got another day." in page


class TestSignedPromises:
    @pytest.mark.parametrize("address", [LIST, "/heard/"])
    def test_say_who_entered_a_name_that_is_not_their_own(
        self, client: Client, alice: User, today: datetime, address: str
    ) -> None:
        client.force_login(alice)
        client.post(NEW, filled(today, audience="CUSTOMER", who_name="Zoe Any"))
        client.post(NEW, filled(today, audience="CUSTOMER", what="Mine", who_name="Alice"))

        page = read(client, address)

        assert page.count("entered by Alice") == 1
        assert "Zoe Any, entered by Alice" in page


class TestNewPromise:
    def test_writes_it_down(
        self, client: Client, alice: User, bob: User, organisation: Organisation, today: datetime
    ) -> None:
        client.force_login(alice)
        team = organisation.bakery

        assert f'value="{team.pk}" selected' in client.get(f"{NEW}?team=bakery").content.decode()
        response = client.post(NEW, filled(today, team=str(team.pk)))

        made = Commitment.objects.get()
        assert response["Location"] == page_of(made)
        assert (made.team, made.who, made.who_name) == (team, bob, "Bob")

    def test_says_no_and_why(self, client: Client, alice: User, today: datetime) -> None:
        client.force_login(alice)
        no = filled(today, answer="wont", what="Open on Sundays", due_date="")

        unsaid = client.post(NEW, no)
        client.post(NEW, no | {"because": "It needs four more people."})

        assert unsaid.status_code == 422
        made = Commitment.objects.get()
        assert (made.state, made.because) == ("REFUSED", "It needs four more people.")
        assert "It needs four more people." in read(client, page_of(made))

    @pytest.mark.parametrize("due_date", ["", "2020-01-01", "soon"])
    def test_asks_for_a_day_to_come(
        self, client: Client, alice: User, today: datetime, due_date: str
    ) -> None:
        client.force_login(alice)

        response = client.post(NEW, filled(today, due_date=due_date))

        assert response.status_code == 422
        assert b"<title>Error:" in response.content

    def test_offers_a_lead_their_own_teams_only(
        self, client: Client, bob: User, organisation: Organisation, today: datetime
    ) -> None:
        client.force_login(bob)
        own, other = organisation.bakery.pk, organisation.garden.pk

        assert client.post(NEW, filled(today, team=str(other))).status_code == 422
        assert client.post(NEW, filled(today, team="")).status_code == 422
        assert client.post(NEW, filled(today, team=str(own))).status_code == 302


class TestPromise:
    def send(self, client: Client, made: Commitment, act: str, **fields: str) -> int:
        sent = {f"{act}-{name}": value for name, value in fields.items()}
        return client.post(page_of(made), {"do": act, **sent}).status_code

    def test_is_kept_moved_and_reworded(self, client: Client, alice: User, today: datetime) -> None:
        made = promise(alice, today - WEEK)
        client.force_login(alice)
        later = (local_date(today) + WEEK).isoformat()

        assert self.send(client, made, "move", due_date=later) == 422  # without a reason
        assert self.send(client, made, "move", due_date=later, why="Late shift is ill") == 302
        assert self.send(client, made, "reword", what="Rotas earlier", who_name="Jo") == 302
        assert self.send(client, made, "keep", kept_date=local_date(today).isoformat()) == 302

        page = read(client, page_of(made))
        assert "Late shift is ill" in page
        assert "It said: “Rotas go up two weeks ahead”" in page
        assert "Handed over from Alice to Jo" in page
        assert page.index("Kept, on") < page.index("Moved from") < page.index("Promised, by")
        made.refresh_from_db()
        assert made.state == CommitmentState.KEPT
        assert self.send(client, made, "reopen", why="Not in every team") == 302

    @pytest.mark.parametrize(("act", "state"), [("refuse", "REFUSED"), ("withdraw", "WITHDRAWN")])
    def test_is_taken_back_with_a_reason(
        self, client: Client, alice: User, today: datetime, act: str, state: str
    ) -> None:
        made = promise(alice, today)
        client.force_login(alice)

        assert self.send(client, made, act, why="") == 422
        assert self.send(client, made, act, why="The shop closes") == 302
        made.refresh_from_db()
        assert (made.state, made.because) == (state, "The shop closes")

    def test_takes_nothing_more_once_it_has_ended(
        self, client: Client, alice: User, today: datetime
    ) -> None:
        made = refuse(alice, today)
        client.force_login(alice)

        assert self.send(client, made, "keep", kept_date=local_date(today).isoformat()) == 200
        assert made.changes.count() == 1

    def test_is_not_there_for_charlie(
        self, client: Client, alice: User, charlie: User, organisation: Organisation,
        today: datetime,
    ) -> None:  # fmt: skip
        made = promise(alice, today, team=organisation.bakery)
        client.force_login(charlie)

        assert client.get(page_of(made)).status_code == 404
        assert self.send(client, made, "withdraw", why="Mine now") == 404

    def test_to_everybody_is_read_by_leads_and_changed_by_the_offices(
        self, client: Client, alice: User, bob: User, today: datetime
    ) -> None:
        made = promise(alice, today)
        client.force_login(bob)

        assert "How does it stand?" not in read(client, page_of(made))
        assert self.send(client, made, "withdraw", why="Mine now") == 200
        made.refresh_from_db()
        assert made.state == CommitmentState.PROMISED

    def test_changes_nothing_for_whoever_tries_out_a_role(
        self, client: Client, alice: User, bob: User, organisation: Organisation, today: datetime
    ) -> None:
        made = promise(alice, today, team=organisation.bakery)
        client.force_login(alice)
        session = client.session
        session[SEEN_AS] = bob.grants.get().pk
        session.save()

        assert "How does it stand?" not in read(client, page_of(made))
        assert self.send(client, made, "withdraw", why="Not really") == 403
        assert client.post(NEW, filled(today)).status_code == 403

"""The pages of calls: who sees what, and the next step."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from survey.accounts.models import Role, User
from survey.dashboards.access import SEEN_AS
from survey.followup.models import Callback, CallbackState
from survey.questionnaires.models import Audience
from tests.cast import Organisation, make_user
from tests.followup.calls import ask

LIST = "/dashboards/calls/"


@pytest.fixture
def dora(db: None) -> User:
    """Customer experience: the office that answers for customers' calls."""
    return make_user("dora", Role.CX_MANAGER)


@pytest.fixture
def callback(organisation: Organisation, dora: User) -> Callback:
    """A customer of Bakery waits for Dora."""
    return ask(now=timezone.now() - timedelta(minutes=5), team=organisation.bakery)


def url(callback: Callback) -> str:
    return f"{LIST}{callback.key}/"


class TestCalls:
    def test_lists_ones_own_before_those_of_others(
        self, client: Client, callback: Callback, dora: User, organisation: Organisation
    ) -> None:
        late = ask(now=timezone.now() - timedelta(days=9), team=organisation.garden)
        client.force_login(dora)

        page = client.get(LIST).text

        assert page.index(str(late.key)) < page.index(str(callback.key))
        assert page.count(">late<") == 1
        assert "With others" not in page

    def test_shows_a_lead_their_own_team_and_another_lead_nothing(
        self, client: Client, callback: Callback, bob: User, charlie: User
    ) -> None:
        client.force_login(bob)
        assert "Nia Brandt" in client.get(LIST).text
        assert "stale" in client.get(url(callback)).text

        client.force_login(charlie)
        assert "Nobody waits." in client.get(LIST).text
        assert client.get(url(callback)).status_code == 404
        assert client.post(url(callback), {"do": "solve"}).status_code == 404

    def test_shows_staff_to_the_people_team_alone(
        self, client: Client, dora: User, alice: User, bob: User
    ) -> None:
        staff = ask(now=timezone.now(), audience=Audience.EMPLOYEE)

        for user, status in ((alice, 200), (dora, 404), (bob, 404)):
            client.force_login(user)
            assert client.get(url(staff)).status_code == status, user

    def test_shows_none_while_a_role_is_tried_out(
        self, client: Client, callback: Callback, dora: User, bob: User
    ) -> None:
        client.force_login(dora)
        session = client.session
        session[SEEN_AS] = bob.grants.get().pk
        session.save()

        assert "Not shown while you try out a role" in client.get(LIST).text
        assert client.get(url(callback)).status_code == 404

    @pytest.mark.parametrize("role", [Role.ADMIN, Role.AUDITOR, Role.ANALYST])
    def test_are_shut_to_whoever_runs_and_checks_the_product(
        self, client: Client, callback: Callback, role: Role
    ) -> None:
        client.force_login(make_user("gita", role))

        for address in (LIST, url(callback)):
            refused = client.get(address)
            assert refused.status_code == 403
            assert "Calls name people" in refused.text

    def test_asks_the_database_as_often_for_many_as_for_one(
        self, client: Client, callback: Callback, dora: User, django_assert_max_num_queries: Any
    ) -> None:
        for _time in range(5):
            ask(now=timezone.now(), team=callback.team)
        client.force_login(dora)

        with django_assert_max_num_queries(12):
            client.get(LIST)


class TestCall:
    def test_tells_all_that_its_owner_needs(
        self, client: Client, callback: Callback, dora: User
    ) -> None:
        client.force_login(dora)

        page = client.get(url(callback)).text

        for told in ("Nia Brandt", "mailto:nia@example.org", "after five", "stale", "Bakery"):
            assert told in page
        Callback.objects.update(phone="030 123456")
        both = client.get(url(callback)).text
        assert "tel:030123456" in both
        assert "mailto:nia@example.org" in both
        assert "Asked for" in page
        assert "Given: Dora" in page
        assert str(callback.check_key) not in page

    def test_writes_words_as_they_are_and_never_as_markup(
        self, client: Client, callback: Callback, dora: User
    ) -> None:
        Callback.objects.update(words="<script>alert(1)</script>", name="<b>Nia</b>")
        client.force_login(dora)

        page = client.get(url(callback)).text + client.get(LIST).text

        assert "<script>alert" not in page
        assert "<b>Nia" not in page

    @pytest.mark.parametrize(
        ("step", "state"),
        [
            ("take", CallbackState.ACCEPTED),
            ("note", CallbackState.NEW),
            ("solve", CallbackState.SOLVED),
            ("give-up", CallbackState.UNREACHED),
        ],
    )
    def test_takes_the_next_step(
        self, client: Client, callback: Callback, dora: User, step: str, state: str
    ) -> None:
        client.force_login(dora)

        client.post(url(callback), {"do": step, "note": "Rang at ten"})

        callback.refresh_from_db()
        assert callback.state == state
        assert client.get(url(callback)).status_code == 200

    def test_hands_over_to_a_colleague_from_the_list_only(
        self, client: Client, callback: Callback, dora: User, bob: User, charlie: User
    ) -> None:
        client.force_login(dora)
        assert "Charlie" not in client.get(url(callback)).text

        refused = client.post(
            url(callback), {"do": "hand-over", "to": str(charlie.pk)}, follow=True
        )
        assert "nothing was handed over" in refused.text
        client.post(url(callback), {"do": "hand-over", "to": str(bob.pk), "word": "Yours"})

        callback.refresh_from_db()
        assert callback.owner == bob
        assert callback.events.get(kind="HANDED_OVER").note == "Yours"

    @pytest.mark.parametrize(
        ("do", "kept"), [("take", "note"), ("hand-over", "note"), ("note", "word")]
    )
    def test_shows_again_what_was_typed_beside_the_button(
        self, client: Client, callback: Callback, dora: User, bob: User, do: str, kept: str
    ) -> None:
        client.force_login(dora)
        typed = {"note": "Rang <at> ten", "word": "Yours <now>"}

        page = client.post(url(callback), {"do": do, "to": str(bob.pk), kept: typed[kept]})

        assert page.status_code == 200
        assert escape(typed[kept]) in page.text
        assert "neither saved nor sent yet" in page.text
        assert not callback.events.exclude(note="").exists()

    def test_loses_no_note_where_somebody_was_quicker(
        self, client: Client, callback: Callback, dora: User
    ) -> None:
        client.force_login(dora)
        client.post(url(callback), {"do": "solve"})

        page = client.post(url(callback), {"do": "solve", "note": "Rang at ten"})

        assert page.status_code == 422
        assert "Rang at ten</textarea>" in page.text

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({}, "They are asked once, by e-mail, whether it was put right."),
            ({"checked_at": timezone.now()}, "and are not asked again."),
            ({"email": "", "phone": "030 123456"}, "so nobody asks them whether it is so."),
        ],
    )
    def test_says_whether_the_person_is_asked(
        self, client: Client, callback: Callback, dora: User, changes: dict[str, Any], said: str
    ) -> None:
        Callback.objects.update(**changes)
        client.force_login(dora)

        page = client.post(url(callback), {"do": "solve"}, follow=True)

        assert said in page.text

    def test_says_that_somebody_was_quicker(
        self, client: Client, callback: Callback, dora: User
    ) -> None:
        client.force_login(dora)
        client.post(url(callback), {"do": "solve"})

        again = client.post(url(callback), {"do": "solve"}, follow=True)

        assert "Somebody was quicker" in again.text

"""What the letters about callbacks say, and whom they never name."""

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.utils.translation import gettext

from survey.accounts.models import Role, User
from survey.followup.callback_rounds import remind_owners
from survey.followup.callbacks import Wish, reopen_callback, solve_callback
from survey.followup.models import Callback
from survey.followup.notices import send_due_notices
from survey.letters.models import Delivery
from survey.organization.models import Person
from survey.questionnaires.languages import speak
from tests.cast import make_user
from tests.followup.calls import ask

HOUR = timedelta(hours=1)


@pytest.fixture
def dora(db: None) -> User:
    """Customer experience: the office that answers for customers' calls."""
    return make_user("dora", Role.CX_MANAGER)


class TestLetters:
    def test_tell_the_owner_where_to_look_and_nothing_of_the_person(
        self, dora: User, now: datetime
    ) -> None:
        callback = ask(now=now)

        send_due_notices(now=now)

        [letter] = mail.outbox
        body = f"{letter.subject} {letter.body} {letter.alternatives}"
        assert letter.to == ["Dora <dora@example.org>"]
        assert f"/dashboards/calls/{callback.key}/" in body.replace("=\n", "")
        assert "Tuesday, 3 March, 09:00" in body
        for private in ("Nia", "Brandt", "nia@", "stale", "after five", str(callback.check_key)):
            assert private not in body

    def test_tell_every_way_to_reach_the_person_and_not_where_it_leads(
        self, dora: User, now: datetime
    ) -> None:
        ask(now=now, wish=Wish("Nia", phone="+49 30 123456", email="nia@example.org"))

        send_due_notices(now=now)

        body = str(mail.outbox[0].body)
        assert "They left a telephone number and an e-mail address." in body
        assert "123456" not in body

    def test_say_of_a_call_that_is_open_again_why_and_since_when(
        self, dora: User, now: datetime
    ) -> None:
        callback = ask(now=now)
        solve_callback(callback_id=callback.pk, user=dora, note="", now=now + HOUR)
        reopen_callback(callback_id=callback.pk, words="Stale again", now=now + 2 * HOUR)

        send_due_notices(now=now + 2 * HOUR)

        letter = mail.outbox[-1]
        body = " ".join(str(letter.body).split())
        assert letter.subject == "A call is open again: it is not put right yet"
        assert "Dora noted it as solved on Monday, 2 March, 10:00." in body
        assert "They answered on Monday, 2 March, 11:00: not yet." in body
        assert "Stale" not in body

    def test_say_the_end_of_a_day_where_they_are_due_at_midnight(
        self, dora: User, now: datetime
    ) -> None:
        Callback.objects.filter(pk=ask(now=now).pk).update(due_at=now.replace(hour=0) + 24 * HOUR)

        send_due_notices(now=now)

        assert "by the end of Monday, 2 March." in str(mail.outbox[0].body)

    @pytest.mark.parametrize("late", [False, True])
    def test_speak_the_language_of_the_owner(self, dora: User, now: datetime, late: bool) -> None:
        Person.objects.create(external_id="1", name="Dora", email=dora.email, language="de")
        ask(now=now)
        if late:
            Delivery.objects.all().delete()
            remind_owners(now=now + 24 * HOUR)

        send_due_notices(now=now + 24 * HOUR)

        [letter] = mail.outbox
        with speak("de"):
            subject = (
                "Somebody still waits for your call" if late else "Somebody waits for your call"
            )
            assert letter.subject == gettext(subject) != subject
            assert gettext("Open the call") in str(letter.body)
            assert "Dienstag, " in str(letter.body)

    def test_say_that_it_is_late(self, dora: User, now: datetime) -> None:
        ask(now=now)
        send_due_notices(now=now)
        remind_owners(now=now + 24 * HOUR)

        send_due_notices(now=now + 24 * HOUR)

        assert "that has passed" in str(mail.outbox[-1].body)

    def test_are_not_sent_once_it_is_done(self, dora: User, now: datetime) -> None:
        callback = ask(now=now)
        solve_callback(callback_id=callback.pk, user=dora, note="", now=now)

        assert send_due_notices(now=now).sent == 0

    def test_ask_the_person_in_their_language_in_the_name_of_who_called(
        self, dora: User, now: datetime
    ) -> None:
        callback = ask(now=now, language="de")
        solve_callback(callback_id=callback.pk, user=dora, note="", now=now)
        remind_owners(now=now)

        send_due_notices(now=now)

        [letter] = mail.outbox
        assert letter.to == ["Nia Brandt <nia@example.org>"]
        assert "dora@example.org" in str(letter.body)
        assert f"/call/{callback.check_key}/" in str(letter.body)
        assert str(callback.key) not in str(letter.body)
        assert "stale" not in str(letter.body)

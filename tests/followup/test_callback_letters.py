"""What the letters about callbacks say, and whom they never name."""

from datetime import datetime, timedelta

import pytest
from django.core import mail

from survey.accounts.models import Role, User
from survey.followup.callback_rounds import remind_owners
from survey.followup.callbacks import solve_callback
from survey.followup.notices import send_due_notices
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

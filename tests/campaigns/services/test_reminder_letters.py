import logging
import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta

import pytest
from django.core.mail import EmailMessage
from django.db import connection
from django.test.utils import CaptureQueriesContext

from survey.campaigns.ledger_checks import reminders_broken
from survey.campaigns.models import (
    Campaign,
    Credential,
    Invitation,
    Reminder,
    ReminderRow,
    Wave,
)
from survey.campaigns.services import (
    close_wave,
    send_due_letters,
    send_due_reminders,
    set_reminders,
    snooze_address,
    stop_reminders,
)
from survey.campaigns.services import reminder_letters as services
from survey.letters.models import Delivery, DeliveryState, Letter
from survey.letters.services import stop_address
from survey.letters.unrecorded import Post
from survey.organization.models import Person
from survey.responses.services import submit_response
from tests.factories.campaigns import NOW, make_campaign, make_open_wave, make_teams, tokens
from tests.factories.responses import make_answers

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
DUE = NOW + 4 * DAY
N = 12


@pytest.fixture
def wave(mailoutbox: list[EmailMessage]) -> Wave:
    """A wave whose letters have been sent, with a reminder planned for the fifth day."""
    wave = make_open_wave(make_campaign(make_teams({"top": None}, {"top": N})["top"]))
    send_due_letters(now=NOW)
    set_reminders(
        wave_id=wave.pk,
        reminders=[(DUE.date(), None), (DUE.date() + 3 * DAY, None)],
        now=NOW,
    )
    mailoutbox.clear()
    return wave


def answer(wave: Wave, n: int) -> set[str]:
    """Let some people answer; return their addresses."""
    rows = list(Invitation.objects.filter(wave=wave).order_by("key").select_related("person")[:n])
    for token in tokens(wave, rows):
        submit_response(token=token, answers=make_answers(wave), now=NOW)
    return {row.person.email for row in rows if row.person}


def reached(mailoutbox: list[EmailMessage]) -> list[str]:
    """Return the addresses to which letters went."""
    return sorted(message.to[0].rpartition("<")[2].strip(">") for message in mailoutbox)


class TestSendDueReminders:
    def test_writes_to_unused_links_only(self, wave: Wave, mailoutbox: list[EmailMessage]) -> None:
        answered = answer(wave, 5)

        assert send_due_reminders(now=DUE) == N

        addresses = set(Person.objects.values_list("email", flat=True))
        assert reached(mailoutbox) == sorted(addresses - answered)
        body = " ".join(mailoutbox[0].body.split())
        assert "Your link has not been used yet" in body
        assert "Neither I nor your manager see whose links were used" in body

    def test_sends_each_once_however_often_it_runs(
        self, wave: Wave, mailoutbox: list[EmailMessage]
    ) -> None:
        for minutes in (0, 1, 60):
            send_due_reminders(now=DUE + timedelta(minutes=minutes))
        assert len(mailoutbox) == N

        send_due_reminders(now=DUE + 3 * DAY)
        assert len(mailoutbox) == 2 * N
        assert len({message.subject for message in mailoutbox}) == 2
        assert reminders_broken() == []

    def test_waits_for_its_day_and_hour_in_every_zone(
        self, wave: Wave, mailoutbox: list[EmailMessage]
    ) -> None:
        Person.objects.filter(pk__in=Person.objects.order_by("pk")[:4]).update(
            time_zone="Pacific/Auckland"
        )
        Wave.objects.filter(pk=wave.pk).update(letters_date=NOW.date(), letters_time=time(9))

        assert send_due_reminders(now=DUE - timedelta(hours=14)) == 0
        assert send_due_reminders(now=DUE - timedelta(hours=13)) == 4
        assert send_due_reminders(now=DUE) == N - 4

    def test_waits_where_it_is_quiet_because_the_worker_is_late(
        self, wave: Wave, mailoutbox: list[EmailMessage]
    ) -> None:
        Campaign.objects.update(quiet_from=time(20), quiet_until=time(8))
        night = DUE + timedelta(hours=12)

        assert send_due_reminders(now=night) == 0
        assert set(ReminderRow.objects.values_list("due_at", flat=True)) == {
            night + timedelta(hours=11)
        }
        assert send_due_reminders(now=night + timedelta(hours=11)) == N

    def test_leaves_whoever_stopped_rests_or_never_got_the_letter(
        self, wave: Wave, mailoutbox: list[EmailMessage]
    ) -> None:
        people = list(Person.objects.order_by("pk"))
        stop_address(address=people[0].email, today=NOW.date())
        snooze_address(address=people[1].email, until_date=DUE.date() + DAY, today=NOW.date())
        Delivery.objects.filter(address=people[2].email).update(
            state=DeliveryState.FAILED, reason="address refused with 550"
        )
        Delivery.objects.filter(address=people[3].email).update(due_at=DUE)  # deferred till today
        people[4].delete()

        assert send_due_reminders(now=DUE) == N
        assert reached(mailoutbox) == sorted(person.email for person in people[5:])

    def test_is_signed_by_who_signs_the_letter_by_then(
        self, wave: Wave, mailoutbox: list[EmailMessage]
    ) -> None:
        Letter.objects.filter(campaigns=wave.campaign).update(
            signer_name="Olu Bakare", reply_to="olu@example.org"
        )

        send_due_reminders(now=DUE)

        assert "Olu Bakare" in mailoutbox[0].from_email
        assert "olu@example.org" in mailoutbox[0].reply_to[0]

    @pytest.mark.parametrize("how", ["stopped", "closed"])
    def test_ends_when_it_is_stopped_or_the_wave_closes(
        self, wave: Wave, mailoutbox: list[EmailMessage], how: str
    ) -> None:
        send_due_reminders(now=DUE - timedelta(hours=10))
        if how == "stopped":
            stop_reminders(wave_id=wave.pk, now=NOW)
        else:
            close_wave(wave_id=wave.pk, now=DUE)

        assert send_due_reminders(now=DUE) == 0
        assert mailoutbox == []

    def test_drops_what_is_left_of_the_first_when_the_second_begins(
        self, wave: Wave, mailoutbox: list[EmailMessage]
    ) -> None:
        send_due_reminders(now=DUE - timedelta(hours=10))  # begun, and then no worker for days

        send_due_reminders(now=DUE + 3 * DAY)

        assert len(mailoutbox) == N


class TestSecrecy:
    def test_gives_everybody_a_row_and_marks_all_alike(self, wave: Wave) -> None:
        answer(wave, 5)
        with CaptureQueriesContext(connection) as queries:
            send_due_reminders(now=DUE)

        marks = [
            query["sql"]
            for query in queries
            if query["sql"].startswith('UPDATE "campaigns_reminderrow"')
            and "is_done" in query["sql"].partition("WHERE")[0]
        ]
        rows = ReminderRow.objects.filter(reminder__number=1)
        assert set(rows.values_list("is_done", "due_at")) == {(True, DUE)}
        assert rows.count() == N
        assert len([sql for sql in marks if re.search(r" IN \((\d|%s)", sql)]) == 1

    def test_leaves_no_other_trace_in_the_database(self, wave: Wave) -> None:
        answer(wave, 5)
        before = Delivery.objects.count()

        send_due_reminders(now=DUE)

        assert Delivery.objects.count() == before
        assert Credential.objects.filter(is_spent=True).count() == 5

    def test_writes_nobody_into_the_log_not_even_how_many(
        self, wave: Wave, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)

        send_due_reminders(now=DUE)

        told = "\n".join(record.getMessage() for record in caplog.records)
        assert "@" not in told
        assert "/r/" not in told


class TestInTrouble:
    def test_is_at_most_once_when_the_worker_dies(
        self,
        wave: Wave,
        mailoutbox: list[EmailMessage],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        real = Post.send
        sent: Iterator[int] = iter(range(4))

        def die(*letter: object) -> bool:
            if next(sent, None) is None:
                raise SystemExit
            return real(*letter)  # type: ignore[arg-type]

        monkeypatch.setattr(Post, "send", die)
        monkeypatch.setattr(services, "CHUNK", 6)
        with pytest.raises(SystemExit):
            send_due_reminders(now=DUE)
        monkeypatch.setattr(Post, "send", real)
        send_due_reminders(now=DUE)

        addresses = reached(mailoutbox)
        assert len(addresses) == len(set(addresses)) == 4 + 6  # the rest of a chunk of six is lost

    def test_marks_nothing_while_there_is_no_mail_server(
        self, wave: Wave, mailoutbox: list[EmailMessage], settings: object
    ) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # type: ignore[attr-defined]

        assert send_due_reminders(now=DUE) == 0
        assert not ReminderRow.objects.filter(is_done=True).exists()

    def test_leaves_a_chunk_that_another_worker_has_taken(
        self, wave: Wave, mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        real = services.write_reminders

        def overtaken(**named: object) -> object:
            letters = real(**named)  # type: ignore[arg-type]
            ReminderRow.objects.filter(pk=ReminderRow.objects.earliest("pk").pk).update(
                is_done=True
            )
            return letters

        monkeypatch.setattr(services, "write_reminders", overtaken)

        assert send_due_reminders(now=DUE) == 0
        assert mailoutbox == []

    def test_ends_in_time_and_goes_on_in_the_next_run(
        self, wave: Wave, mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(services, "CHUNK", 5)
        clock = iter([0.0, 1.0, 20.0])

        assert send_due_reminders(now=DUE, read_clock=lambda: next(clock)) == 5
        assert send_due_reminders(now=DUE) == N - 5
        assert len(mailoutbox) == N

    def test_keeps_to_the_pace_of_mail_domains(
        self, wave: Wave, mailoutbox: list[EmailMessage], settings: object
    ) -> None:
        settings.LETTERS_PER_DOMAIN_MINUTE = 5  # type: ignore[attr-defined]
        now: datetime = DUE

        for minutes, n in ((0, 5), (1, 5), (2, 2)):
            assert send_due_reminders(now=now + timedelta(minutes=minutes)) == n
        assert not Reminder.objects.filter(number=1, rows__is_done=False).exists()

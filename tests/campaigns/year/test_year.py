"""A company asked for months on end, held to the rules by a checker that knows only the rules."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from pytest_django import Settings

from survey.campaigns import customer_rules, letters, reminding, turns, zones
from survey.campaigns.services import letters as letter_services
from survey.campaigns.services import reminder_letters
from survey.campaigns.turns import Plan, Turn
from survey.letters.mail import SMTP_BACKEND
from tests.campaigns.year.checking import Checker
from tests.campaigns.year.company import Size
from tests.campaigns.year.facts import Facts
from tests.campaigns.year.living import Life
from tests.letters.mail_server import MailServer, running

SPRING = Size(people=30, customers=14, begins=date(2026, 2, 23), ends=date(2026, 4, 13))
YEAR = Size(people=500, customers=150, begins=date(2026, 1, 5), ends=date(2027, 1, 4))
WEEKS = Size(people=12, customers=10, begins=date(2026, 3, 2), ends=date(2026, 3, 23))

USERS_OF_QUIET_HOURS = (zones, turns, reminding, customer_rules, letters, reminder_letters)
Live = Callable[[Size], Facts]


@pytest.fixture
def live(db: None, settings: Settings) -> Live:
    """Let a company live, with a real mail server on loopback."""

    def run(size: Size) -> Facts:
        with running(MailServer()) as server:
            settings.EMAIL_BACKEND = SMTP_BACKEND
            settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
            settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
            settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
            return Life(size, server).run()

    return run


class TestYear:
    def test_asks_everybody_exactly_as_the_rules_say(self, live: Live) -> None:
        """Seven weeks with the clock changes of both halves of the earth."""
        facts = live(SPRING)

        assert Checker(facts).find_faults() == []
        assert _kinds(facts) >= {"asked", "deferred", "asked_lately"}
        assert len(facts.letters) > 150

    @pytest.mark.soak
    def test_asks_everybody_exactly_as_the_rules_say_for_a_year(self, live: Live) -> None:
        facts = live(YEAR)

        assert Checker(facts).find_faults() == []
        assert _kinds(facts) >= {"asked", "deferred", "asked_lately", "stopped"}
        assert len(facts.letters) > 10_000
        assert facts.unasked


class TestChecker:
    """Every rule that is broken is noticed."""

    def test_notices_who_is_asked_too_often(
        self, live: Live, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def take(self: object, *, wave: object, plan: Plan) -> Turn:
            return Turn(plan.due_at)

        monkeypatch.setattr(turns.Turns, "take", take)

        assert "was asked too often" in _faults(live(WEEKS))

    def test_notices_letters_in_quiet_hours(
        self, live: Live, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for module in USERS_OF_QUIET_HOURS:
            monkeypatch.setattr(module, "quiet_hours_of", lambda campaign: None)

        assert "reached" in _faults(live(WEEKS))

    def test_notices_reminders_to_used_links(
        self, live: Live, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        real = reminding.Credential.objects.filter

        def careless(*places: object, **wanted: object) -> object:
            wanted.pop("is_spent", None)
            return real(*places, **wanted)

        monkeypatch.setattr(reminding.Credential.objects, "filter", careless)

        assert "of a link they had used" in _faults(live(WEEKS))

    def test_notices_letters_that_are_not_in_the_ledger(
        self, live: Live, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(letter_services, "record_askings", lambda **named: None)

        faults = _faults(live(WEEKS))
        assert "no asking in the ledger" in faults
        assert "letters are not in the fatigue ledger" in faults

    def test_notices_what_is_changed_in_letters(self, live: Live) -> None:
        facts = live(WEEKS)
        assert Checker(facts).find_faults() == []
        letters = list(facts.letters)
        first, last = letters[0], letters[-1]
        subjects = facts.programmes["pulse"].reminder_subjects
        reminder = next(row for row in letters if row.subject in subjects)

        facts.letters[:] = [*letters, first]
        assert "2 times" in _faults(facts)
        facts.letters[:] = letters[1:]
        assert f"no invitation {first.subject!r} to {first.address}" in _faults(facts)
        facts.letters[:] = [replace(first, at=first.at.replace(hour=0)), *letters[1:]]
        assert "nobody expected the invitation" in _faults(facts)
        facts.letters[:] = [*letters, replace(reminder, sender="Somebody Else", at=last.at)]
        assert "was reminded by somebody else" in _faults(facts)
        facts.letters[:] = [*letters, replace(reminder, token="of another")]
        assert "reminded of a letter they never had" in _faults(facts)


def _kinds(facts: Facts) -> set[str]:
    return {event.reason for event in facts.events if hasattr(event, "reason")}


def _faults(facts: Facts) -> str:
    return "\n".join(Checker(facts).find_faults())

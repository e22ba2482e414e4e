"""A process ends in the middle: between two statements, or between a commit and its hint."""

from contextlib import nullcontext

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from survey.accounts.models import User
from survey.campaigns.models import Credential, Wave
from survey.responses import spending
from survey.responses.invariants import broken_invariants
from survey.responses.models import Intake, Response
from survey.responses.services import submit_response
from tests.factories.campaigns import NOW, make_campaign, make_open_wave, make_teams, tokens_of
from tests.factories.responses import answer_wave, make_answers

pytestmark = pytest.mark.django_db


class CrashError(BaseException):
    """The process ends here."""


@pytest.fixture
def wave() -> Wave:
    return make_open_wave(make_campaign(make_teams({"top": None}, {"top": 8})["top"]))


class TestCrashWhileAnAnswerIsTakenIn:
    def crash(self, wave: Wave, monkeypatch: pytest.MonkeyPatch) -> str:
        """End between the link and the answer; return the link's token."""

        def end(rows: object) -> None:
            raise CrashError

        token = tokens_of(wave)[0]
        with monkeypatch.context() as patch:
            patch.setattr(Intake.objects, "bulk_create", end)
            with pytest.raises(CrashError):
                submit_response(token=token, answers=make_answers(wave), now=NOW)
        return token

    def test_leaves_the_link_for_another_try(
        self, wave: Wave, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        token = self.crash(wave, monkeypatch)

        submit_response(token=token, answers=make_answers(wave), now=NOW)
        assert Intake.objects.count() == 1
        assert broken_invariants(now=NOW) == []

    def test_would_lose_the_answer_without_the_transaction_and_be_noticed(
        self, wave: Wave, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as patch:
            patch.setattr(spending.transaction, "atomic", nullcontext)
            self.crash(wave, monkeypatch)

        assert Credential.objects.filter(is_spent=True).count() == 1
        assert not Intake.objects.exists()
        (sentence,) = broken_invariants(now=NOW)
        assert "do not make the 1 answers taken in" in sentence


class TestCrashBetweenCommitAndHint:
    def test_costs_a_tick_and_nothing_else(
        self,
        wave: Wave,
        alice: User,
        client: Client,
        django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    ) -> None:
        answer_wave(wave, wave.groups.get(), [1, 2, 3, 2, 1])
        client.force_login(alice)

        with django_capture_on_commit_callbacks() as never_sent:
            client.post(reverse("console:close", args=[wave.pk]))
        assert never_sent
        wave.refresh_from_db()
        assert (wave.closed_at is not None, wave.sealed_at) == (True, None)

        call_command("tick", "--until-idle")
        wave.refresh_from_db()
        assert wave.sealed_at is not None
        assert Response.objects.count() == 5

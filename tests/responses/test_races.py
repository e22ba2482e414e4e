"""Many at once: whatever happens together, an answer counts once and none is lost."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from survey.campaigns.models import Asking, Credential, Wave
from survey.campaigns.selectors import ClosedLinkError
from survey.campaigns.services import (
    CustomerData,
    NotCancellableError,
    Receipt,
    cancel_launch,
    close_wave,
    record_interaction,
)
from survey.letters.claiming import claim_due
from survey.letters.models import DeliveryChannel
from survey.questionnaires.answers import ReadAnswers
from survey.questionnaires.models import Audience
from survey.responses.invariants import broken_invariants
from survey.responses.models import Intake, Response
from survey.responses.services import (
    CredentialSpentError,
    seal_due_waves,
    seal_wave,
    submit_response,
)
from tests.factories.campaigns import NOW, make_campaign, make_open_wave, make_teams, tokens_of
from tests.factories.responses import answer_wave, make_answers

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def wave() -> Wave:
    return make_open_wave(make_campaign(make_teams({"top": None}, {"top": 40})["top"]))


def at_once(*calls: Callable[[], object]) -> list[object]:
    """Run calls in as many threads, all let go at one moment; return results or exceptions."""
    gate = Barrier(len(calls))

    def run(call: Callable[[], object]) -> object:
        try:
            gate.wait(timeout=30)
            return call()
        except (CredentialSpentError, ClosedLinkError, NotCancellableError) as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


class TestFiftyPostsOfOneLink:
    def test_make_one_answer(self, wave: Wave) -> None:
        token = tokens_of(wave)[0]
        answers = make_answers(wave)

        outcomes = at_once(*[lambda: submit_response(token=token, answers=answers, now=NOW)] * 50)

        assert outcomes.count(None) == 1
        assert {type(outcome) for outcome in outcomes if outcome} == {CredentialSpentError}
        assert Intake.objects.count() == Credential.objects.filter(is_spent=True).count() == 1


class TestTwoSealers:
    def test_store_every_answer_once(self, wave: Wave) -> None:
        answer_wave(wave, wave.groups.get(), [1, 2, 3] * 10)
        close_wave(wave_id=wave.pk, now=NOW)

        outcomes = at_once(*[lambda: seal_wave(wave_id=wave.pk, now=NOW)] * 3)

        assert sorted(map(bool, outcomes)) == [False, False, True]
        assert Response.objects.count() == 30
        assert broken_invariants(now=NOW) == []


class TestSealThatOutlastsItsLease:
    def test_keeps_no_other_worker_waiting(self, wave: Wave) -> None:
        if connection.vendor == "sqlite":
            pytest.skip("SQLite has one writer at a time, so everybody waits for it")
        close_wave(wave_id=wave.pk, now=NOW)

        with ThreadPoolExecutor(1) as pool, transaction.atomic():
            Wave.objects.filter(pk=wave.pk).update(sealed_at=NOW)
            other = pool.submit(lambda: at_once(lambda: seal_due_waves(now=NOW)))
            assert other.result(timeout=10) == [0]


class TestPostsWhileTheWaveIsSealed:
    def test_are_counted_or_told_that_it_closed(self, wave: Wave) -> None:
        answer_wave(wave, wave.groups.get(), [1] * 5)
        late = tokens_of(wave)[5:25]
        answers = make_answers(wave)

        def seal() -> None:
            close_wave(wave_id=wave.pk, now=NOW)
            seal_wave(wave_id=wave.pk, now=NOW)

        outcomes = at_once(seal, *(lambda token=token: submit(token, answers) for token in late))

        taken = outcomes[1:].count(None)
        assert {type(outcome) for outcome in outcomes[1:] if outcome} <= {ClosedLinkError}
        assert Response.objects.count() == 5 + taken
        assert not Intake.objects.exists()
        assert broken_invariants(now=NOW) == []


class TestOneInteractionReportedTwentyTimes:
    def test_asks_the_customer_once(self) -> None:
        teams = make_teams({"top": None, "a": "top"}, {})
        make_open_wave(make_campaign(teams["top"], Audience.CUSTOMER))

        def report(key: str) -> Receipt:
            return record_interaction(
                idempotency_key=key,
                request_digest="d",
                customer=CustomerData("c1", "Anna", "anna@example.com"),
                team_code="a",
                occurred_at=NOW,
                now=NOW,
            )

        same = at_once(*[lambda: report("k")] * 10)
        other = at_once(*(lambda key=f"k{n}": report(key) for n in range(10)))

        receipts = [receipt for receipt in same + other if isinstance(receipt, Receipt)]
        assert len(receipts) == 20
        assert sum(receipt.is_asked and not receipt.is_repeat for receipt in receipts) == 1


def submit(token: str, answers: ReadAnswers) -> None:
    submit_response(token=token, answers=answers, now=NOW)


class TestUndoing:
    @pytest.mark.parametrize("worker_is_late_by", [0.0, 0.05])
    @pytest.mark.parametrize("undoing_is_late_by", [0.0, 0.05])
    def test_meets_no_letter_that_a_worker_has_taken(
        self, wave: Wave, undoing_is_late_by: float, worker_is_late_by: float
    ) -> None:
        def undo() -> None:
            time.sleep(undoing_is_late_by)
            cancel_launch(wave_id=wave.pk, now=NOW)

        def work() -> object:
            time.sleep(worker_is_late_by)
            return claim_due(channel=DeliveryChannel.EMAIL, now=NOW, size=40)

        undone, claimed = at_once(undo, work)

        n_claimed = len(claimed) if isinstance(claimed, list) else -1
        assert n_claimed == (40 if isinstance(undone, NotCancellableError) else 0)
        assert Credential.objects.count() == n_claimed == Asking.objects.count()

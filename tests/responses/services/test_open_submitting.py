from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from survey.campaigns.collectors import get_open_link
from survey.campaigns.models import CollectorKind, UsedNonce, Wave
from survey.campaigns.nonces import StaleNonceError, make_nonce
from survey.campaigns.selectors import ClosedLinkError, WithdrawnLinkError
from survey.campaigns.services import close_wave, forget_nonces, withdraw_wave
from survey.questionnaires.answers import AnswerError, ReadAnswers
from survey.responses.models import Intake
from survey.responses.services import (
    AnswersRefusedError,
    NonceUsedError,
    seal_wave,
    submit_open_response,
)
from tests.factories.campaigns import NOW
from tests.factories.collectors import answer_openly, link_of, make_links
from tests.factories.responses import make_answers

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def wave() -> Wave:
    return make_links()


class TestSubmitOpenResponse:
    def test_takes_one_answer_for_one_page(self, wave: Wave) -> None:
        collector = link_of(wave, "north")
        (nonce,) = answer_openly(collector, [3])
        link = get_open_link(code=collector.code, kind=CollectorKind.QR, now=NOW)

        with pytest.raises(NonceUsedError):
            submit_open_response(link=link, nonce=nonce, answers=make_answers(wave, 1), now=NOW)

        assert Intake.objects.count() == UsedNonce.objects.count() == 1

    def test_writes_two_new_rows_and_touches_no_old_one(self, wave: Wave) -> None:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer_openly(link_of(wave, "north"), [3])

        statements = [row["sql"] for row in queries.captured_queries]
        assert sum(sql.startswith("INSERT") for sql in statements) == 2
        assert not [sql for sql in statements if sql.startswith(("UPDATE", "DELETE"))]
        assert len(statements) <= 6

    def test_refuses_a_page_of_yesterday_and_one_of_another_link(self, wave: Wave) -> None:
        north, south = link_of(wave, "north"), link_of(wave, "south")
        old = make_nonce(code=north.code, now=NOW - DAY)
        link = get_open_link(code=north.code, kind=CollectorKind.QR, now=NOW)

        for nonce in (old, make_nonce(code=south.code, now=NOW), "", "nonsense"):
            with pytest.raises(StaleNonceError):
                submit_open_response(link=link, nonce=nonce, answers=make_answers(wave), now=NOW)

        assert not Intake.objects.exists()

    def test_cannot_be_sent_again_once_its_nonce_is_forgotten(self, wave: Wave) -> None:
        collector = link_of(wave, "north")
        (nonce,) = answer_openly(collector, [3])
        later = (NOW + 2 * DAY).replace(hour=0)
        assert forget_nonces(now=later) == 1
        link = get_open_link(code=collector.code, kind=CollectorKind.QR, now=later)

        with pytest.raises(StaleNonceError):
            submit_open_response(link=link, nonce=nonce, answers=make_answers(wave), now=later)

    def test_stores_no_answers_with_errors(self, wave: Wave) -> None:
        code = link_of(wave, "north").code
        link = get_open_link(code=code, kind=CollectorKind.QR, now=NOW)
        wrong = ReadAnswers({}, {}, {}, (AnswerError("", "empty", "nothing"),))

        with pytest.raises(AnswersRefusedError):
            submit_open_response(
                link=link, nonce=make_nonce(code=code, now=NOW), answers=wrong, now=NOW
            )

    def test_keeps_nothing_of_whoever_answered(self, wave: Wave) -> None:
        (nonce,) = answer_openly(link_of(wave, "north"), [3])

        row = UsedNonce.objects.values().get()

        assert row.keys() == {"id", "digest", "door_id", "used_date"}
        assert nonce not in str(row)


@pytest.mark.django_db(transaction=True)
class TestSubmitOpenResponseWhileTheWaveEnds:
    def test_says_that_the_wave_was_sealed_meanwhile(self) -> None:
        wave = make_links()
        code = link_of(wave, "north").code
        link = get_open_link(code=code, kind=CollectorKind.QR, now=NOW)
        close_wave(wave_id=wave.pk, now=NOW)
        seal_wave(wave_id=wave.pk, now=NOW)

        with pytest.raises(ClosedLinkError):
            submit_open_response(
                link=link,
                nonce=make_nonce(code=code, now=NOW),
                answers=make_answers(wave),
                now=NOW,
            )

        assert not Intake.objects.exists()
        assert not UsedNonce.objects.exists()

    def test_says_that_the_wave_was_withdrawn_meanwhile(self) -> None:
        wave = make_links()
        code = link_of(wave, "north").code
        link = get_open_link(code=code, kind=CollectorKind.QR, now=NOW)
        withdraw_wave(wave_id=wave.pk, reason="by mistake", now=NOW)

        with pytest.raises(WithdrawnLinkError):
            submit_open_response(
                link=link,
                nonce=make_nonce(code=code, now=NOW),
                answers=make_answers(wave),
                now=NOW,
            )

        assert not Intake.objects.exists()

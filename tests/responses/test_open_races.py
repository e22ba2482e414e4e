"""Many at once at an open link: a page counts once, and no answer is lost when a wave ends."""

from collections.abc import Callable
from functools import partial

import pytest

from survey.campaigns.collectors import get_open_link
from survey.campaigns.models import CollectorKind, UsedNonce, Wave
from survey.campaigns.nonces import make_nonce
from survey.campaigns.selectors import LinkNotOpenError
from survey.campaigns.services import close_wave
from survey.responses.invariants import broken_invariants
from survey.responses.models import Intake, Response
from survey.responses.services import NonceUsedError, seal_wave, submit_open_response
from tests.factories.campaigns import NOW
from tests.factories.collectors import answer_openly, link_of, make_links
from tests.factories.responses import make_answers
from tests.responses.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def wave() -> Wave:
    return make_links()


def posts(wave: Wave, n: int, *, nonce: str = "") -> list[Callable[[], object]]:
    """Return calls that send a page each, all of them the same page where a nonce is given."""
    code = link_of(wave, "north").code
    link = get_open_link(code=code, kind=CollectorKind.QR, now=NOW)
    answers = make_answers(wave)

    def send(own: str) -> object:
        try:
            submit_open_response(link=link, nonce=own, answers=answers, now=NOW)
        except (NonceUsedError, LinkNotOpenError) as error:
            return error
        return "taken in"

    return [partial(send, nonce or make_nonce(code=code, now=NOW)) for _ in range(n)]


class TestFiftyPostsOfOnePage:
    def test_make_one_answer(self, wave: Wave) -> None:
        nonce = make_nonce(code=link_of(wave, "north").code, now=NOW)

        outcomes = at_once(*posts(wave, 50, nonce=nonce))

        assert outcomes.count("taken in") == 1
        assert {type(one) for one in outcomes if one != "taken in"} == {NonceUsedError}
        assert Intake.objects.count() == UsedNonce.objects.count() == 1


class TestPostsWhileTheWaveIsSealed:
    @pytest.mark.parametrize("attempt", range(4))
    def test_are_counted_or_told_that_it_closed(self, wave: Wave, attempt: int) -> None:
        answer_openly(link_of(wave, "north"), [1] * 5)
        sending = posts(wave, 20)

        def end() -> str:
            close_wave(wave_id=wave.pk, now=NOW)
            seal_wave(wave_id=wave.pk, now=NOW)
            return "sealed"

        outcomes = at_once(*sending[:10], end, *sending[10:])

        assert outcomes.count("sealed") == 1
        assert Response.objects.count() == 5 + outcomes.count("taken in")
        assert not Intake.objects.exists()
        assert broken_invariants(now=NOW) == []

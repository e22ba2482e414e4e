from datetime import timedelta

import pytest
from django.test import Client, RequestFactory

from survey.answering.open.asking import NONCE, TOO_OLD, find_asking, take_in
from survey.campaigns.models import CollectorKind, Wave
from survey.campaigns.nonces import make_nonce
from survey.campaigns.selectors import content_of
from survey.responses.models import Intake
from tests.factories.campaigns import NOW
from tests.factories.collectors import link_of, make_links

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def wave() -> Wave:
    return make_links()


def send(wave: Wave, **changes: str) -> tuple[object, ...]:
    """Post a page of North that was opened at NOW; return the errors."""
    code = link_of(wave, "north").code
    item = next(item.code for item in content_of(wave=wave).items if item.is_closed)
    posted = {item: "3", NONCE: make_nonce(code=code, now=NOW)} | changes
    request = RequestFactory().post("/", posted)
    asking = find_asking(request, code=code, kind=CollectorKind.QR, now=NOW)
    return take_in(request, asking).errors


class TestFindAsking:
    @pytest.mark.parametrize(("query", "language"), [("", "en"), ("?lang=de", "de")])
    def test_speaks_the_language_of_the_letter_or_the_one_asked_for(
        self, wave: Wave, query: str, language: str
    ) -> None:
        request = RequestFactory().get(f"/{query}")
        code = link_of(wave, "north").code

        asking = find_asking(request, code=code, kind=CollectorKind.QR, now=NOW)

        assert asking.language == language


class TestTakeIn:
    def test_takes_a_fresh_page_in(self, wave: Wave) -> None:
        assert send(wave) == ()
        assert Intake.objects.count() == 1

    def test_takes_the_same_page_once_and_says_nothing(self, wave: Wave) -> None:
        nonce = make_nonce(code=link_of(wave, "north").code, now=NOW)

        assert [send(wave, **{NONCE: nonce}) for _ in range(2)] == [(), ()]
        assert Intake.objects.count() == 1

    def test_takes_no_page_of_yesterday(self, wave: Wave) -> None:
        old = make_nonce(code=link_of(wave, "north").code, now=NOW - DAY)

        assert send(wave, **{NONCE: old}) == (TOO_OLD,)
        assert not Intake.objects.exists()

    def test_takes_no_unknown_field(self, wave: Wave) -> None:
        assert len(send(wave, other="1")) == 1
        assert not Intake.objects.exists()


class TestOpenPage:
    def test_answers_a_refusal_with_a_kind_page(self, browser: Client) -> None:
        reply = browser.get("/o/nobody/")

        assert reply.status_code == 404
        assert reply["X-Robots-Tag"] == "noindex, nofollow"
        assert "frame-ancestors 'none'" in reply["Content-Security-Policy"]

"""A tablet on the counter."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from survey.campaigns.models import Collector, Wave
from survey.responses.models import Intake
from tests.answering.asking import state_of
from tests.answering.open.test_views import NONCE
from tests.factories.collectors import PIN, link_of, make_kiosks, make_links

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave() -> Wave:
    now = timezone.now()
    wave = make_links(now=now - timedelta(minutes=1))
    make_kiosks(wave, now=now)
    return wave


@pytest.fixture
def kiosk(wave: Wave) -> Collector:
    return link_of(wave, "north", "KIOSK")


def url(kiosk: Collector, rest: str = "") -> str:
    return f"/o/{kiosk.code}/kiosk/{rest}"


class TestAsk:
    def test_asks_one_question_after_the_other_without_javascript_too(
        self, kiosk: Collector, browser: Client
    ) -> None:
        page = browser.get(url(kiosk)).content.decode()
        form = {"open.nonce": NONCE.search(page)[1]}  # type: ignore[index]
        asked = []
        for _ in range(3):
            asked += re.findall(r'type="radio"[^>]* name="([^"]+)" value="3"', page)
            answer = {asked[-1]: "3", "form.state": state_of(page)}
            reply = browser.post(url(kiosk), form | answer)
            assert reply.status_code == 200
            page = reply.content.decode()
            assert page.count("data-question") == 1

        last = browser.post(url(kiosk), form | {"form.state": state_of(page)})

        assert (len(set(asked)), last["Location"]) == (3, url(kiosk, "thanks/"))
        assert Intake.objects.count() == 1

    def test_goes_back_and_keeps_what_was_chosen(self, kiosk: Collector, browser: Client) -> None:
        page = browser.get(url(kiosk)).content.decode()
        assert 'name="form.back"' not in page
        form = {"open.nonce": NONCE.search(page)[1]}  # type: ignore[index]
        name = re.search(r'type="radio"[^>]* name="([^"]+)"', page)[1]  # type: ignore[index]
        second = browser.post(url(kiosk), form | {name: "2", "form.state": state_of(page)})
        state = {"form.state": state_of(second.content.decode()), "form.back": "1"}

        first = browser.post(url(kiosk), form | state).content.decode()

        assert re.findall(r'value="(\d)" checked', first) == ["2"]

    def test_may_send_by_script_to_itself_and_nowhere_else(
        self, kiosk: Collector, browser: Client
    ) -> None:
        policy = browser.get(url(kiosk))["Content-Security-Policy"]

        assert "connect-src 'self'" in policy
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy

    def test_takes_one_answer_for_one_page(self, kiosk: Collector, browser: Client) -> None:
        page = browser.get(url(kiosk)).content.decode()
        name = re.search(r'type="radio"[^>]* name="([^"]+)"', page)
        nonce = NONCE.search(page)
        assert name is not None
        assert nonce is not None
        form = {name[1]: "3", "open.nonce": nonce[1]}
        for _ in range(3):
            page = browser.post(url(kiosk), form | {"form.state": state_of(page)}).content.decode()
        form = {"open.nonce": nonce[1], "form.state": state_of(page)}

        sent = [browser.post(url(kiosk), form) for _ in range(2)]

        assert {reply["Location"] for reply in sent} == {url(kiosk, "thanks/")}
        assert Intake.objects.count() == 1

    def test_takes_no_page_for_the_whole_whose_state_is_lost(
        self, kiosk: Collector, browser: Client
    ) -> None:
        page = browser.get(url(kiosk)).content.decode()
        name = re.search(r'type="radio"[^>]* name="([^"]+)"', page)[1]  # type: ignore[index]
        nonce = NONCE.search(page)[1]  # type: ignore[index]

        reply = browser.post(url(kiosk), {name: "3", "open.nonce": nonce})

        assert reply.status_code == 422
        assert re.findall(r'value="(\d)" checked', reply.content.decode()) == ["3"]
        assert not Intake.objects.exists()

    def test_starts_over_without_javascript_too_and_says_so_on_every_page(
        self, kiosk: Collector, browser: Client
    ) -> None:
        first = browser.get(url(kiosk)).content.decode()
        form = {"open.nonce": NONCE.search(first)[1], "form.state": state_of(first)}  # type: ignore[index]
        second = browser.post(url(kiosk), form).content.decode()
        refresh = f'<noscript><meta http-equiv="refresh" content="300;url={url(kiosk)}"></noscript>'

        for page in (first, second):
            assert refresh in page[: page.index("</head>")]
            assert "five minutes after it was opened" in page

    def test_shows_what_is_wrong(self, kiosk: Collector, browser: Client) -> None:
        assert browser.post(url(kiosk), {}).status_code == 422

    def test_is_no_page_of_a_wall(self, wave: Wave, browser: Client) -> None:
        wall = link_of(wave, "north")

        for rest in ("", "thanks/", "leave/"):
            assert browser.get(url(wall, rest)).status_code == 404


class TestThanks:
    def test_starts_over_by_itself_without_javascript_too(
        self, kiosk: Collector, browser: Client
    ) -> None:
        page = browser.get(url(kiosk, "thanks/")).content.decode()

        assert f'<noscript><meta http-equiv="refresh" content="5;url={url(kiosk)}">' in page
        assert 'data-leads data-after="5"' in page


class TestLeave:
    def test_asks_for_the_pin_and_lets_staff_go(self, kiosk: Collector, browser: Client) -> None:
        assert "/console/" not in browser.get(url(kiosk)).content.decode()
        assert "PIN of this tablet" in browser.get(url(kiosk, "leave/")).content.decode()

        wrong = browser.post(url(kiosk, "leave/"), {"pin": "0000"})
        assert (wrong.status_code, "not the PIN" in wrong.content.decode()) == (422, True)

        right = browser.post(url(kiosk, "leave/"), {"pin": PIN})
        assert (right.status_code, "The tablet is yours" in right.content.decode()) == (200, True)
        assert PIN not in right.content.decode()

    def test_locks_after_five_wrong_pins(self, kiosk: Collector, browser: Client) -> None:
        for _ in range(5):
            browser.post(url(kiosk, "leave/"), {"pin": "0000"})

        locked = browser.post(url(kiosk, "leave/"), {"pin": PIN})

        assert (locked.status_code, "Too many wrong PINs" in locked.content.decode()) == (422, True)

    @pytest.mark.parametrize("pin", [[], "", "\0", "4711\n", "x" * 9000])
    def test_stands_odd_pins(self, kiosk: Collector, browser: Client, pin: object) -> None:
        assert browser.post(url(kiosk, "leave/"), {"pin": pin}).status_code == 422

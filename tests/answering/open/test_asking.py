from datetime import timedelta

import pytest
from django.test import Client, RequestFactory

from survey.answering.open.asking import (
    COUNTER,
    WALL,
    Asking,
    Place,
    find_asking,
    is_stale,
    take_in,
)
from survey.campaigns.models import Wave
from survey.campaigns.nonces import make_nonce
from survey.responses.models import Intake
from tests.factories.campaigns import NOW
from tests.factories.collectors import link_of, make_kiosks, make_links, make_shops
from tests.factories.questionnaires import ItemFactory, publish
from tests.factories.responses import make_answers

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


@pytest.fixture
def wave() -> Wave:
    return make_links()


def find(wave: Wave, query: str = "", *, place: Place = WALL, **headers: str) -> Asking:
    request = RequestFactory().get(f"/{query}", headers=headers)
    return find_asking(request, place=place, code=link_of(wave, "north", place.kind).code, now=NOW)


class TestFindAsking:
    @pytest.mark.parametrize(("query", "language"), [("", "en"), ("?lang=de", "de")])
    def test_speaks_the_language_of_the_letter_or_the_one_asked_for(
        self, wave: Wave, query: str, language: str
    ) -> None:
        assert find(wave, query).language == language

    @pytest.mark.parametrize(
        ("told", "language"), [("de-AT,en;q=0.8", "de"), ("fr, de;q=0.5", "de"), ("fr", "en")]
    )
    def test_speaks_what_a_telephone_reads(self, told: str, language: str) -> None:
        item = ItemFactory(
            texts={"en": "How?", "de": "Wie?"},
            options=[{"value": 1, "score": 1, "texts": {"en": "Yes", "de": "Ja"}}],
        )
        both = publish([item], code="both", audience="CUSTOMER", languages=["en", "de"])
        wave = make_links(make_shops(questionnaire=both))

        assert find(wave, **{"Accept-Language": told}).language == language

    def test_asks_one_by_one_at_the_counter_only(self, wave: Wave) -> None:
        make_kiosks(wave)

        assert find(wave, place=COUNTER).content.settings["page"] == "ONE_BY_ONE"
        assert "page" not in find(wave).content.settings

    def test_tells_the_team_and_the_day(self, wave: Wave) -> None:
        assert find(wave).circumstances.facts == {"team": "North", "date": "2026-03-02"}


class TestIsStale:
    @pytest.mark.parametrize(("age", "is_old"), [(DAY - SECOND, False), (DAY, True)])
    def test_lets_a_page_be_good_for_a_day(self, wave: Wave, age: timedelta, is_old: bool) -> None:
        asking = find(wave)
        nonce = make_nonce(code=asking.link.collector.code, now=NOW - age)

        assert is_stale(asking, nonce) is is_old

    def test_takes_no_nonce_of_another_link(self, wave: Wave) -> None:
        nonce = make_nonce(code=link_of(wave, "south").code, now=NOW)

        assert is_stale(find(wave), nonce)


class TestTakeIn:
    def test_takes_the_same_page_once_and_says_nothing(self, wave: Wave) -> None:
        asking = find(wave)
        nonce = make_nonce(code=asking.link.collector.code, now=NOW)

        for _ in range(2):
            take_in(asking, nonce, make_answers(wave, 3))

        assert Intake.objects.count() == 1


class TestOpenPage:
    def test_answers_a_refusal_with_a_kind_page(self, browser: Client) -> None:
        reply = browser.get("/o/nobody/")

        assert reply.status_code == 404
        assert reply["X-Robots-Tag"] == "noindex, nofollow"
        assert "frame-ancestors 'none'" in reply["Content-Security-Policy"]

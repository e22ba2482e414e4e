"""First pages kept for everybody: alike to the letter, and nobody's own is in what is kept."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client

from survey.answering import asking, returning, sheets, views
from survey.campaigns import known_waves
from survey.campaigns.links import stop_token
from survey.campaigns.models import Campaign, Credential, Group, Interaction, Invitation, Wave
from survey.core.tokens import digest_token
from survey.letters.models import Letter
from survey.organization.brands import KEPT_AS, Appearance
from survey.questionnaires.services import create_questionnaire, publish_questionnaire
from tests.answering.asking import TOKEN, Ask, Asked, state_of
from tests.factories.questionnaires import ItemFactory, publish

pytestmark = pytest.mark.django_db

OTHER = "t0ken-of-somebody-else_entirely"


def kept(asked: Asked) -> list[str]:
    known = known_waves._kept.get(asked.wave.pk)
    return list(known.drawn.values()) if known else []


def let_in(asked: Asked, **group: Any) -> str:
    """Give somebody else in another group a link into the same wave; return its address."""
    fields = {"kind": "TEAM", "code": "other", "name": "Mill & Sons", **group}
    other = Group.objects.create(wave=asked.wave, **fields)
    Credential.objects.create(wave=asked.wave, group=other, digest=digest_token(OTHER))
    return f"/r/{OTHER}/"


def let_in_two_served(ask: Ask, *, is_heading: bool) -> tuple[Asked, str]:
    """Ask two customers of whom Petra served one and Paul the other; the wording says so."""
    words = {"en": "Was {{fact:served_by}} kind?"}
    item = ItemFactory(texts={"en": "Kind?"} if is_heading else words)
    draft = create_questionnaire(code="c", name="C", audience="CUSTOMER", items=[item])
    if is_heading:
        section = draft.sections.create(code="met", position=1, texts=words)
        draft.questionnaire_items.update(section=section)
    publish_questionnaire(questionnaire_id=draft.pk)
    asked = ask(audience="CUSTOMER", questionnaire=draft)
    Campaign.objects.update(told_facts=["served_by"])
    other = let_in(asked)
    invitation = Invitation.objects.get()
    invitation.pk, invitation.key = None, uuid4()
    invitation.stop_digest = digest_token(stop_token(token=OTHER))
    invitation.save()
    for number, name in enumerate(("Petra", "Paul")):
        met = Interaction.objects.create(
            idempotency_key=name,
            wave=asked.wave,
            team=asked.wave.campaign.scope,
            customer=invitation.customer,
            occurred_at=asked.wave.opens_at,
            served_by=name,
            is_asked=True,
        )
        one = Invitation.objects.order_by("pk")[number]
        Invitation.objects.filter(pk=one.pk).update(interaction=met)
    return asked, other


@pytest.fixture(autouse=True)
def key_of_all_forms(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw the same keys for every form, so that pages can be compared."""
    for module in (sheets, asking):
        monkeypatch.setattr(module, "new_key", lambda: "00000000-0000-4000-8000-000000000000")
    for module in (sheets, returning):
        monkeypatch.setattr(module, "make_return_key", lambda wave_id: f"of wave {wave_id}")


@pytest.fixture
def drawn_anew(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return what draws a page as if nothing were ever kept."""

    def draw(browser: Client, url: str) -> str:
        with monkeypatch.context() as patch:
            patch.setattr(views, "show_first_page", lambda *args, **kwargs: None)
            return browser.get(url).text

    return draw


class TestShowFirstPage:
    @pytest.mark.parametrize("query", ["", "?lang=es", "?lang=ar&shared=1"])
    @pytest.mark.parametrize("kind", ["TEAM", "DIRECT", "POOL"])
    def test_shows_what_would_be_drawn_anew(
        self, ask: Ask, browser: Client, drawn_anew: Any, query: str, kind: str
    ) -> None:
        texts = {"en": "Fair?", "es": "¿Justo?", "ar": "عادل؟"}
        items = [ItemFactory(texts=texts, options=[{"value": 1, "score": 1, "texts": texts}])]
        asked = ask(questionnaire=publish(items, languages=list(texts)), kind=kind)
        other = let_in(asked, kind=kind)

        for url in (asked.url + query, asked.url + query, other + query):
            assert browser.get(url).text == drawn_anew(browser, url)
        assert len(kept(asked)) == 1

    def test_gives_each_their_own_group_and_way_out(self, asked: Asked, browser: Client) -> None:
        mine, theirs = browser.get(asked.url).text, browser.get(let_in(asked)).text

        assert f"/stop/{stop_token(token=TOKEN)}/" in mine
        assert f"/stop/{stop_token(token=OTHER)}/" in theirs
        assert stop_token(token=TOKEN) not in theirs
        assert "Mill &amp; Sons" in theirs
        assert "Bakery" not in theirs.split("Who sees this?")[-1]

    def test_tells_each_kind_of_group_its_own(self, asked: Asked, browser: Client) -> None:
        pool = let_in(asked, kind="POOL", name="Smaller teams of Bakery")
        small = "counted together with other small"

        assert small not in browser.get(asked.url).text
        assert small in browser.get(pool).text

    def test_keeps_nothing_of_whoever_opened_it(self, asked: Asked, browser: Client) -> None:
        browser.get(asked.url)

        assert len(kept(asked)) == 1
        for own in (TOKEN, stop_token(token=TOKEN), "Bakery"):
            assert own not in kept(asked)[0]

    def test_carries_the_same_state_for_all(self, asked: Asked, browser: Client) -> None:
        other = let_in(asked)
        assert state_of(browser.get(asked.url).text) == state_of(browser.get(other).text)

    def test_keeps_nothing_that_was_picked_or_sent(self, asked: Asked, browser: Client) -> None:
        assert "checked" in browser.get(f"{asked.url}?a=3").text
        browser.post(asked.url, {"fair": "9"})
        assert kept(asked) == []

    def test_is_shown_to_nobody_whose_link_was_used(self, asked: Asked, browser: Client) -> None:
        browser.get(asked.url)
        Credential.objects.update(is_spent=True)
        assert browser.get(asked.url).status_code == 302

    def test_keeps_nothing_where_wording_repeats_a_fact(self, ask: Ask, browser: Client) -> None:
        items = [ItemFactory(texts={"en": "How is {{fact:team}}?"})]
        asked = ask(questionnaire=publish(items))
        asked.wave.campaign.told_facts = ["team"]
        asked.wave.campaign.save()

        assert "How is Bakery?" in browser.get(asked.url).text
        assert kept(asked) == []

    @pytest.mark.parametrize("is_heading", [False, True])
    def test_shows_nobody_who_served_somebody_else(
        self, ask: Ask, browser: Client, is_heading: bool
    ) -> None:
        asked, other = let_in_two_served(ask, is_heading=is_heading)

        for _ in range(2):
            mine, theirs = browser.get(asked.url).text, browser.get(other).text
            assert "Was Petra kind?" in mine
            assert "Petra" not in theirs
            assert "Was Paul kind?" in theirs
        assert kept(asked) == []

    def test_would_name_nobody_on_a_page_that_is_shared(
        self, ask: Ask, browser: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked, other = let_in_two_served(ask, is_heading=False)
        monkeypatch.setattr(sheets, "is_alike_for_all", lambda content: True)

        pages = [browser.get(url).text for url in (asked.url, other)]

        assert kept(asked)
        assert all("Was the person who served you kind?" in page for page in pages)

    def test_keeps_no_more_than_it_may(
        self, asked: Asked, browser: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sheets, "MOST_KEPT", 1)
        for query in ("", "?shared=1"):
            browser.get(asked.url + query)
        assert len(kept(asked)) == 1


class TestChanges:
    """What somebody changes shows at once, or when the wave is read anew."""

    def test_show_by_attribute(self, ask: Ask, browser: Client) -> None:
        north = {"attribute": "region", "op": "=", "value": "north"}
        items = [ItemFactory(code="fair"), ItemFactory(code="cold", texts={"en": "Cold?"})]
        draft = create_questionnaire(code="c", name="C", audience="EMPLOYEE", items=items)
        draft.questionnaire_items.filter(item__code="cold").update(shown_when=north)
        publish_questionnaire(questionnaire_id=draft.pk)
        asked = ask(questionnaire=draft)
        Group.objects.update(attributes={"region": "south", "floor": "3"})
        assert "Cold?" not in browser.get(asked.url).text

        Group.objects.update(attributes={"region": "north", "floor": "3"})
        assert "Cold?" in browser.get(asked.url).text

    def test_show_at_once_in_when_it_closes(self, asked: Asked, browser: Client) -> None:
        before = browser.get(asked.url).text
        Wave.objects.update(closes_at=asked.wave.closes_at + timedelta(days=3))
        assert browser.get(asked.url).text != before

        Wave.objects.update(closed_at=asked.wave.opens_at)
        assert browser.get(asked.url).status_code == 410

    def test_show_in_the_letter_after_two_seconds(
        self, asked: Asked, browser: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        browser.get(asked.url)
        Letter.objects.update(body="New words.")
        assert "New words." not in browser.get(asked.url).text

        monkeypatch.setattr(known_waves, "KEPT_SECONDS", 0.0)
        assert "New words." in browser.get(asked.url).text

    def test_show_at_once_in_the_name_of_the_organisation(
        self, asked: Asked, browser: Client
    ) -> None:
        browser.get(asked.url)
        cache.set(KEPT_AS, Appearance("Crumb and Crust"), None)
        assert "Crumb and Crust" in browser.get(asked.url).text

"""The page behind a writer's own link."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from survey.accounts.models import User
from survey.campaigns.models import Group, Wave
from survey.followup.conversations import read_talk, reply
from survey.followup.hiding import hide_comment
from survey.followup.models import Message
from survey.responses.return_keys import make_return_key
from tests.factories.aggregation import CLOSED
from tests.followup.talking import TODAY, WORDS, Kept, keep

pytest_plugins = ["tests.dashboards.team.company", "tests.followup.talkers"]
LATER = TODAY + timedelta(days=3650)


def url_of(kept: Kept) -> str:
    return f"/c/{kept.key}/"


class TestConversation:
    def test_shows_ones_words_and_what_came_back(
        self, kept: Kept, bob: User, browser: Client
    ) -> None:
        reply(comment=kept.comment, user=bob, text="<i>Thank</i> you", today=TODAY)

        page = browser.get(url_of(kept))

        assert "Nobody listens." in page.text
        assert "&lt;i&gt;Thank&lt;/i&gt; you" in page.text
        assert "Bob, leads Bakery, 31 March 2026" in page.text

    def test_leaves_no_trace(self, kept: Kept, browser: Client) -> None:
        page = browser.get(url_of(kept))

        assert page["Cache-Control"] == "no-store"
        assert page["Referrer-Policy"] == "no-referrer"
        assert "default-src 'none'" in page["Content-Security-Policy"]
        assert not page.cookies

    def test_speaks_the_readers_language(self, kept: Kept, browser: Client) -> None:
        page = browser.get(f"{url_of(kept)}?lang=ar")

        assert page["Content-Language"] == "ar"
        assert '<html lang="ar" dir="rtl">' in page.text

    def test_takes_an_answer_and_shows_it_to_the_writer_at_once(
        self, kept: Kept, browser: Client
    ) -> None:
        page = browser.post(
            url_of(kept), {"item": WORDS, "act": "answer", "text": "It is the rota."}, follow=True
        )

        assert "It is the rota." in page.text
        assert "You, shown from" in page.text
        said = read_talk(comment=kept.comment, today=LATER).said
        assert [one.text for one in said] == ["It is the rota."]

    @pytest.mark.parametrize(
        ("text", "why"), [(" ", "Write something first."), ("x" * 1501, "longer than 1500")]
    )
    def test_says_what_is_wrong_and_keeps_what_was_typed(
        self, kept: Kept, browser: Client, text: str, why: str
    ) -> None:
        page = browser.post(url_of(kept), {"item": WORDS, "act": "answer", "text": text})

        assert page.status_code == 422
        assert why in page.text
        assert text in page.text
        assert page.text.index("Error:") < page.text.index("</title>")

    def test_ends_the_talk(self, kept: Kept, browser: Client) -> None:
        page = browser.post(url_of(kept), {"item": WORDS, "act": "close"}, follow=True)

        assert "You ended this conversation." in page.text
        assert "<textarea" not in page.text

    def test_warns_before_a_name_is_told(self, kept: Kept, bob: User, browser: Client) -> None:
        url = re.search(r'href="(\?[^"]*reveal[^"]*)"', browser.get(url_of(kept)).text)
        assert url is not None

        warning = browser.get(url_of(kept) + url[1].replace("&amp;", "&")).text

        assert "nobody here can ask you to" in warning
        assert read_talk(comment=kept.comment, today=LATER).revealed_name == ""
        sent = {"item": WORDS, "act": "reveal", "name": " "}
        assert browser.post(url_of(kept), sent).status_code == 422
        page = browser.post(url_of(kept), {**sent, "name": "Ada"}, follow=True)
        assert "<strong>Ada</strong>" in page.text
        page = browser.post(url_of(kept), {"item": WORDS, "act": "take-back"}, follow=True)
        assert "Ada" not in page.text

    @pytest.mark.parametrize("act", ["", "answer", "close", "reveal", "shout"])
    def test_changes_nothing_for_words_that_nobody_may_read(
        self, groups: dict[str, Group], browser: Client, act: str
    ) -> None:
        kept = keep(groups["bakery"], is_released=False)

        page = browser.post(url_of(kept), {"item": WORDS, "act": act, "text": "x", "name": "y"})

        assert page.status_code == (422 if act in ("answer", "close", "reveal") else 302)
        assert not Message.objects.exists()


class TestStandings:
    def test_says_when_to_come_back(self, groups: dict[str, Group], browser: Client) -> None:
        waiting = keep(groups["bakery"], is_released=False)
        assert "Not read yet." in browser.get(url_of(waiting)).text

        Wave.objects.update(sealed_at=None)
        key = make_return_key(wave_id=groups["bakery"].wave_id)
        page = browser.get(f"/c/{key}/")
        assert "Nobody has read your words yet" in page.text
        assert "Come back after" in page.text

    def test_says_that_words_were_hidden_and_not_by_whom(
        self, kept: Kept, bob: User, browser: Client
    ) -> None:
        hide_comment(comment=kept.comment, user=bob, reason="Insults Jo", now=CLOSED)

        page = browser.get(url_of(kept)).text

        assert "can still read them, and bring them back" in page
        assert "Insults Jo" not in page
        assert "<textarea" not in page

    @pytest.mark.parametrize("key", ["x", "x" * 35, "%00", "é", "a" * 500])
    def test_knows_no_other_keys(self, kept: Kept, browser: Client, key: str) -> None:
        for answered in (browser.get(f"/c/{key}/"), browser.post(f"/c/{key}/", {"act": "close"})):
            assert answered.status_code == 404
        assert "not even by us" in browser.get("/c/x/").text

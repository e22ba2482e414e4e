"""The pages behind a person's link."""

import gzip
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from survey.campaigns.links import stop_token
from survey.campaigns.models import Credential, Wave
from survey.letters.models import Letter, StopEntry
from survey.questionnaires.models import Questionnaire
from survey.questionnaires.services import load_item_bank
from survey.responses.models import Intake
from tests.answering.asking import Ask, Asked
from tests.factories.questionnaires import ItemFactory, publish

pytestmark = pytest.mark.django_db

COMPRESSED_LIMIT = 30 * 1024
WRITES = re.compile(r"^\s*(INSERT|UPDATE|DELETE|SAVEPOINT|BEGIN)", re.IGNORECASE)


def written(queries: CaptureQueriesContext) -> list[str]:
    return [query["sql"] for query in queries.captured_queries if WRITES.match(query["sql"])]


class TestAnswer:
    def test_shows_the_signed_letter_and_asks_item_by_item(
        self, asked: Asked, browser: Client
    ) -> None:
        page = browser.get(asked.url).content.decode()

        assert "I read every figure myself." in page
        assert "Ruth Anne Okafor, who runs the bakery" in page
        assert ">RO</span>" in page
        assert "Send to Ruth" in page
        assert page.count("<fieldset") == 4  # three questions and the leave
        assert page.count('type="radio"') == 3 + 1 + 11 + 1 + 3
        assert "<table" not in page
        assert "3 short questions, about 2 minutes." in page

    def test_keeps_a_draft_in_the_browser_but_on_no_device_of_many(
        self, asked: Asked, browser: Client
    ) -> None:
        shared = f"{asked.url}?shared=1"

        assert " data-draft>" in browser.get(asked.url).text
        assert "data-draft" not in browser.get(shared).text
        assert "data-draft" not in browser.post(shared, {"fair": "9"}).text

    def test_goes_on_as_on_a_device_of_many(self, asked: Asked, browser: Client) -> None:
        thanks = f"{asked.url}thanks/?lang=es&shared=1"

        early = browser.get(thanks)
        sent = browser.post(f"{asked.url}?lang=es&shared=1", asked.answers())
        again = browser.get(f"{asked.url}?shared=1")

        assert early["Location"] == f"{asked.url}?lang=es&shared=1"
        assert sent["Location"] == f"{asked.url}thanks/?shared=1"  # asked in English alone
        assert again["Location"] == f"{asked.url}thanks/?shared=1"
        assert "answer.js" not in browser.get(again["Location"]).text
        assert "answer.js" in browser.get(f"{asked.url}thanks/").text

    def test_takes_answers_once_and_thanks_twice(self, asked: Asked, browser: Client) -> None:
        first = browser.post(asked.url, asked.answers())
        second = browser.post(asked.url, {"fair": "1"})

        assert first["Location"] == f"{asked.url}thanks/"
        assert second["Location"] == f"{asked.url}thanks/?again=1"
        assert "what was sent first counts" in browser.get(second["Location"]).text
        assert Intake.objects.count() == 1
        assert Credential.objects.get().is_spent
        assert browser.get(asked.url)["Location"] == f"{asked.url}thanks/"

    def test_keeps_the_answers_and_says_what_is_wrong(self, asked: Asked, browser: Client) -> None:
        story = "Warm <b>bread</b>\nand butter"
        response = browser.post(asked.url, {"fair": "9", "recommend": "cant_say", "story": story})
        page = response.content.decode()

        assert response.status_code == 422
        assert "<title>Error: " in page
        assert 'role="alert"' in page
        assert '<a href="#q1-3">Question 1: Choose one of the answers</a>' in page
        assert 'id="q2-none" name="recommend" value="cant_say" checked' in page
        assert ">\nWarm &lt;b&gt;bread&lt;/b&gt;\nand butter</textarea>" in page
        assert not Intake.objects.exists()
        assert not Credential.objects.get().is_spent

    def test_blames_no_question_when_all_are_open(self, asked: Asked, browser: Client) -> None:
        page = browser.post(asked.url, {}).content.decode()

        assert '<a href="#q1-3">Please answer at least one question</a>' in page
        assert "Question 1:" not in page
        assert 'class="bad"' not in page

    @pytest.mark.parametrize("posted", [{}, {"fair": ["1", "2"]}, {"other": "1"}], ids=str)
    def test_refuses_empty_doubled_and_unknown_fields(
        self, asked: Asked, browser: Client, posted: dict[str, str]
    ) -> None:
        assert browser.post(asked.url, posted).status_code == 422
        assert not Intake.objects.exists()

    def test_never_writes_when_a_mail_scanner_opens_every_link(
        self, asked: Asked, browser: Client
    ) -> None:
        with CaptureQueriesContext(connection) as queries:
            for value in ("1", "2", "3", "x", ""):
                assert browser.get(asked.url, {"a": value}).status_code == 200
                assert browser.head(asked.url, {"a": value}).status_code == 200
            browser.get(f"{asked.url}thanks/")

        assert written(queries) == []
        assert not Credential.objects.get().is_spent

    def test_preselects_the_first_item_only(self, asked: Asked, browser: Client) -> None:
        page = browser.get(asked.url, {"a": "2"}).content.decode()

        assert re.findall(r'name="(\w+)" value="(\w+)" checked', page) == [("fair", "2")]
        assert "Nothing counts until you send it." in page

    def test_takes_at_most_six_statements_to_ask_and_to_store(
        self, asked: Asked, browser: Client
    ) -> None:
        with CaptureQueriesContext(connection) as queries:
            browser.get(asked.url)
            browser.post(asked.url, asked.answers())

        statements = [q for q in queries.captured_queries if "SAVEPOINT" not in q["sql"]]
        assert len(statements) <= 6, statements

    @pytest.mark.parametrize("code", ["pulse", "pulse_long", "treatment"])
    def test_weighs_at_most_thirty_kilobytes_with_its_style(
        self, ask: Ask, browser: Client, code: str
    ) -> None:
        load_item_bank()
        asked = ask(questionnaire=Questionnaire.objects.get(code=code))
        page = browser.get(asked.url).content
        assets = re.findall(rb'(?:href|src)="/static/([^"]+)"', page)

        files = [Path(str(finders.find(asset.decode()))).read_bytes() for asset in assets]

        assert len(files) >= 3
        assert sum(len(gzip.compress(part)) for part in (page, *files)) <= COMPRESSED_LIMIT

    def test_escapes_every_text_it_shows(self, ask: Ask, browser: Client) -> None:
        attack = "<script>alert('x')</script>\"'>"
        asked = ask()
        Letter.objects.update(body=attack, signer_name=attack, signer_role=attack)
        asked.group.name = attack
        asked.group.save()

        shown = [
            browser.get(asked.url),
            browser.get(asked.url, {"a": attack, "lang": attack}),
            browser.post(asked.url, {attack: attack, "fair": attack, "story": attack}),
        ]
        browser.post(asked.url, asked.answers())
        shown.append(browser.get(f"{asked.url}thanks/"))

        for response in shown:
            page = response.content.decode()
            assert "<script>alert" not in page
            assert "&lt;script&gt;" in page

    def test_needs_no_script(self, asked: Asked, browser: Client) -> None:
        page = browser.get(asked.url).content.decode()

        assert re.findall(r"<script[^>]*>", page) == ['<script src="/static/js/answer.js" defer>']
        assert not re.search(r"\son\w+=|\sstyle=|javascript:", page)
        assert '<button class="btn" type="submit">' in page

    def test_leaves_no_trace_in_browser_or_log(
        self, asked: Asked, browser: Client, caplog: pytest.LogCaptureFixture
    ) -> None:
        responses = [
            browser.get(asked.url),
            browser.post(asked.url, {"fair": "9"}),
            browser.post(asked.url, asked.answers()),
            browser.get(f"{asked.url}thanks/"),
            browser.get("/r/unknown/"),
            browser.get(f"/stop/{asked.token}/"),
            browser.get("/privacy/"),
        ]

        for response in responses:
            assert not response.cookies
            assert response["Cache-Control"] == "no-store"
            assert response["Referrer-Policy"] == "no-referrer"
            assert response["X-Robots-Tag"] == "noindex, nofollow"
            assert "default-src 'none'" in response["Content-Security-Policy"]
            assert "unsafe" not in response["Content-Security-Policy"]
        assert "Vary" not in responses[0] or "Cookie" not in responses[0]["Vary"]
        assert caplog.text == ""

    def test_reads_from_right_to_left(self, ask: Ask, browser: Client) -> None:
        texts = {"en": "Are you treated fairly?", "ar": "هل تُعامل بإنصاف؟"}
        options = [{"value": 1, "score": 1, "texts": {"en": "Yes", "ar": "نعم"}}]
        item = ItemFactory(texts=texts, options=options)
        asked = ask(questionnaire=publish([item], code="both", languages=["en", "ar"]))

        page = browser.get(asked.url, {"lang": "ar"}).content.decode()

        assert '<html lang="ar" dir="rtl">' in page
        assert texts["ar"] in page
        assert 'name="form.language" value="en" lang="en" dir="ltr">English</button>' in page


class TestLinksThatTakeNoAnswers:
    @pytest.mark.parametrize(
        ("changes", "status", "words"),
        [
            ({"closed_at": timezone.now()}, 410, "This survey has closed"),
            ({"withdrawn_at": timezone.now(), "withdrawn_reason": "x"}, 410, "sent by mistake"),
            ({"opens_at": timezone.now() + timedelta(days=2)}, 403, "A little early"),
        ],
        ids=["closed", "withdrawn", "early"],
    )
    def test_get_a_kind_signed_page(
        self, asked: Asked, browser: Client, changes: dict[str, object], status: int, words: str
    ) -> None:
        Wave.objects.update(**changes)

        for response in (
            browser.get(asked.url),
            browser.post(asked.url, asked.answers()),
            browser.get(f"{asked.url}thanks/"),
        ):
            assert response.status_code == status
            assert words in response.content.decode()
            assert "Ruth Anne Okafor" in response.content.decode()
        assert not Intake.objects.exists()

    def test_say_when_the_next_wave_opens(self, asked: Asked, browser: Client) -> None:
        opens_at = timezone.now() + timedelta(days=40)
        Wave.objects.update(closed_at=timezone.now())
        Wave.objects.create(
            campaign=asked.wave.campaign,
            number=2,
            questionnaire=asked.wave.questionnaire,
            opens_at=opens_at,
            closes_at=opens_at + timedelta(days=7),
            launched_at=timezone.now(),
            public_key=b"x",
            box_size=1024,
        )

        page = browser.get(asked.url).content.decode()

        assert f"{opens_at.day} {opens_at:%B %Y}" in page

    def test_are_unknown_politely(self, browser: Client) -> None:
        response = browser.get("/r/never-sent/")

        assert response.status_code == 404
        assert "We don’t know this link" in response.content.decode()


class TestThanks:
    def test_says_what_happens_next(self, asked: Asked, browser: Client) -> None:
        page = browser.post(asked.url, asked.answers(), follow=True).content.decode()

        assert "Thank you. Ruth has it." in page
        assert "What happens next" in page

    def test_leads_back_to_the_questions_before_they_are_answered(
        self, asked: Asked, browser: Client
    ) -> None:
        assert browser.get(f"{asked.url}thanks/")["Location"] == asked.url


class TestStop:
    def test_asks_first_and_stops_on_the_button(self, asked: Asked, browser: Client) -> None:
        url = f"/stop/{stop_token(token=asked.token)}/"

        assert "Shall we stop" in browser.get(url).content.decode()
        assert browser.head(url).status_code == 200
        assert not StopEntry.objects.exists()
        assert "We won’t ask you again" in browser.post(url).content.decode()
        assert StopEntry.objects.count() == 1

    def test_stops_on_a_mail_programs_one_click(self, asked: Asked, browser: Client) -> None:
        url = f"/stop/{stop_token(token=asked.token)}/"

        for _ in range(2):
            response = browser.post(url, {"List-Unsubscribe": "One-Click"})
            assert response.status_code == 200
        assert StopEntry.objects.count() == 1

    def test_knows_no_strangers(self, browser: Client) -> None:
        for response in (browser.get("/stop/made-up/"), browser.post("/stop/made-up/")):
            assert response.status_code == 404
            assert "We don’t know this link" in response.content.decode()

    def test_says_that_it_is_done_when_it_is_opened_again(
        self, asked: Asked, browser: Client
    ) -> None:
        url = f"/stop/{stop_token(token=asked.token)}/"
        browser.post(url)

        assert "We won’t ask you again" in browser.get(url).content.decode()

    def test_is_one_link_away_from_the_questions(self, asked: Asked, browser: Client) -> None:
        page = browser.get(asked.url).content.decode()

        assert f'href="/stop/{stop_token(token=asked.token)}/?lang=en"' in page


class TestPrivacy:
    def test_tells_the_promise_without_a_query(self, browser: Client) -> None:
        with CaptureQueriesContext(connection) as queries:
            page = browser.get("/privacy/").content.decode()

        assert "Nobody who reads results here can see or work out your answers." in page
        assert "no figure about fewer than five people" in page
        assert len(queries) == 0

"""A call asked for below the questions: one press stores the answers and, apart, the call."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from survey.answering import call_taking, views
from survey.followup.models import Callback
from survey.responses.models import Intake
from tests.answering.asking import Ask, Asked
from tests.answering.calls.sending import wish

pytestmark = pytest.mark.django_db


class TestBlock:
    def test_stands_below_the_questions_closed(self, asked: Asked, browser: Client) -> None:
        page = browser.get(asked.url).text

        assert '<details class="call">' in page
        assert "Would you like to be called or written to?" in page
        assert "will then know that these words are yours" in page

    def test_stands_on_no_device_of_many(self, asked: Asked, browser: Client) -> None:
        assert "call.key" not in browser.get(f"{asked.url}?shared=1").text

    def test_has_a_key_of_its_own_every_time(self, asked: Asked, browser: Client) -> None:
        keys = {wish(browser, asked.url)["call.key"] for _time in range(3)}

        assert len(keys) == 3

    def test_stores_the_answers_alone_where_it_is_left_empty(
        self, asked: Asked, browser: Client
    ) -> None:
        empty = dict.fromkeys(wish(browser, asked.url), "") | {"call.key": "", "call.tel": "  "}

        browser.post(asked.url, {**asked.answers(), **empty})

        assert Intake.objects.count() == 1
        assert not Callback.objects.exists()

    def test_stores_both_in_two_transactions(self, asked: Asked, browser: Client) -> None:
        sent = {**asked.answers(), **wish(browser, asked.url)}

        with CaptureQueriesContext(connection) as queries:
            thanks = browser.post(asked.url, sent)

        assert thanks["Location"] == f"{asked.url}thanks/?called=1"
        assert (Intake.objects.count(), Callback.objects.count()) == (1, 1)
        assert Callback.objects.get().words == "Stale bread"
        statements = [row["sql"] for row in queries.captured_queries]
        [box] = [n for n, sql in enumerate(statements) if sql.startswith('INSERT INTO "responses')]
        [call] = [n for n, sql in enumerate(statements) if '"followup_callback" (' in sql]
        between = statements[box + 1 : call]
        assert any(sql.startswith("RELEASE SAVEPOINT") for sql in between)  # the test's own is one
        assert any(sql.startswith("SAVEPOINT") for sql in between)

    def test_sends_the_words_along_where_that_is_wanted(
        self, asked: Asked, browser: Client
    ) -> None:
        sent = {**asked.answers(), **wish(browser, asked.url), "call.along": "1"}

        browser.post(asked.url, sent)

        assert Callback.objects.get().words == "Stale bread\n\nWarm bread"

    def test_stores_nothing_while_something_is_wrong(self, asked: Asked, browser: Client) -> None:
        sent = {**asked.answers(), **wish(browser, asked.url, email="nia at home")}

        page = browser.post(asked.url, sent)

        assert page.status_code == 422
        assert "<title>Error:" in page.text
        assert '<a href="#call-email">' in page.text
        assert '<details class="call" open>' in page.text
        assert "Warm bread" in page.text  # what was answered is still there
        assert f'value="{sent["call.key"]}"' in page.text
        assert not Intake.objects.exists()
        assert not Callback.objects.exists()

    def test_makes_up_for_a_call_that_was_lost_after_the_answers(
        self, asked: Asked, browser: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        sent = {**asked.answers(), **wish(browser, asked.url), "call.along": "1"}

        def fail(**_: object) -> bool:
            raise OSError("the server stops")

        with monkeypatch.context() as patch:
            patch.setattr(views, "take_call", fail)
            with pytest.raises(OSError, match="the server stops"):
                browser.post(asked.url, sent)
        assert (Intake.objects.count(), Callback.objects.count()) == (1, 0)
        for _time in range(2):
            again = browser.post(asked.url, sent)

        assert again["Location"] == f"{asked.url}thanks/?again=1&called=1"
        assert (Intake.objects.count(), Callback.objects.count()) == (1, 1)
        assert Callback.objects.get().words == "Stale bread\n\nWarm bread"

    def test_takes_no_more_calls_behind_a_spent_link_than_the_page_of_a_call(
        self, asked: Asked, browser: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(call_taking, "MOST_CALLS_A_MINUTE", 2)
        forms = [wish(browser, asked.url) for _time in range(4)]
        browser.post(asked.url, asked.answers())

        shown = [browser.post(asked.url, form)["Location"] for form in forms]

        thanks = f"{asked.url}thanks/?again=1"
        assert shown == [f"{thanks}&called=1", f"{thanks}&called=1", thanks, thanks]
        assert Callback.objects.count() == 2

    def test_keeps_what_was_filled_in_while_somebody_goes_back(
        self, ask: Ask, browser: Client
    ) -> None:
        asked = ask()
        sent = {**wish(browser, asked.url), "form.language": "en", **asked.answers()}

        page = browser.post(asked.url, sent).text

        assert 'value="Nia Brandt"' in page


class TestCard:
    def test_leads_from_the_thanks_to_a_call(self, asked: Asked, browser: Client) -> None:
        browser.post(asked.url, asked.answers())

        page = browser.get(f"{asked.url}thanks/").text

        assert "Was something wrong?" in page
        assert f'href="{asked.url}call/"' in page
        assert "call/" not in browser.get(f"{asked.url}thanks/?shared=1").text

    def test_says_so_where_one_was_asked_for(self, asked: Asked, browser: Client) -> None:
        browser.post(asked.url, asked.answers())

        page = browser.get(f"{asked.url}thanks/?called=1").text

        assert "What you asked for is with somebody by name." in page
        assert "Was something wrong?" not in page

"""When a call suits somebody, told back to them once."""

import pytest
from django.test import Client, RequestFactory

from survey.answering.call_telling import COOKIE, take_time
from tests.answering.asking import Asked
from tests.answering.calls.sending import wish

TOLD = "You said when it suits you best: <bdi>nach 17 Uhr; &lt;b&gt;</bdi>."
TIME = "nach 17 Uhr; <b>"


class TestPages:
    pytestmark = pytest.mark.django_db

    def test_tell_the_time_once_after_answers(self, asked: Asked, browser: Client) -> None:
        sent = {**asked.answers(), **wish(browser, asked.url, time=TIME)}

        thanks = browser.post(asked.url, sent)["Location"]

        assert "17" not in thanks
        assert TOLD in browser.get(thanks).text
        again = browser.get(thanks).text
        assert "You said when" not in again
        assert "We will get in touch" in again

    def test_tell_the_time_once_where_a_call_alone_was_asked_for(
        self, asked: Asked, browser: Client
    ) -> None:
        url = f"{asked.url}call/"

        sent = browser.post(url, wish(browser, url, time=TIME))

        assert browser.cookies[COOKIE]["path"] == url
        assert TOLD in browser.get(sent["Location"]).text
        assert "You said when" not in browser.get(sent["Location"]).text

    def test_say_to_whoever_comes_back_that_one_request_is_enough(
        self, asked: Asked, browser: Client
    ) -> None:
        browser.post(asked.url, {**asked.answers(), **wish(browser, asked.url)})

        page = browser.get(asked.url, follow=True).text

        assert "you need not ask again" in page


class TestTakeTime:
    def test_holds_no_more_than_a_form_does(self) -> None:
        request = RequestFactory().get("/")
        assert take_time(request) == ""

        request.COOKIES[COOKIE] = "x" * 900

        assert len(take_time(request)) == 200


class TestHandTimeOver:
    @pytest.mark.django_db
    def test_hands_nothing_over_where_no_time_was_given(
        self, asked: Asked, browser: Client
    ) -> None:
        url = f"{asked.url}call/"

        browser.post(url, wish(browser, url))

        assert COOKIE not in browser.cookies

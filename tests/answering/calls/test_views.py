"""Asking for a call behind a link, and saying whether it was put right."""

import logging
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from survey.accounts.models import Role, User
from survey.campaigns.models import CollectorKind, Credential, GroupTeam, Wave
from survey.campaigns.selectors import content_of
from survey.followup.callbacks import solve_callback
from survey.followup.models import Callback, CallbackState
from survey.organization.models import Team
from survey.responses.models import Intake
from tests.answering.asking import Ask, Asked
from tests.answering.calls.sending import wish
from tests.cast import make_user
from tests.factories.collectors import link_of, make_kiosks, make_links
from tests.followup.calls import ask as ask_for_call

pytestmark = pytest.mark.django_db


@pytest.fixture
def customer(ask: Ask) -> Asked:
    """A customer of Bakery with a link."""
    asked = ask(audience="CUSTOMER")
    GroupTeam.objects.create(group=asked.group, team=Team.objects.get())
    return asked


class TestCall:
    def test_takes_a_wish_in_and_of_the_link_only_the_team(
        self, customer: Asked, browser: Client
    ) -> None:
        url = f"{customer.url}call/?lang=de"

        sent = browser.post(url, wish(browser, url, time="after five"))

        assert sent["Location"] == f"{customer.url}call/?asked=1&lang=de"
        callback = Callback.objects.get()
        assert (callback.name, callback.email) == ("Nia Brandt", "nia@example.org")
        assert (callback.best_time, callback.words) == ("after five", "Stale bread")
        assert (callback.audience, callback.language) == ("CUSTOMER", "de")
        assert callback.team == Team.objects.get()
        assert not Credential.objects.get().is_spent

    def test_works_once_the_link_is_spent(self, customer: Asked, browser: Client) -> None:
        url = f"{customer.url}call/"
        Credential.objects.update(is_spent=True)

        browser.post(url, wish(browser, url))

        assert Callback.objects.count() == 1
        assert "We will get in touch" in browser.get(f"{url}?asked=1").text
        assert "within 1 day; weekends do not count" in browser.get(url).text

    def test_makes_one_of_two_presses(self, customer: Asked, browser: Client) -> None:
        url = f"{customer.url}call/"
        sent = wish(browser, url)

        assert {browser.post(url, sent).status_code for _press in range(2)} == {302}
        assert Callback.objects.count() == 1

    def test_keeps_not_even_the_team_of_staff(self, asked: Asked, browser: Client) -> None:
        GroupTeam.objects.create(group=asked.group, team=Team.objects.get())
        url = f"{asked.url}call/"

        browser.post(url, wish(browser, url))

        assert Callback.objects.get().team is None
        assert "never to your own lead" in browser.get(url).text

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"name": ""}, "Please say who we ask for."),
            ({"email": ""}, "Please give us one way to reach you"),
            ({"email": "nia at home"}, "This is no e-mail address we can write to."),
            ({"email": "", "tel": "call me"}, "This is no telephone number we can call."),
            ({"email": "", "tel": "123"}, "This is no telephone number we can call."),
            ({"email": "", "address": "Mill"}, "A letter needs the street and the town."),
            ({"words": "x" * 1501}, "Please use at most 1500 characters."),
            ({"key": "none"}, "Please send it once more."),
        ],
    )
    def test_says_what_is_wrong_and_keeps_what_was_written(
        self, customer: Asked, browser: Client, changes: dict[str, str], sentence: str
    ) -> None:
        url = f"{customer.url}call/"

        page = browser.post(url, wish(browser, url, time="after five", **changes))

        assert page.status_code == 422
        assert "<title>Error:" in page.text
        assert page.text.count(sentence) == 2  # above, and at the field
        assert 'value="after five"' in page.text
        assert not Callback.objects.exists()

    @pytest.mark.parametrize(
        ("changes", "contacts"),
        [
            ({"email": "", "tel": "+49 (30) 123-456"}, {"PHONE": "+49 (30) 123-456"}),
            ({"tel": "030 123456"}, {"PHONE": "030 123456", "EMAIL": "nia@example.org"}),
            (
                {"email": "", "address": "Mill Street 1\r\nHarbour"},
                {"POST": "Mill Street 1\nHarbour"},
            ),
        ],
    )
    def test_keeps_every_way_that_was_given(
        self, customer: Asked, browser: Client, changes: dict[str, str], contacts: dict[str, str]
    ) -> None:
        url = f"{customer.url}call/"

        browser.post(url, wish(browser, url, **changes))

        assert Callback.objects.get().contacts == contacts

    def test_lets_browsers_fill_the_fields_in(self, customer: Asked, browser: Client) -> None:
        page = browser.get(f"{customer.url}call/").text

        for kind in ("name", "tel", "email", "street-address"):
            assert f'autocomplete="{kind}"' in page

    def test_writes_nothing_when_read(self, customer: Asked, browser: Client) -> None:
        with CaptureQueriesContext(connection) as queries:
            browser.get(f"{customer.url}call/")

        assert all(row["sql"].startswith("SELECT") for row in queries.captured_queries)

    def test_leaves_no_trace_in_logs(
        self, customer: Asked, browser: Client, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG, logger="survey")
        url = f"{customer.url}call/"

        browser.post(url, wish(browser, url))
        browser.post(url, {})

        for secret in ("Nia", "nia@", customer.token):
            assert secret not in caplog.text

    def test_asks_for_patience_where_somebody_floods_it(
        self, customer: Asked, browser: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("survey.answering.call_taking.MOST_CALLS_A_MINUTE", 1)
        url = f"{customer.url}call/"

        answers = [browser.post(url, wish(browser, url)).status_code for _time in range(2)]

        assert answers == [302, 429]


class TestOpenCall:
    @pytest.fixture
    def wave(self) -> Wave:
        wave = make_links(now=timezone.now() - timedelta(minutes=1))
        make_kiosks(wave)
        return wave

    def test_takes_a_wish_in_behind_a_code_on_the_wall(self, wave: Wave, browser: Client) -> None:
        url = f"/o/{link_of(wave, 'north').code}/"

        sent = browser.post(f"{url}call/", wish(browser, f"{url}call/"))

        assert sent["Location"] == f"{url}call/?asked=1"
        callback = Callback.objects.get()
        assert callback.team == Team.objects.get(code="north")
        assert f"{url}call/" in browser.get(f"{url}thanks/").text

    def test_takes_a_wish_in_beside_answers(self, wave: Wave, browser: Client) -> None:
        url = f"/o/{link_of(wave, 'north').code}/"
        content = content_of(wave=wave)
        answers = {item.code: "3" for item in content.items if item.is_closed}
        nonce = re.search(r'name="open\.nonce" value="([^"]+)"', browser.get(url).text)
        assert nonce is not None
        sent = {**answers, **wish(browser, url), "open.nonce": nonce[1]}

        wrong = browser.post(url, {**sent, "call.email": "nia"})
        right = [browser.post(url, sent)["Location"] for _press in range(2)]

        assert wrong.status_code == 422
        assert right[0] == f"{url}thanks/?called=1"
        assert (Intake.objects.count(), Callback.objects.count()) == (1, 1)

    def test_takes_no_more_beside_answers_than_a_hall_full_of_people_asks_for(
        self, wave: Wave, browser: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("survey.answering.call_taking.MOST_CALLS_A_MINUTE", 1)
        url = f"/o/{link_of(wave, 'north').code}/"
        answers = {item.code: "3" for item in content_of(wave=wave).items if item.is_closed}

        def send(**changes: str) -> Any:
            page = browser.get(url).text
            nonce = re.search(r'name="open\.nonce" value="([^"]+)"', page)
            assert nonce is not None
            sent = {**answers, **wish(browser, url, **changes), "open.nonce": nonce[1]}
            return browser.post(url, sent)

        first, second = send(), send()
        without = send(**dict.fromkeys(("name", "email", "words"), ""))

        assert (first.status_code, second.status_code, without.status_code) == (302, 422, 302)
        assert second.text.count("Please send it again in a minute.") == 2
        assert 'value="nia@example.org"' in second.text
        assert (Intake.objects.count(), Callback.objects.count()) == (2, 1)

    @pytest.mark.parametrize("page", ["kiosk/", "widget/"])
    def test_is_offered_on_no_device_or_page_of_others(
        self, wave: Wave, browser: Client, page: str
    ) -> None:
        kind = CollectorKind.KIOSK if page == "kiosk/" else CollectorKind.QR
        code = link_of(wave, "north", kind).code

        for address in (f"/o/{code}/{page}", f"/o/{code}/{page}thanks/"):
            shown = browser.get(address)
            assert shown.status_code == 200
            assert "call" not in shown.text.replace("called", "")
        if page == "kiosk/":
            assert browser.get(f"/o/{code}/call/").status_code == 404


class TestCalled:
    @pytest.fixture
    def solved(self, db: None, now: datetime) -> Callback:
        dora = make_user("dora", Role.CX_MANAGER)
        callback = ask_for_call(now=now)
        solve_callback(callback_id=callback.pk, user=dora, note="Sent new bread", now=now)
        return callback

    def test_changes_nothing_when_read(self, solved: Callback, browser: Client) -> None:
        for _time in range(2):
            page = browser.get(f"/call/{solved.check_key}/").text

        assert "Did we put it right?" in page
        assert "Dora got in touch" in page
        for private in ("Nia", "stale", "Sent new bread", "nia@"):
            assert private not in page
        solved.refresh_from_db()
        assert solved.state == CallbackState.SOLVED

    def test_takes_a_yes_once(self, solved: Callback, browser: Client) -> None:
        url = f"/call/{solved.check_key}/"

        browser.post(url, {"say": "yes"})
        browser.post(url, {"say": "no"})

        solved.refresh_from_db()
        assert solved.state == CallbackState.CONFIRMED
        assert "glad that it is put right" in browser.get(url).text

    def test_opens_it_again_with_words(self, solved: Callback, browser: Client) -> None:
        url = f"/call/{solved.check_key}/"

        browser.post(url, {"say": "no", "words": "Still\x00 stale"})

        solved.refresh_from_db()
        assert solved.state == CallbackState.NEW
        assert solved.events.get(kind="REOPENED").note == "Still stale"
        page = browser.get(url).text
        assert "Somebody takes it in hand" in page
        assert "<form" not in page

    def test_offers_no_second_not_yet(self, solved: Callback, browser: Client) -> None:
        url = f"/call/{solved.check_key}/"
        browser.post(url, {"say": "no"})
        solve_callback(callback_id=solved.pk, user=User.objects.get(), note="", now=solved.asked_at)

        page = browser.get(url).text

        assert 'value="yes"' in page
        assert 'value="no"' not in page

    @pytest.mark.parametrize("key", ["key", "form_key"])
    def test_is_behind_the_persons_own_key_alone(
        self, solved: Callback, browser: Client, key: str
    ) -> None:
        page = browser.post(f"/call/{getattr(solved, key)}/", {"say": "yes"})

        assert page.status_code == 404
        solved.refresh_from_db()
        assert solved.state == CallbackState.SOLVED

"""The pages behind the links of a letter to oneself."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from survey.campaigns.models import Asking, Credential, Snooze, Wave
from survey.campaigns.trial_links import WORKS_FOR, trial_token
from survey.letters.models import StopEntry
from survey.responses.models import Intake
from tests.answering.asking import Asked
from tests.answering.colleagues import make_colleague

pytestmark = pytest.mark.django_db

SAYS_SO = "nothing you choose or send here is kept or counted"
WRITES = re.compile(r"^\s*(INSERT|UPDATE|DELETE|SAVEPOINT|BEGIN)", re.IGNORECASE)


@pytest.fixture
def url(asked: Asked) -> str:
    Wave.objects.update(launched_at=None, families=[])  # a draft again
    return f"/try/{trial_token(wave_id=asked.wave.pk, now=timezone.now())}/"


class TestTryOut:
    def test_is_the_real_page_and_says_what_it_is(
        self, asked: Asked, browser: Client, url: str
    ) -> None:
        page = browser.get(url)

        assert SAYS_SO in page.text
        for said in ("I read every figure myself.", "Send to Ruth", "Who sees this?"):
            assert said in page.text
        assert page.text.count("<fieldset") == browser.get(asked.url).text.count("<fieldset")
        assert page["Cache-Control"] == "no-store"
        assert not page.cookies

    def test_opens_with_the_choice_of_the_letter(self, browser: Client, url: str) -> None:
        assert " checked" not in browser.get(url).text
        assert " checked" in browser.get(f"{url}?a=1").text

    def test_takes_answers_and_keeps_none(self, asked: Asked, browser: Client, url: str) -> None:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            sent = browser.post(url, asked.answers())

        assert [row["sql"] for row in queries.captured_queries if WRITES.match(row["sql"])] == []
        assert SAYS_SO in sent.text
        assert "Thank you. Ruth has it." in sent.text
        assert f'href="{url}"' in sent.text
        assert not Intake.objects.exists()
        assert not Credential.objects.filter(is_spent=True).exists()
        assert browser.get(url).status_code == 200

    def test_says_what_is_wrong_as_the_real_page_does(self, browser: Client, url: str) -> None:
        refused = browser.post(url, {"fair": "9"})

        assert refused.status_code == 422
        assert SAYS_SO in refused.text

    def test_ends_in_words_for_strangers_and_after_its_time(
        self, asked: Asked, browser: Client
    ) -> None:
        late = trial_token(wave_id=asked.wave.pk, now=timezone.now() - WORKS_FOR)

        for token in ("unknown", late, asked.token):
            assert browser.get(f"/try/{token}/").status_code == 404
            assert browser.post(f"/try/{token}/stop/").status_code == 404

    def test_opens_nothing_but_itself(self, browser: Client, url: str) -> None:
        token = url.split("/")[2]

        assert browser.post(f"/r/{token}/", {}).status_code == 404
        assert browser.post(f"/stop/{token}/").status_code == 404

    def test_shows_colleagues_an_example_of_two_serving_teams(self, browser: Client) -> None:
        colleague = make_colleague("Dispatch")
        Wave.objects.update(launched_at=None, families=[])
        url = f"/try/{trial_token(wave_id=colleague.wave.pk, now=timezone.now())}/"

        page = browser.get(url).text
        sent = browser.post(url, colleague.answers(3, 1))

        assert "About Stores" in page
        assert "About Purchasing" in page
        assert "You are asked about Stores and Purchasing." in page
        assert "What you said of each team waits" in sent.text
        assert not Credential.objects.filter(is_spent=True).exists()


class TestTryStop:
    def test_is_where_the_page_and_its_way_out_lead(self, browser: Client, url: str) -> None:
        assert f'href="{url}stop/' in browser.get(url).text
        page = browser.get(f"{url}stop/").text

        assert SAYS_SO in page
        assert "asked you once in the last twelve months" in page
        assert "Yes, don’t ask me again" in page

    @pytest.mark.parametrize("pressed", [{"stop": "1"}, {"rest": "1", "months": "3"}])
    def test_stops_nothing(self, browser: Client, url: str, pressed: dict[str, str]) -> None:
        assert SAYS_SO in browser.post(f"{url}stop/", pressed).text
        assert not StopEntry.objects.exists()
        assert not Snooze.objects.exists()
        assert not Asking.objects.exists()

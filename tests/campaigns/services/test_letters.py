import re
from datetime import timedelta
from email.utils import parseaddr
from pathlib import Path

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from survey.campaigns.models import Credential, Wave
from survey.campaigns.selectors import UnknownLinkError, get_link
from survey.campaigns.services import close_wave, send_due_letters, stop_letters, withdraw_wave
from survey.campaigns.services.letters import language_of
from survey.letters.models import Delivery
from survey.letters.selectors import stopped_addresses
from survey.letters.services import SendReport
from tests.factories.campaigns import NOW, make_campaign, make_open_wave, make_teams
from tests.stages import stage

pytestmark = pytest.mark.django_db


@stage
def wave() -> Wave:
    return make_open_wave(make_campaign(make_teams({"top": None}, {"top": 6})["top"]))


def links(kind: str) -> list[str]:
    found = [re.search(rf"http://testserver/{kind}/([^/\s]+)/", str(m.body)) for m in mail.outbox]
    return [match[1] for match in found if match]


@pytest.mark.usefixtures("wave")
class TestSendDueLetters:
    def test_sends_everybody_a_link_of_their_own_that_opens(self) -> None:
        report = send_due_letters(now=NOW)

        assert (report.sent, len(set(links("r")))) == (6, 6)
        for token in links("r"):
            assert not get_link(token=token, now=NOW).is_spent

    def test_sends_nothing_twice(self) -> None:
        send_due_letters(now=NOW)

        assert send_due_letters(now=NOW).sent == 0

    def test_says_who_sees_the_answers(self) -> None:
        send_due_letters(now=NOW)

        assert "5 people or more" in " ".join(str(mail.outbox[0].body).split())

    def test_sends_nothing_once_the_wave_has_closed(self, wave: Wave) -> None:
        close_wave(wave_id=wave.pk, now=NOW)

        assert send_due_letters(now=NOW).sent == 0
        assert set(Delivery.objects.values_list("reason", flat=True)) == {"closed"}

    def test_keeps_letters_waiting_while_the_keys_are_away(
        self, settings: Settings, tmp_path: Path
    ) -> None:
        here = settings.KEYS_DIR
        settings.KEYS_DIR = tmp_path / "not mounted"
        assert send_due_letters(now=NOW) == SendReport(sent=0, failed=0, waiting=6)

        settings.KEYS_DIR = here

        assert send_due_letters(now=NOW).sent == 0
        assert send_due_letters(now=NOW + timedelta(minutes=5)).sent == 6

    def test_sends_nothing_of_a_withdrawn_wave(self, wave: Wave) -> None:
        withdraw_wave(wave_id=wave.pk, reason="Wrong letter", now=NOW)

        assert send_due_letters(now=NOW).sent == 0


@pytest.mark.usefixtures("wave")
class TestStopLetters:
    def test_puts_the_address_behind_the_link_on_the_stop_list(self) -> None:
        send_due_letters(now=NOW)
        _, address = parseaddr(mail.outbox[0].to[0])

        stop_letters(token=links("stop")[0], today=NOW.date())

        assert stopped_addresses(addresses=[address]) == {address}

    @pytest.mark.parametrize("token", ["", "made-up"])
    def test_knows_no_other_links(self, token: str) -> None:
        with pytest.raises(UnknownLinkError):
            stop_letters(token=token, today=NOW.date())

    def test_does_not_take_the_answer_link(self) -> None:
        send_due_letters(now=NOW)

        with pytest.raises(UnknownLinkError):
            stop_letters(token=links("r")[0], today=NOW.date())


@pytest.mark.usefixtures("wave")
class TestLinksOfALetter:
    """What mail programs and scanners do with a letter, with the clock of the wave."""

    @pytest.fixture(autouse=True)
    def now_is_the_waves(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)

    def test_may_all_be_opened_and_nothing_is_answered_or_stopped(self, client: Client) -> None:
        send_due_letters(now=NOW)
        letter = mail.outbox[0]
        found = re.findall(r"http://testserver/\S+", str(letter.body))

        assert sum("?a=" in url for url in found) >= 3
        for url in found:
            for opened in (client.get(url), client.head(url)):
                assert opened.status_code == 200
        assert not Credential.objects.filter(is_spent=True).exists()
        assert stopped_addresses(addresses=[parseaddr(letter.to[0])[1]]) == set()

    def test_stop_letters_by_one_click_of_a_mail_program(self, client: Client) -> None:
        send_due_letters(now=NOW)
        letter = mail.outbox[0]
        url = letter.extra_headers["List-Unsubscribe"].strip("<>")
        name, value = letter.extra_headers["List-Unsubscribe-Post"].split("=")

        assert client.post(url, {name: value}).status_code == 200
        address = parseaddr(letter.to[0])[1]
        assert stopped_addresses(addresses=[address]) == {address}

    def test_reach_the_signer_with_a_reply(self, wave: Wave) -> None:
        send_due_letters(now=NOW)

        assert mail.outbox[0].reply_to == ["Priya Nair <priya@example.org>"]


class TestLanguages:
    def test_are_those_of_the_people(self, wave: Wave) -> None:
        invitation = wave.invitations.select_related("person").first()
        assert invitation is not None
        assert language_of(invitation) == "en"
        assert set(Delivery.objects.values_list("language", flat=True)) == {"en"}

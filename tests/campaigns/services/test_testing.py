"""Letters to oneself."""

import re

import pytest
from django.core import mail

from survey.campaigns.models import Wave
from survey.campaigns.services import NoLetterYetError, send_due_letters, send_test_letter
from survey.campaigns.trial_links import get_trial_link
from survey.letters.models import DeliveryKind
from survey.letters.services import translate_letter
from survey.letters.states import DeliveryState
from tests.factories.campaigns import NOW, make_campaign, make_draft, make_teams

pytestmark = pytest.mark.django_db
ALICE = "alice@example.org"


@pytest.fixture
def draft() -> Wave:
    return make_draft(make_campaign(make_teams({"top": None}, {"top": 6})["top"]))


class TestSendTestLetter:
    def test_goes_to_whoever_writes_it_and_gives_nobody_a_link(self, draft: Wave) -> None:
        delivery = send_test_letter(wave_id=draft.pk, address=ALICE, now=NOW, name="Alice")

        assert send_due_letters(now=NOW).sent == 1
        (letter,) = mail.outbox
        assert letter.to == [f"Alice <{ALICE}>"]
        links = re.findall(r"http://testserver(\S+)", str(letter.body))
        assert links
        pages = {link.partition("?")[0] for link in links} - {"/privacy/"}
        answer, stop = sorted(pages)
        assert stop == f"{answer}stop/"
        token = answer.removeprefix("/try/").rstrip("/")
        assert get_trial_link(token=token, now=NOW).wave == draft
        assert "List-Unsubscribe" not in letter.extra_headers
        assert (delivery.kind, draft.trial_letters.count()) == (DeliveryKind.TEST, 1)

    def test_says_what_others_will_read_with_the_first_question(self, draft: Wave) -> None:
        send_test_letter(wave_id=draft.pk, address=ALICE, now=NOW)
        send_due_letters(now=NOW)

        body = " ".join(str(mail.outbox[0].body).split())
        assert "You can answer until 16 March 2026." in body
        assert "Here is the first question:" in body
        assert "?a=cant_say" in body

    def test_can_be_had_in_another_language(self, draft: Wave) -> None:
        letter = draft.letter or draft.campaign.letter
        assert letter is not None
        translate_letter(letter=letter, language="de", subject="Eine Frage", body="Hallo")
        send_test_letter(wave_id=draft.pk, address=ALICE, now=NOW, language="de")
        send_due_letters(now=NOW)

        assert mail.outbox[0].subject == "Eine Frage"
        assert "Sie können bis 16. März 2026 antworten." in str(mail.outbox[0].body)

    def test_needs_a_letter(self, draft: Wave) -> None:
        draft.campaign.letter = draft.letter = None
        draft.campaign.save(update_fields=["letter"])
        draft.save(update_fields=["letter"])

        with pytest.raises(NoLetterYetError):
            send_test_letter(wave_id=draft.pk, address=ALICE, now=NOW)

    def test_is_written_only_where_its_wave_is_known(self, draft: Wave) -> None:
        delivery = send_test_letter(wave_id=draft.pk, address=ALICE, now=NOW)
        draft.trial_letters.all().delete()
        send_due_letters(now=NOW)

        delivery.refresh_from_db()
        assert (delivery.state, delivery.reason) == (DeliveryState.FAILED, "closed")

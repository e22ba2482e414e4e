"""The letter of a draft, and the letter as its reader sees it."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from survey.campaigns.models import Campaign, Wave
from survey.campaigns.services import launch_wave
from survey.console.pulse.message import find_faults, render_example
from survey.console.pulse.wording import MessageForm
from survey.letters.models import Letter
from tests.console.pulse.test_views import filled, page

MARKETER = "Dear valued customer, your feedback is important to us!"


class TestMessage:
    def test_saves_the_words_in_several_languages(self, hr: Client, draft: Wave) -> None:
        address = page(draft, "message")
        added = hr.post(address, filled(hr, address, subject="Better", add="de"))
        assert added["Location"] == f"{address}?add=de#id_subject_de"

        german = {"subject_de": "Wie geht es?", "body_de": "Wie fühlt sich die Arbeit an?"}
        saved = hr.post(address, filled(hr, f"{address}?add=de", **german))
        assert saved["Location"] == page(draft, "timing")

        draft.refresh_from_db()
        assert draft.letter is not None
        assert draft.letter.subject == "Better"
        assert draft.letter.translations.get().subject == "Wie geht es?"

    def test_refuses_what_marketers_write_and_says_why(self, hr: Client, draft: Wave) -> None:
        address = page(draft, "message")
        answer = hr.post(address, filled(hr, address, body=MARKETER))

        assert answer.status_code == 422
        assert "a person would not write this to another" in answer.text
        assert MARKETER in answer.text  # nothing that was typed is lost
        draft.refresh_from_db()
        assert draft.letter is not None
        assert draft.letter.body == "How is work?"

    def test_names_what_is_missing(self, hr: Client, draft: Wave) -> None:
        address = page(draft, "message")
        answer = hr.post(address, filled(hr, address, signer_name=""))

        assert answer.status_code == 422
        assert 'href="#id_signer_name"' in answer.text

    def test_changes_the_words_of_the_reminders(self, hr: Client, draft: Wave) -> None:
        timing = page(draft, "timing")
        day = datetime(2030, 1, 7)  # noqa: DTZ001 - a day only
        dates = {"letters_date": "2030-01-07", "closes_date": "2030-01-17"}
        days = filled(hr, timing, starts="on", reminder_1="2030-01-10", **dates)
        assert hr.post(timing, days).status_code == 302, day

        address = page(draft, "message")
        given = filled(hr, address, subject_reminder_1="Once more", body_reminder_1="Still open.")
        assert hr.post(address, given).status_code == 302
        assert draft.reminders.get().letter.subject == "Once more"
        assert "Still open." in hr.get(address).text

    def test_wants_other_words_in_a_reminder(self, hr: Client, draft: Wave) -> None:
        timing = page(draft, "timing")
        dates = {"letters_date": "2030-01-07", "closes_date": "2030-01-17"}
        hr.post(timing, filled(hr, timing, starts="on", reminder_1="2030-01-10", **dates))
        address = page(draft, "message")
        same = {"subject_reminder_1": "Again", "body_reminder_1": "How is work?"}
        answer = hr.post(address, filled(hr, address, subject="New", **same))

        assert answer.status_code == 422
        assert "in other words" in answer.text
        draft.refresh_from_db()
        assert draft.letter is not None
        assert draft.letter.subject == "A minute, please"


class TestPreview:
    def test_shows_the_letter_in_a_frame_of_our_own_pages_only(
        self, hr: Client, draft: Wave
    ) -> None:
        answer = hr.get(page(draft, "message/letter"))

        assert "How is work?" in answer.text
        assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
        assert "script-src" not in answer["Content-Security-Policy"]
        assert answer["X-Frame-Options"] == "SAMEORIGIN"

    def test_can_be_read_once_it_was_sent_too(
        self, hr: Client, draft: Wave, present: datetime
    ) -> None:
        launch_wave(wave_id=draft.pk, now=present)

        assert "How is work?" in hr.get(page(draft, "message/letter")).text

    def test_holds_no_link_that_works(self, draft: Wave) -> None:
        letter = Letter.objects.get(waves=draft)
        html = render_example(wave=draft, letter=letter)

        assert "/r/…" in html
        assert "Sam" in html


class TestFindFaults:
    def form(self, **changes: Any) -> MessageForm:
        given = {
            "subject": "How is work?",
            "body": "I would like to know how work feels to you.",
            "signer_name": "Alice",
            "reply_to": "alice@example.org",
            "language": "en",
        }
        return MessageForm(given | changes, languages=["de"], reminders=[1])

    def test_finds_none_in_a_persons_words(self) -> None:
        assert list(find_faults(self.form())) == []

    @pytest.mark.parametrize("part", ["", "_de", "_reminder_1"])
    def test_leads_to_the_field_it_stands_in(self, part: str) -> None:
        words = {f"subject{part}": "Ihre Meinung ist uns wichtig", f"body{part}": MARKETER}
        words |= {"language": "de"} if part != "_de" else {}
        faults = list(find_faults(self.form(**words)))

        assert faults
        assert {fault.field for fault in faults} <= {f"id_subject{part}", f"id_body{part}"}

    def test_names_an_address_nobody_reads_once(self) -> None:
        german = {"subject_de": "Wie ist die Arbeit?", "body_de": "Ich möchte es wissen."}
        faults = list(find_faults(self.form(reply_to="noreply@example.org", **german)))

        assert [fault.field for fault in faults] == ["id_reply_to"]


class TestTestLetter:
    def test_goes_to_whoever_writes_it_and_is_noticed_by_the_check(
        self, hr: Client, draft: Wave
    ) -> None:
        assert "Nobody has tried this letter" in hr.get(page(draft, "check")).text
        sent = hr.post(page(draft, "message/test"), follow=True)

        assert "On its way to alice@example.org." in sent.text
        delivery = draft.trial_letters.get().delivery
        assert (delivery.address, delivery.kind) == ("alice@example.org", "TEST")
        assert "Nobody has tried this letter" not in hr.get(page(draft, "check")).text

    def test_needs_a_letter(self, hr: Client, draft: Wave) -> None:
        Wave.objects.update(letter=None)
        Campaign.objects.update(letter=None)

        assert "Write the letter first." in hr.post(page(draft, "message/test"), follow=True).text
        assert not draft.trial_letters.exists()

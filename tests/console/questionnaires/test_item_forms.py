from typing import Any

import pytest

from survey.console.questionnaires.item_forms import ItemForm, initial_of
from survey.questionnaires.documents import DocumentItem
from survey.questionnaires.models import ItemKind


def form_of(kind: str, data: dict[str, Any] | None = None, **initial: Any) -> ItemForm:
    return ItemForm(
        data,
        kind=kind,
        languages=("en", "ar"),
        sections=[("", "none"), ("pay", "Pay")],
        initial=initial,
    )


def fill(kind: str, **changes: str) -> ItemForm:
    form = form_of(kind, {"kind": kind, "text_en": "Why?"} | changes)
    assert form.is_valid(), form.errors
    return form


class TestItemForm:
    @pytest.mark.parametrize("kind", ItemKind.values)
    def test_can_be_filled_in_for_every_kind(self, kind: str) -> None:
        form = fill(kind, text_ar="لماذا؟", hint_en="Take your time.")

        assert form.texts == {"en": "Why?", "ar": "لماذا؟"}
        assert form.hints == {"en": "Take your time."}
        assert form.settings == {}

    def test_wants_words_in_the_first_language(self) -> None:
        form = form_of("TEXT", {"kind": "TEXT", "text_ar": "لماذا؟"})

        assert not form.is_valid()
        assert list(form.errors) == ["text_en"]

    def test_marks_its_fields_with_their_language(self) -> None:
        html = str(form_of("TEXT")["text_ar"])

        assert 'lang="ar"' in html
        assert 'dir="rtl"' in html

    def test_keeps_zero_as_a_bound(self) -> None:
        form = fill("NUMBER", minimum="0", maximum="9.5", decimals="1")

        assert form.settings == {"minimum": 0, "maximum": 9.5, "decimals": 1}

    def test_takes_days_as_bounds_of_a_day(self) -> None:
        assert fill("DATE", minimum="2026-01-31").settings == {"minimum": "2026-01-31"}

    @pytest.mark.parametrize(
        ("kind", "low", "high"),
        [("NUMBER", "minimum", "maximum"), ("MULTIPLE", "min_choices", "max_choices")],
    )
    def test_refuses_bounds_that_allow_nothing(self, kind: str, low: str, high: str) -> None:
        form = form_of(kind, {"kind": kind, "text_en": "Why?", low: "3", high: "2"})

        assert not form.is_valid()
        assert list(form.errors) == [high]

    def test_takes_messages_of_its_own(self) -> None:
        form = fill("NUMBER", message_out_of_range_en="Between us: no.", message_missing_ar="رقم")

        assert form.settings["messages"] == {
            "missing": {"ar": "رقم"},
            "out_of_range": {"en": "Between us: no."},
        }

    def test_offers_only_what_a_kind_needs(self) -> None:
        note = form_of("NOTE")

        assert not {"is_required", "allows_cant_say", "message_missing_en"} & set(note.fields)
        assert "asks_for_playback" in form_of("TEXT").fields
        assert "shuffles_options" in form_of("RANKING").fields


class TestInitialOf:
    def test_shows_what_was_saved(self) -> None:
        settings = {
            "minimum": "2026-01-31",
            "is_fixed": True,
            "messages": {"missing": {"en": "A day, please."}},
        }
        item = DocumentItem("day", {"en": "When?"}, kind="DATE", settings=settings)
        initial = initial_of(item, "pay")
        sent = {name: text for name, text in initial.items() if isinstance(text, str)}

        again = fill(sent.pop("kind"), **sent, is_fixed="on")

        assert again.settings == settings
        assert again.cleaned_data["section"] == "pay"

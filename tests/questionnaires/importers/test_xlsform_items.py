"""Questions of an XLSForm as items."""

from typing import Any

import pytest

from survey.questionnaires.importers import read_file
from tests.questionnaires.importers.looking import items_of, only_item, told, words
from tests.questionnaires.importers.makers import choice, form

ANSWERS = [choice("yn", "yes", "Yes", score="1.5"), choice("yn", "no", "No")]


def line(kind: str, **more: Any) -> dict[str, Any]:
    """Return a line of the survey."""
    return {"type": kind, "name": "q", "label": "Well?", **more}


class TestMaker:
    @pytest.mark.parametrize(
        ("kind", "made"),
        [
            ("text", "LINE"),
            ("integer", "NUMBER"),
            ("decimal", "NUMBER"),
            ("date", "DATE"),
            ("note", "NOTE"),
            ("range", "NUMBER"),
            ("select_one yn", "CHOICE"),
            ("select one from yn", "CHOICE"),
            ("select1 yn", "CHOICE"),
            ("select_multiple yn", "MULTIPLE"),
            ("select all that apply from yn", "MULTIPLE"),
            ("rank yn", "RANKING"),
            ("acknowledge", "CHOICE"),
        ],
    )
    def test_knows_types(self, kind: str, made: str) -> None:
        assert only_item(form(line(kind), choices=ANSWERS)).kind == made

    @pytest.mark.parametrize(
        "kind",
        [
            *("start", "today", "calculate", "hidden", "image", "geopoint", "barcode"),
            *("select_one nowhere", "select_one_from_file a.csv"),
        ],
    )
    def test_tells_what_is_not_asked_here(self, kind: str) -> None:
        data = form(line(kind), {"type": "text", "name": "other", "label": "O"}, choices=ANSWERS)

        assert list(items_of(data)) == ["other"]
        assert any(line.startswith("all of it") for line in told(data))

    def test_numbers_answers_and_keeps_their_scores(self) -> None:
        item = only_item(form(line("select_one yn"), choices=ANSWERS))

        assert [(option.value, option.score) for option in item.options] == [(1, 1.5), (2, None)]

    @pytest.mark.parametrize(
        "kind", ["select_one yn or_other", "select one from yn or specify other"]
    )
    def test_offers_own_words(self, kind: str) -> None:
        item = only_item(form(line(kind), choices=ANSWERS))

        assert words(item) == ["Yes", "No", "Other"]
        assert item.options[2].is_other

    def test_takes_a_text_beside_one_answer_as_own_words(self) -> None:
        beside = {"type": "text", "name": "q_other", "label": "Which?", "relevant": "${q} = 'no'"}
        data = form(line("select_one yn"), beside, choices=ANSWERS)

        assert [option.is_other for option in only_item(data).options] == [False, True]
        assert any(line.startswith("Which?: own words") for line in told(data))

    def test_takes_zero_to_ten_as_a_rating(self) -> None:
        ends = [choice("ends", "0", "Never"), choice("ends", "10", "Always")]
        data = form(
            line("range", parameters="start=0 end=10 step=1 tick_labelset=ends"), choices=ends
        )

        item = only_item(data)
        assert (item.kind, len(item.options)) == ("RATING", 11)
        assert item.options[10].texts == {"en": "Always"}

    def test_keeps_bounds_messages_and_what_is_required(self) -> None:
        item = only_item(
            form(
                line(
                    "integer",
                    required="yes",
                    constraint=". >= 0 and . <= 120",
                    constraint_message="Really?",
                    required_message="Please!",
                    hint="In years",
                )
            )
        )

        assert (item.is_required, item.hints) == (True, {"en": "In years"})
        assert item.settings == {
            "minimum": 0,
            "maximum": 120,
            "messages": {"missing": {"en": "Please!"}, "out_of_range": {"en": "Really?"}},
        }

    def test_tells_settings_without_a_counterpart(self) -> None:
        data = form(
            line(
                "text",
                appearance="numbers",
                default="x",
                required="${a} = 1",
                constraint=". != 'x'",
            )
        )

        told_here = "\n".join(told(data))
        for words_of_it in (
            "appearance = numbers",
            "default = x",
            "required = ${a} = 1",
            "constraint",
        ):
            assert words_of_it in told_here

    def test_repeats_earlier_answers(self) -> None:
        data = form(
            line("text"), {"type": "note", "name": "n", "label": "You said ${q}, ${nobody}"}
        )

        assert items_of(data)["n"].texts == {"en": "You said {{item:q}}, …"}

    def test_translates_relevance(self) -> None:
        data = form(
            line("select_one yn"),
            {"type": "text", "name": "why", "label": "?", "relevant": "selected(${ q }, 'no')"},
            {"type": "text", "name": "odd", "label": "?", "relevant": "pulldata('x')"},
            choices=ANSWERS,
        )

        assert items_of(data)["why"].shown_when == {"item": "q", "op": "=", "value": 2}
        assert any("pulldata()" in one.reason for one in read_file("a", data).left_out)

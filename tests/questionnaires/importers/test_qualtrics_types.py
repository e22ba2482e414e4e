"""What each question type of Qualtrics becomes."""

from typing import Any

import pytest

from tests.questionnaires.importers.looking import items_of, only_item, told, words
from tests.questionnaires.importers.makers import asked, displays, qsf

TWO = displays("Tea", "Coffee")


def survey(kind: str, selector: str, **more: Any) -> bytes:
    """Return a survey of one question."""
    return qsf(asked("QID1", kind, selector, **more))


def settings(**more: Any) -> dict[str, Any]:
    """Return a validation with these settings."""
    return {"Settings": {"ForceResponse": "OFF", **more}}


class TestMakeItems:
    @pytest.mark.parametrize(
        ("kind", "selector", "made"),
        [
            ("MC", "SAVR", "CHOICE"),
            ("MC", "DL", "CHOICE"),
            ("MC", "MAVR", "MULTIPLE"),
            ("MC", "MSB", "MULTIPLE"),
            ("MC", "NPS", "RATING"),
            ("RO", "DND", "RANKING"),
            ("TE", "SL", "LINE"),
            ("TE", "ML", "TEXT"),
            ("TE", "ESTB", "TEXT"),
            ("DB", "TB", "NOTE"),
        ],
    )
    def test_knows_types(self, kind: str, selector: str, made: str) -> None:
        assert only_item(survey(kind, selector, Choices=TWO)).kind == made

    @pytest.mark.parametrize("selector", ["HSLIDER", "HBAR", "STAR"])
    def test_asks_sliders_row_by_row(self, selector: str) -> None:
        configured = {"CSSliderMin": 0, "CSSliderMax": "10", "NumDecimals": "0"}

        items = items_of(survey("Slider", selector, Choices=TWO, Configuration=configured))

        assert list(items) == ["qid1_1", "qid1_2"]
        assert items["qid1_1"].settings == {"minimum": 0, "maximum": 10}

    def test_asks_forms_and_sums_field_by_field(self) -> None:
        assert [item.kind for item in items_of(survey("TE", "FORM", Choices=TWO)).values()] == [
            "LINE"
        ] * 2
        assert [item.kind for item in items_of(survey("CS", "VRTL", Choices=TWO)).values()] == [
            "NUMBER"
        ] * 2

    @pytest.mark.parametrize("kind", ["FileUpload", "Timing", "Captcha", "HeatMap", "DD", "NoSuch"])
    def test_tells_what_is_not_asked_here(self, kind: str) -> None:
        data = qsf(asked("QID1", kind, "X"), asked("QID2", "TE", "SL"))

        assert list(items_of(data)) == ["qid2"]
        assert told(data)[0].startswith("all of it: ")

    def test_offers_own_words_answers_that_stand_alone_and_fixed_ones(self) -> None:
        choices = {
            "1": {"Display": "Tea"},
            "2": {"Display": "Else", "TextEntry": "true"},
            "4": {"Display": "None", "ExclusiveAnswer": True},
        }
        order = {"Type": "Advanced", "Advanced": {"FixedOrder": ["4"]}}

        item = only_item(
            survey("MC", "MAVR", Choices=choices, ChoiceOrder=["2", 1, "4"], Randomization=order)
        )

        assert [
            (option.value, option.is_other, option.is_exclusive) for option in item.options
        ] == [
            (2, True, False),
            (1, False, False),
            (4, False, True),
        ]
        assert item.options[2].is_fixed
        assert item.settings == {"shuffles_options": True}

    def test_keeps_bounds_and_what_is_required(self) -> None:
        valid = settings(
            ForceResponse="ON", ContentType="ValidNumber", ValidNumber={"Min": "1", "Max": "9.5"}
        )
        several = settings(MinChoices="1", MaxChoices="2")

        number = only_item(survey("TE", "SL", Validation=valid))
        assert (number.kind, number.is_required) == ("NUMBER", True)
        assert number.settings == {"minimum": 1, "maximum": 9.5, "decimals": 6}
        counted = only_item(survey("MC", "MAVR", Choices=TWO, Validation=several))
        assert counted.settings == {"min_choices": 1, "max_choices": 2}

    def test_has_words_in_every_language(self) -> None:
        arabic = {"AR": {"QuestionText": "<b>أهلا</b>", "Choices": displays("شاي", "قهوة")}}

        item = only_item(survey("MC", "SAVR", Choices=TWO, Language=arabic))

        assert item.texts == {"en": "About QID1?", "ar": "أهلا"}
        assert item.options[1].texts == {"en": "Coffee", "ar": "قهوة"}
        assert words(item) == ["Tea", "Coffee"]

    def test_tells_what_has_no_counterpart(self) -> None:
        data = survey(
            "MC",
            "SAVR",
            Choices={"1": {"Display": "Tea", "DisplayLogic": {"0": {"0": {}}}}, "2": {}},
            QuestionJS="alert(1)",
            DefaultChoices={"1": {}},
            Validation=settings(
                ForceResponse="RequestResponse", Type="CustomValidation", MinChars="3"
            ),
        )

        lines = "\n".join(told(data))
        for said in (
            "a script",
            "beforehand",
            "request",
            "MinChars = 3",
            "CustomValidation",
            "logic of",
        ):
            assert said in lines

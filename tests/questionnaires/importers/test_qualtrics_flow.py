"""The flow of a Qualtrics survey."""

from typing import Any

from survey.questionnaires.importers import read_file
from tests.questionnaires.importers.looking import items_of, told
from tests.questionnaires.importers.makers import asked, displays, qsf, when

FIRST = asked("QID1", "MC", "SAVR", Choices=displays("Yes", "No"))
YES = {"item": "qid1", "op": "=", "value": 1}


def block(number: int, *ids: str, **more: Any) -> dict[str, Any]:
    elements = [{"Type": "Question", "QuestionID": one} for one in ids]
    usual = {"Type": "Standard", "ID": f"BL_{number}", "Description": f"B {number}"}
    return {**usual, "BlockElements": elements, **more}


def survey(flow: list[dict[str, Any]] | None, *blocks: dict[str, Any], n: int = 4) -> bytes:
    """Return a survey of a choice and texts, in these blocks and this flow."""
    texts = [asked(f"QID{number}", "TE", "SL") for number in range(2, n + 1)]
    return qsf(FIRST, *texts, blocks=list(blocks), flow={"Flow": flow or []})


def shows(number: int) -> dict[str, Any]:
    return {"Type": "Block", "ID": f"BL_{number}", "FlowID": f"FL_{number}"}


def branch(*flow: dict[str, Any]) -> dict[str, Any]:
    return {
        "Type": "Branch",
        "BranchLogic": when("q://QID1/SelectableChoice/1"),
        "Flow": list(flow),
    }


class TestFlow:
    def test_orders_blocks_and_lets_branches_decide(self) -> None:
        data = survey(
            [shows(2), branch(shows(1)), shows(3)],
            block(1, "QID2"),
            block(2, "QID1"),
            block(3, "QID3", "QID4"),
        )

        sections = read_file("a", data).document.sections

        assert [(one.code, one.shown_when) for one in sections] == [
            ("b_2", None),
            ("b_1", YES),
            ("b_3", None),
        ]

    def test_asks_nothing_more_of_whom_it_sends_away(self) -> None:
        data = survey(
            [shows(1), branch({"Type": "EndSurvey"}), shows(2)],
            block(1, "QID1"),
            block(2, "QID2", "QID3", "QID4"),
        )

        assert read_file("a", data).document.sections[1].shown_when == {"not": YES}

    def test_tells_what_follows_the_end(self) -> None:
        data = survey(
            [shows(1), {"Type": "EndSurvey"}, shows(2)], block(1, "QID1"), block(2, "QID2")
        )

        assert list(items_of(data)) == ["qid1"]
        assert len([line for line in told(data) if line.startswith("all of it")]) == 3

    def test_skips_what_stands_between(self) -> None:
        skip = {"Locator": "q://QID1/SelectableChoice/1", "Condition": "Selected"}
        first = {"Type": "Question", "QuestionID": "QID1"}
        elements = [
            {**first, "SkipLogic": [{**skip, "SkipToDestination": "QID3"}]},
            *({"Type": "Question", "QuestionID": f"QID{number}"} for number in (2, 3)),
        ]

        items = items_of(
            survey([shows(1), shows(2)], block(1, BlockElements=elements), block(2, "QID4"))
        )

        assert items["qid2"].shown_when == {"not": YES}
        assert items["qid3"].shown_when is items["qid4"].shown_when is None

    def test_ends_the_survey_from_a_question(self) -> None:
        skip = {"Locator": "q://QID1/SelectableChoice/1", "Condition": "Selected"}
        skip["SkipToDestination"] = "ENDOFSURVEY"
        elements = [
            {"Type": "Question", "QuestionID": "QID1", "SkipLogic": [skip]},
            {"Type": "Question", "QuestionID": "QID2"},
        ]

        data = survey([shows(1), shows(2)], block(1, BlockElements=elements), block(2, "QID3"))

        assert items_of(data)["qid2"].shown_when == {"not": YES}
        assert read_file("a", data).document.sections[1].shown_when == {"not": YES}

    def test_goes_through_all_blocks_where_no_flow_is_told(self) -> None:
        assert list(items_of(survey(None, block(1, "QID1"), block(2, "QID2")))) == ["qid1", "qid2"]

    def test_shuffles_questions_where_every_block_does(self) -> None:
        options = {"Options": {"RandomizeQuestions": "All"}}
        both = survey(None, block(1, "QID1", **options), block(2, "QID2", **options), n=2)
        one = survey(None, block(1, "QID1", **options), block(2, "QID2"), n=2)

        assert read_file("a", both).document.settings == {"shuffles_items": True}
        assert read_file("a", one).document.settings == {}
        assert told(one)[0].startswith("random order of questions")

    def test_tells_all_that_is_no_block(self) -> None:
        data = survey(
            [
                shows(1),
                shows(1),
                shows(9),
                {"Type": "EmbeddedData", "EmbeddedData": [{"Field": "shop"}]},
                {"Type": "BlockRandomizer", "SubSet": "1", "Flow": [shows(2)]},
                {"Type": "WebService"},
            ],
            block(1, "QID1", "QID77", Options={"Looping": "Static", "RandomizeQuestions": "Half"}),
            block(2, "QID2"),
            block(3, "QID3", Type="Trash"),
        )

        lines = "\n".join(told(data))
        for said in (
            "asked again", "no such block", "“shop”", "random choice of 1", "WebService", "QID77",
            "Looping: Static", "RandomizeQuestions: Half", "in the trash", "no block of the",
        ):  # fmt: skip
            assert said in lines

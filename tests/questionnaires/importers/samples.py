"""One rich file of each program: every type, logic, languages, repeated answers."""

from typing import Any

from tests.questionnaires.importers.makers import (
    answer,
    asked,
    choice,
    displays,
    form,
    group,
    lss,
    qsf,
    question,
    row_of,
    when,
)

LS_TYPES = "L!5YGMPRNKDSTUQ;:ABCEFH1OIX*|"
WITH_ROWS = "MPKQ;:ABCEFH1"
TWO_LANGUAGES: dict[str, str] = {
    "sid": "7",
    "language": "en",
    "additional_languages": "ar de-informal",
    "format": "S",
    "shownoanswer": "N",
}


def rich_lss() -> bytes:
    """Return a survey with a question of each type, numbered from 1, and rows numbered from 100."""
    questions, rows, answers = [], [], []
    for number, kind in enumerate(LS_TYPES, start=1):
        qid = str(number)
        relevance = "1" if number == 1 else f'q1.NAOK == "a{number % 2 + 1}"'
        questions.append(question(qid, kind, f"q{qid}", relevance=relevance, other="Y"))
        answers += [answer(qid, f"a{n}", f"Answer {n}") for n in (1, 2, 3)]
        answers += [answer(qid, "a1", "Second scale", scale_id="1")] if kind == "1" else []
        if kind in WITH_ROWS:
            rows += [row_of(qid, f"{qid}0{n}", f"r{n}") for n in (1, 2)]
        if kind in ";:":
            rows += [row_of(qid, f"{qid}1{n}", f"c{n}", scale_id="1") for n in (1, 2)]
    return lss(
        surveys=[TWO_LANGUAGES],
        groups=[group(), group("2", "Second", grelevance="q1 == 'a1'")],
        questions=[
            *questions,
            question("90", "S", "late", gid="2", question="You said {q1.shown}, {if(q1,1,2)}"),
            question("91", "T", "odd", gid="2", relevance="rand() > q1", preg="/x/"),
            question("92", "?", "new", gid="2"),
            question("93", "S", "lost", gid="77"),
        ],
        subquestions=rows,
        answers=answers,
        question_l10ns=[{"qid": "1", "question": "ما رأيك؟", "language": "ar"}],
        question_attributes=[{"qid": "9", "attribute": "min_num_value_n", "value": "3"}],
        quota=[{"id": "1", "name": "Enough"}],
    )


def rich_form() -> bytes:
    """Return a form with a question of each type, groups, and two languages."""
    both = "label::English (en)", "label::العربية (ar)"
    kinds = [
        "text",
        "integer",
        "decimal",
        "date",
        "note",
        "range",
        "calculate",
        "image",
        "geopoint",
    ]
    lines: list[dict[str, Any]] = [
        {"type": "select_one yn or_other", "name": "first", both[0]: "First?", both[1]: "أولا؟"},
        {"type": "begin_group", "name": "g", both[0]: "Group", "relevant": "${first} = 'y'"},
        {
            "type": "select_multiple yn",
            "name": "several",
            both[0]: "Several, ${first}?",
            "constraint": "count-selected(.) <= 2",
            "relevant": "selected(${first}, 'y') or not(${first} != '')",
        },
        {"type": "begin_repeat", "name": "again", both[0]: "Again"},
        {"type": "rank yn", "name": "ranked", both[0]: "Order", "relevant": "position(..) > 1"},
        {"type": "end_repeat"},
        {"type": "end_group"},
        *({"type": kind, "name": f"a_{kind}", both[0]: kind, "required": "yes"} for kind in kinds),
    ]
    answers = [choice("yn", code, code) for code in "yn"]
    return form(*lines, choices=answers, form_title="Rich", form_id="rich", default_language="en")


def rich_qsf() -> bytes:
    """Return a survey with a question of each type, branches, an end and a randomiser."""
    scale, rows = displays("Bad", "Good"), displays("Speed", "Care")
    arabic = {"AR": {"QuestionText": "ما رأيك؟", "Choices": displays("سيئ", "جيد")}}
    questions = [
        asked("QID1", "MC", "SAVR", Choices=scale, Language=arabic),
        asked(
            "QID2", "MC", "MAVR", Choices={**scale, "3": {"Display": "No", "ExclusiveAnswer": True}}
        ),
        asked("QID3", "Matrix", "Likert", SubSelector="SingleAnswer", Choices=rows, Answers=scale),
        asked("QID4", "TE", "SL", DisplayLogic=when("q://QID3/SelectableChoice/1/2")),
        asked("QID5", "TE", "FORM", Choices=rows),
        asked("QID6", "DB", "TB", QuestionText="You: ${q://QID1/ChoiceGroup/SelectedChoices}"),
        asked("QID7", "MC", "NPS", Choices=displays(*map(str, range(11)))),
        asked("QID8", "Slider", "HSLIDER", Choices=rows, Configuration={"CSSliderMax": 10}),
        asked("QID9", "RO", "DND", Choices=rows, Randomization={"Type": "All"}),
        asked(
            "QID10",
            "SBS",
            "SBSMatrix",
            Choices=rows,
            AdditionalQuestions={
                "1": asked("QID10#1", "Matrix", "Likert", SubSelector="SingleAnswer", Answers=scale)
            },
        ),
        asked("QID11", "HeatMap", "OnOff"),
        asked("QID12", "TE", "ML", DisplayLogic=when("q://QID99/SelectableChoice/1")),
    ]
    ids = [one["QuestionID"] for one in questions]
    blocks = [_block("BL_1", ids[:5]), _block("BL_2", ids[5:10]), _block("BL_3", ids[10:])]
    branch = {
        "Type": "Branch",
        "FlowID": "FL_3",
        "BranchLogic": when("q://QID1/SelectableChoice/1"),
    }
    flow = {
        "Flow": [
            {"Type": "Block", "ID": "BL_1", "FlowID": "FL_1"},
            {**branch, "Flow": [{"Type": "Block", "ID": "BL_2", "FlowID": "FL_4"}]},
            {**branch, "Flow": [{"Type": "EndSurvey", "FlowID": "FL_5"}]},
            {"Type": "EmbeddedData", "FlowID": "FL_6", "EmbeddedData": [{"Field": "shop"}]},
            {
                "Type": "BlockRandomizer",
                "FlowID": "FL_7",
                "SubSet": "1",
                "Flow": [{"Type": "Block", "ID": "BL_3", "FlowID": "FL_8"}],
            },
        ]
    }
    return qsf(*questions, blocks=blocks, flow=flow)


def _block(block_id: str, ids: list[str]) -> dict[str, Any]:
    elements = [{"Type": "Question", "QuestionID": one} for one in ids]
    return {"Type": "Standard", "ID": block_id, "Description": block_id, "BlockElements": elements}


RICH = {"limesurvey": rich_lss(), "xlsform": rich_form(), "qualtrics": rich_qsf()}

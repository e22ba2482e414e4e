"""A LimeSurvey survey as a questionnaire."""

import pytest

from survey.questionnaires.importers.limesurvey import read_limesurvey
from tests.questionnaires.importers.looking import items_of, told
from tests.questionnaires.importers.makers import group, lss, question, row_of

SURVEY = {"sid": "7", "language": "en", "additional_languages": "ar xx-klingon en", "format": "G"}


class TestReadLimesurvey:
    def test_makes_sections_of_groups_in_order(self) -> None:
        data = lss(
            groups=[group("2", "Later", grelevance="a == 'x'"), group("1", "First")],
            questions=[question("5", "S", "b", gid="2"), question("4", "S", "a")],
        )

        first, later = read_limesurvey(data).document.sections

        assert (first.texts, [item.code for item in first.items]) == ({"en": "First"}, ["a"])
        assert later.shown_when == {"item": "a", "op": "=", "value": "x"}

    def test_asks_what_a_group_says_as_a_note(self) -> None:
        data = lss(
            groups=[group(description="<b>Please</b> read"), group("2", description="Empty")],
            questions=[question("1", "S", "a")],
        )

        assert items_of(data)["group_1_text"].texts == {"en": "Please read"}
        assert "group_2_text" not in items_of(data)

    @pytest.mark.parametrize(
        ("kind", "page"), [("A", "SCROLL"), ("G", "SECTIONS"), ("S", "ONE_BY_ONE")]
    )
    def test_takes_name_languages_and_pages(self, kind: str, page: str) -> None:
        data = lss(
            surveys=[{**SURVEY, "format": kind}],
            surveys_languagesettings=[
                {"surveyls_language": "en", "surveyls_title": "Tea <i>time</i>"}
            ],
            groups=[group()],
            questions=[question("1", "S", "a")],
        )

        document = read_limesurvey(data).document

        assert (document.code, document.name) == ("tea_time", "Tea time")
        assert (document.languages, document.settings) == (("en", "ar"), {"page": page})

    def test_repeats_earlier_answers_and_tells_what_it_cannot(self) -> None:
        data = lss(
            groups=[group()],
            questions=[
                question("1", "S", "a"),
                question("2", "S", "b", question="{a}, {TOKEN:FIRSTNAME}, {b} and {nobody}"),
            ],
        )

        assert items_of(data)["b"].texts == {"en": "{{item:a}}, …, … and …"}
        assert [line.partition(":")[0] for line in told(data)] == [
            "the repeated answer “TOKEN",
            "the repeated answer “b”",
        ]

    def test_tells_everything_beside_the_questions(self) -> None:
        data = lss(
            surveys=[SURVEY],
            surveys_languagesettings=[
                {
                    "surveyls_language": "en",
                    "surveyls_welcometext": "Hi",
                    "surveyls_email_invite": "x",
                }
            ],
            groups=[group(randomization_group="r")],
            questions=[
                question("1", "S", "a", preg="/x/", mandatory="S"),
                question("2", "S", "h"),
            ],
            subquestions=[row_of("9", "91", "lost")],
            question_attributes=[
                {"qid": "1", "attribute": "prefix", "value": "EUR"},
                {"qid": "2", "attribute": "hidden", "value": "1"},
            ],
            quota=[{"name": "Enough"}],
            assessments=[{"name": "Points"}],
            defaultvalues=[{"qid": "1", "defaultvalue": "x"}],
        )

        whole = "\n".join(f"{one.where} {one.what}" for one in read_limesurvey(data).left_out)

        for words in (
            "xx-klingon", "surveyls_welcometext", "its letters", "random order", "pattern “/x/”",
            "softly required", "prefix = EUR", "“h” all of it", "“lost”", "quota “Enough”",
            "assessment “Points”", "1 answers given beforehand",
        ):  # fmt: skip
            assert words in whole

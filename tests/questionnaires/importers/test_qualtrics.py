"""A Qualtrics survey as a questionnaire."""

import json

import pytest

from survey.questionnaires.importers import ImportRefusedError
from survey.questionnaires.importers.qualtrics import read_qualtrics
from tests.questionnaires.importers.makers import asked, qsf

TEXT = asked("QID1", "TE", "SL", Language={"ES": {"QuestionText": "¿Qué?"}, "QQQ": {}})


class TestReadQualtrics:
    def test_takes_name_and_languages(self) -> None:
        imported = read_qualtrics(json.loads(qsf(TEXT, SurveyName="Tea & <b>cake</b>")))

        document = imported.document
        assert (document.code, document.name) == ("tea_cake", "Tea & cake")
        assert document.languages == ("en", "es")
        assert [one.what for one in imported.left_out] == ["QQQ"]

    def test_tells_elements_beside_the_questions(self) -> None:
        elements = [{"Element": "SO", "SecondaryAttribute": "Survey Options"}, {"Element": "QC"}]

        imported = read_qualtrics(json.loads(qsf(asked("QID1", "TE", "SL"), elements=elements)))

        assert [one.where for one in imported.left_out] == ["element “SO”"]

    def test_refuses_more_elements_than_a_survey_has(self) -> None:
        stored = json.loads(qsf(TEXT, elements=[{"Element": "NT"}] * 5_000))

        with pytest.raises(ImportRefusedError, match="5,000"):
            read_qualtrics(stored)

    def test_names_what_is_not_translated_as_a_mend(self) -> None:
        imported = read_qualtrics(json.loads(qsf(TEXT, asked("QID2", "TE", "SL"))))

        assert list(map(str, imported.mends)) == ["qid2 is not worded in es"]

"""Our own file of a questionnaire."""

import json

import pytest

from survey.questionnaires.documents import document_to_json
from survey.questionnaires.importers import ImportRefusedError, read_file
from survey.questionnaires.importers.own import read_own
from tests.questionnaires.importers.makers import form

DOCUMENT = read_file("a.xlsx", form({"type": "text", "name": "a", "label": "A"})).document


class TestReadOwn:
    def test_leaves_nothing_out(self) -> None:
        imported = read_own(json.loads(json.dumps(document_to_json(DOCUMENT))))

        assert (imported.document, imported.left_out, imported.mends) == (DOCUMENT, (), ())

    def test_says_where_a_file_is_wrong(self) -> None:
        stored = document_to_json(DOCUMENT)
        stored["sections"][0]["items"][0]["kind"] = "GRID"

        with pytest.raises(ImportRefusedError) as refused:
            read_own(stored)

        assert refused.value.where == "sections[0].items[0].kind"

"""Our own file of a questionnaire (docs/questionnaire.schema.json)."""

from typing import Any

from survey.questionnaires.importers.finishing import list_mends
from survey.questionnaires.importers.reports import ImportedQuestionnaire, ImportRefusedError
from survey.questionnaires.reading import DocumentError, read_document

KIND = "hearthline"


def read_own(stored: Any) -> ImportedQuestionnaire:
    """Return the questionnaire in JSON of our own; nothing of it is left out."""
    try:
        document = read_document(stored)
    except DocumentError as error:
        raise ImportRefusedError(error.where, error.why) from error
    return ImportedQuestionnaire(document, (), KIND, mends=tuple(list_mends(document)))

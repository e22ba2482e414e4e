"""Questionnaires of other programs: read a file, get a document and a list of what was left out."""

from survey.questionnaires.importers.apart import keep_apart, list_taken_codes
from survey.questionnaires.importers.files import LARGEST, read_file
from survey.questionnaires.importers.reports import (
    ImportedQuestionnaire,
    ImportRefusedError,
    LeftOut,
)

__all__ = [
    "LARGEST",
    "ImportRefusedError",
    "ImportedQuestionnaire",
    "LeftOut",
    "keep_apart",
    "list_taken_codes",
    "read_file",
]

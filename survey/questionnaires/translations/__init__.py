"""Translations of a questionnaire: its texts one by one, as files, and what files change."""

from survey.questionnaires.translations.catalogues import write_catalogue
from survey.questionnaires.translations.comparing import Change, Comparison, Translation, compare
from survey.questionnaires.translations.files import LARGEST, read_translations
from survey.questionnaires.translations.tables import write_table
from survey.questionnaires.translations.tags import normalise_tag
from survey.questionnaires.translations.texts import Progress, list_targets, measure_progress

__all__ = [
    "LARGEST",
    "Change",
    "Comparison",
    "Progress",
    "Translation",
    "compare",
    "list_targets",
    "measure_progress",
    "normalise_tag",
    "read_translations",
    "write_catalogue",
    "write_table",
]

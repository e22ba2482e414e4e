"""What changes questionnaires, their items and their scales."""

from survey.questionnaires.services.loading import BankReport, load_bank, load_item_bank
from survey.questionnaires.services.publishing import (
    QuestionnaireNotDraftError,
    QuestionnaireNotPublishedError,
    QuestionnaireUnfinishedError,
    create_questionnaire,
    publish_questionnaire,
    retire_questionnaire,
)
from survey.questionnaires.services.transfer import DocumentReport, import_document

__all__ = [
    "BankReport",
    "DocumentReport",
    "QuestionnaireNotDraftError",
    "QuestionnaireNotPublishedError",
    "QuestionnaireUnfinishedError",
    "create_questionnaire",
    "import_document",
    "load_bank",
    "load_item_bank",
    "publish_questionnaire",
    "retire_questionnaire",
]

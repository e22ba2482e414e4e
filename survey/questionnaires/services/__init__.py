"""What changes questionnaires, their items and their scales."""

from survey.questionnaires.services.drafting import (
    QuestionnaireUsedError,
    configure_draft,
    copy_questionnaire,
    discard_draft,
    draft_questionnaire,
    next_version,
)
from survey.questionnaires.services.editing import edit_item
from survey.questionnaires.services.loading import BankReport, load_bank, load_item_bank
from survey.questionnaires.services.locking import QuestionnaireNotDraftError
from survey.questionnaires.services.outline import ItemNotAskedError, SectionUnknownError
from survey.questionnaires.services.placing import (
    ItemAskedAlreadyError,
    ItemCodeTakenError,
    QuestionnaireFullError,
    SectionCodeTakenError,
    add_items,
    add_new_item,
    add_section,
    change_section,
    move_item,
    move_section,
    place_item,
    remove_item,
    remove_section,
)
from survey.questionnaires.services.publishing import (
    CodeOfOthersError,
    QuestionnaireNotPublishedError,
    QuestionnaireNotRetiredError,
    QuestionnaireUnfinishedError,
    create_questionnaire,
    publish_questionnaire,
    reinstate_questionnaire,
    retire_questionnaire,
)
from survey.questionnaires.services.rewording import Rewording, change_item
from survey.questionnaires.services.seen import (
    DraftChangedError,
    see_draft,
    see_item,
    see_section,
)
from survey.questionnaires.services.transfer import DocumentReport, import_document

__all__ = [
    "BankReport",
    "CodeOfOthersError",
    "DocumentReport",
    "DraftChangedError",
    "ItemAskedAlreadyError",
    "ItemCodeTakenError",
    "ItemNotAskedError",
    "QuestionnaireFullError",
    "QuestionnaireNotDraftError",
    "QuestionnaireNotPublishedError",
    "QuestionnaireNotRetiredError",
    "QuestionnaireUnfinishedError",
    "QuestionnaireUsedError",
    "Rewording",
    "SectionCodeTakenError",
    "SectionUnknownError",
    "add_items",
    "add_new_item",
    "add_section",
    "change_item",
    "change_section",
    "configure_draft",
    "copy_questionnaire",
    "create_questionnaire",
    "discard_draft",
    "draft_questionnaire",
    "edit_item",
    "import_document",
    "load_bank",
    "load_item_bank",
    "move_item",
    "move_section",
    "next_version",
    "place_item",
    "publish_questionnaire",
    "reinstate_questionnaire",
    "remove_item",
    "remove_section",
    "retire_questionnaire",
    "see_draft",
    "see_item",
    "see_section",
]

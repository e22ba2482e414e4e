"""Save an item of a draft as its page shows it: the wording, and where and when it is asked."""

from django.db import transaction

from survey.questionnaires.documents import DocumentItem
from survey.questionnaires.services.locking import lock_draft
from survey.questionnaires.services.placing import place_item
from survey.questionnaires.services.rewording import Rewording, change_item
from survey.questionnaires.services.seen import check_seen, see_item


@transaction.atomic
def edit_item(
    *, questionnaire_id: int, entry: DocumentItem, section_code: str, seen: str | None = None
) -> Rewording:
    """Word an item of a draft as an entry says, and ask it in a section where that says.

    Raises what change_item and place_item raise, and DraftChangedError where the item is not as
    it was seen.
    """
    lock_draft(questionnaire_id)
    check_seen(seen, see_item(questionnaire_id=questionnaire_id, code=entry.code))
    rewording = change_item(questionnaire_id=questionnaire_id, entry=entry)
    place_item(
        questionnaire_id=questionnaire_id,
        code=entry.code,
        is_required=entry.is_required,
        shown_when=entry.shown_when,
        section_code=section_code,
    )
    return rewording

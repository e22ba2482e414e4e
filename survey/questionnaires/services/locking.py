"""Take a draft to change it, one at a time."""

from survey.questionnaires.models import Questionnaire, QuestionnaireStatus
from survey.questionnaires.selectors import forget_content


class QuestionnaireNotDraftError(Exception):
    """Only a draft can be changed or published; what is published never changes."""


def lock_draft(questionnaire_id: int) -> Questionnaire:
    """Return a draft that nobody else changes until this transaction ends.

    Raises Questionnaire.DoesNotExist and QuestionnaireNotDraftError.
    """
    questionnaire = Questionnaire.objects.select_for_update().get(pk=questionnaire_id)
    if questionnaire.status != QuestionnaireStatus.DRAFT:
        raise QuestionnaireNotDraftError(str(questionnaire))
    forget_content(questionnaire_id=questionnaire_id)
    return questionnaire

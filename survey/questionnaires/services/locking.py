"""Take a draft to change it, one at a time."""

from survey.questionnaires.models import Questionnaire, QuestionnaireStatus
from survey.questionnaires.selectors import forget_content


class QuestionnaireNotDraftError(Exception):
    """Only a draft can be changed or published; what is published never changes."""


def lock_versions(code: str) -> None:
    """Let nobody else draft a next version of a code until this transaction ends.

    What is there has to be read afterwards: a row that somebody has just added is not locked.
    """
    list(Questionnaire.objects.select_for_update().filter(code=code).order_by("pk"))


def lock_draft(questionnaire_id: int) -> Questionnaire:
    """Return a draft that nobody else changes until this transaction ends.

    Raises Questionnaire.DoesNotExist and QuestionnaireNotDraftError.
    """
    questionnaire = Questionnaire.objects.select_for_update().get(pk=questionnaire_id)
    if questionnaire.status != QuestionnaireStatus.DRAFT:
        raise QuestionnaireNotDraftError(str(questionnaire))
    forget_content(questionnaire_id=questionnaire_id)
    return questionnaire

"""Draft, publish, retire and reinstate questionnaires. What is published never changes."""

from collections.abc import Collection, Sequence

from django.db import transaction
from django.db.models import Max

from survey.questionnaires.checking import Fault, find_faults
from survey.questionnaires.models import (
    Item,
    Questionnaire,
    QuestionnaireItem,
    QuestionnaireStatus,
)
from survey.questionnaires.selectors import forget_content, get_content
from survey.questionnaires.services.drafted_scales import settle_scales
from survey.questionnaires.services.locking import lock_draft, lock_versions
from survey.questionnaires.services.wording import hand_on


class QuestionnaireNotPublishedError(Exception):
    """Only what is published can be retired."""


class QuestionnaireNotRetiredError(Exception):
    """Only what is retired can be offered again."""


class QuestionnaireUnfinishedError(Exception):
    """A questionnaire cannot be published as it is; faults says where and why."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = faults


class CodeOfOthersError(Exception):
    """Another audience is asked under this code; a questionnaire for this one needs its own."""


@transaction.atomic
def create_questionnaire(
    *,
    code: str,
    name: str,
    audience: str,
    items: Sequence[Item],
    languages: Sequence[str] = ("en",),
    required: Collection[str] = (),
) -> Questionnaire:
    """Draft the next version of a questionnaire; required names the codes of required items."""
    questionnaire = start_draft(code=code, name=name, audience=audience, languages=languages)
    QuestionnaireItem.objects.bulk_create(
        QuestionnaireItem(
            questionnaire=questionnaire,
            item=item,
            position=position,
            is_required=item.code in required,
        )
        for position, item in enumerate(items, start=1)
    )
    return questionnaire


def start_draft(*, code: str, name: str, audience: str, languages: Sequence[str]) -> Questionnaire:
    """Make an empty draft of the next version of a questionnaire.

    Raises CodeOfOthersError where the code is only another audience's.
    """
    lock_versions(code)
    audiences = Questionnaire.objects.filter(code=code).values_list("audience", flat=True)
    if audiences and audience not in audiences:
        raise CodeOfOthersError(f"{code} is the code of a questionnaire for others")
    newest = Questionnaire.objects.filter(code=code).aggregate(newest=Max("version"))["newest"]
    version = (newest or 0) + 1
    return insert_draft(
        code=code, version=version, name=name, audience=audience, languages=languages
    )


def insert_draft(
    *, code: str, version: int, name: str, audience: str, languages: Sequence[str]
) -> Questionnaire:
    """Store an empty draft; raises IntegrityError where this version is there already."""
    questionnaire = Questionnaire.objects.create(
        code=code,
        version=version,
        name=name,
        audience=audience,
        languages=list(languages),
    )
    forget_content(questionnaire_id=questionnaire.pk)
    return questionnaire


@transaction.atomic
def publish_questionnaire(*, questionnaire_id: int) -> None:
    """Make a draft final, so that it can be asked; raises when it is not one or has faults."""
    draft = lock_draft(questionnaire_id)
    faults = find_faults(get_content(questionnaire_id=questionnaire_id))
    if faults:
        raise QuestionnaireUnfinishedError(faults)
    Item.objects.filter(questionnaire_items__questionnaire=draft).update(drafted_in=None)
    hand_on(draft)
    settle_scales(draft=draft)
    Questionnaire.objects.filter(pk=questionnaire_id).update(status=QuestionnaireStatus.PUBLISHED)


@transaction.atomic
def retire_questionnaire(*, questionnaire_id: int) -> None:
    """Offer a questionnaire no more; waves that ask it go on."""
    published = Questionnaire.objects.filter(
        pk=questionnaire_id, status=QuestionnaireStatus.PUBLISHED
    )
    if not published.update(status=QuestionnaireStatus.RETIRED):
        raise QuestionnaireNotPublishedError(str(questionnaire_id))


@transaction.atomic
def reinstate_questionnaire(*, questionnaire_id: int) -> None:
    """Offer a retired questionnaire again."""
    retired = Questionnaire.objects.filter(pk=questionnaire_id, status=QuestionnaireStatus.RETIRED)
    if not retired.update(status=QuestionnaireStatus.PUBLISHED):
        raise QuestionnaireNotRetiredError(str(questionnaire_id))

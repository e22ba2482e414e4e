"""What keeps a questionnaire from being compared, in words."""

from django.utils.translation import ngettext

from survey.questionnaires.content import QuestionnaireContent
from survey.questionnaires.partial import list_partial_scales


def say_lacking(content: QuestionnaireContent) -> tuple[str, ...]:
    """Return what each scale that is not asked whole lacks."""
    return tuple(
        ngettext(
            "“%(scale)s” lacks %(n)s of its %(all)s questions",
            "“%(scale)s” lacks %(n)s of its %(all)s questions",
            scale.n_missing,
        )
        % {"scale": scale.name, "n": scale.n_missing, "all": scale.n_items}
        for scale in list_partial_scales(content=content)
    )

"""What a check of a wave among colleagues finds: its questions, its channel and its arrows."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from survey.campaigns.arrow_groups import ArrowPlan
from survey.campaigns.models import Channel, GroupKind, Wave
from survey.campaigns.selectors import content_of
from survey.questionnaires.content import QuestionnaireContent
from survey.questionnaires.models import Audience
from survey.questionnaires.piping import list_in_texts, list_placeholders

MOST_NAMED = 5


def list_question_faults(*, wave: Wave) -> list[str]:
    """Return why a questionnaire cannot be asked again for each of several teams."""
    if wave.campaign.audience != Audience.COLLEAGUE:
        return []
    content = content_of(wave=wave)
    faults = []
    if not all(item.is_closed for item in content.items):
        faults.append(
            _(
                "Colleagues are asked questions with answers to choose from, and nothing else: "
                "words about a team could tell who wrote them. Take the other questions out."
            )
        )
    if _branches(content):
        faults.append(
            _(
                "Among colleagues everybody is asked the same about every team: take out the "
                "conditions, and what is filled into questions."
            )
        )
    return faults


def list_channel_faults(*, wave: Wave) -> list[str]:
    """Return why answers cannot come in as the wave has it: somebody must be known to be served."""
    if wave.campaign.audience == Audience.COLLEAGUE and wave.channel != Channel.PERSONAL:
        return [_("Colleagues rate by personal links alone: each is asked about their own teams.")]
    return []


def list_arrow_problems(*, plan: ArrowPlan) -> list[str]:
    """Return what forbids a wave among colleagues whatever else is right."""
    if not plan.n_arrows:
        return [
            _("Nobody is known to serve a team here. Say first who serves whom, then check again.")
        ]
    if not plan.groups:
        return [
            _(
                "Every serving team would be rated by too few people: nothing could ever be shown "
                "without telling who said what."
            )
        ]
    return []


def warn_of_arrows(*, plan: ArrowPlan) -> list[str]:
    """Return what is counted together, whom nobody is asked about, and who is not asked."""
    return [*_say_pooled(plan), *_say_too_few(plan), *_say_idle(plan)]


def count_pooled(*, plan: ArrowPlan) -> int:
    """Return how many arrows are counted with others."""
    pools = (group for group in plan.groups if group.kind == GroupKind.POOL)
    return sum(len(group.arrows) for group in pools)


def _branches(content: QuestionnaireContent) -> bool:
    """Say whether what is asked depends on anybody, or repeats something of them."""
    headings = (section.texts.values() for section in content.sections)
    return (
        any(section.shown_when for section in content.sections)
        or any(item.shown_when for item in content.items)
        or any(True for item in content.items for _found in list_placeholders(item))
        or any(True for texts in headings for _found in list_in_texts(texts))
    )


def _say_pooled(plan: ArrowPlan) -> list[str]:
    n = count_pooled(plan=plan)
    if not n:
        return []
    sentence = ngettext(
        "%(n)s arrow is rated by too few people to be shown alone: it is counted with others of "
        "the same serving team.",
        "%(n)s arrows are rated by too few people to be shown alone: they are counted with others "
        "of the same serving team.",
        n,
    )
    return [sentence % {"n": n}]


def _say_too_few(plan: ArrowPlan) -> list[str]:
    if not plan.too_few or not plan.groups:
        return []
    sentence = ngettext(
        "%(names)s is not asked about: too few people here could rate it.",
        "%(names)s are not asked about: too few people here could rate each of them.",
        len(plan.too_few),
    )
    return [sentence % {"names": _name_some(plan.too_few)}]


def _say_idle(plan: ArrowPlan) -> list[str]:
    if not plan.n_idle or not plan.groups:
        return []
    sentence = ngettext(
        "%(n)s person is not asked: no team that is asked about serves theirs.",
        "%(n)s people are not asked: no team that is asked about serves theirs.",
        plan.n_idle,
    )
    return [sentence % {"n": plan.n_idle}]


def _name_some(names: Sequence[str]) -> str:
    said = ", ".join(names[:MOST_NAMED])
    left = len(names) - MOST_NAMED
    return _("%(names)s and %(n)s more") % {"names": said, "n": left} if left > 0 else said

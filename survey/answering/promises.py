"""What respondents are told about their answers, made from what the wave really does."""

from collections import defaultdict
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from survey.aggregation.comments import FEWEST_COMMENTS, FEWEST_RESPONDENTS
from survey.answering.keeping import say_how_long, say_readers
from survey.answering.notices import say_moment
from survey.answering.phrases import in_words, say_numbers
from survey.answering.ratings import (
    code_behind,
    rates_teams,
    say_counted_in,
    say_kept_beside_ratings,
    say_waiting_ratings,
)
from survey.campaigns.collectors import OpenLink
from survey.campaigns.contact_cuts import say_cut
from survey.campaigns.cuts import read_cuts
from survey.campaigns.models import Fact, GroupKind
from survey.campaigns.naming import say_group
from survey.campaigns.occasions import list_facts
from survey.campaigns.selectors import Link
from survey.core.bidi import isolate
from survey.questionnaires.answers import list_words
from survey.questionnaires.content import QuestionnaireContent
from survey.questionnaires.families import from_json
from survey.questionnaires.models import Audience

Asked = Link | OpenLink

GAP = "\n"  # where an address stands in a sentence, so that it can be a link
COMMENTS_FROM_ANSWERS = FEWEST_RESPONDENTS
COMMENTS_FROM = FEWEST_COMMENTS


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happens to the answers, and when."""

    when: str
    what: str
    is_done: bool = False
    address: str = ""  # behind these words, before the rest
    rest: str = ""


def promise_words(threshold: int) -> tuple[str, ...]:
    """Return the promise, for a smallest number of people that figures may be about."""
    return (
        _("Nobody who reads results here can see or work out your answers."),
        _(
            "Once this survey has closed and been sealed, not even whoever runs this server can "
            "find out which answers were yours: not from the database, its logs or its backups. "
            "Until then, somebody in full control of the running server could."
        ),
        _(
            "In any one survey, no figure about fewer than %(fewest)s people can be worked out "
            "from everything we ever show."
        )
        % {"fewest": in_words(threshold)},
    )


def who_sees(
    link: Asked, content: QuestionnaireContent, *, group: str = "", has_way_back: bool = True
) -> tuple[str, ...]:
    """Return who sees the answers given through a link, sentence by sentence.

    The group is called by its own name, or as the caller says. On devices that are nobody's own
    there is no way back to one's words.
    """
    group = isolate(group or say_group(name=link.group.name, kind=link.group.kind))
    lines = [*promise_words(link.wave.threshold)]
    lines += _figures(link, content)
    lines += _counted_in(link, group)
    lines += _told_by(link)
    lines += _named(link, content)
    if list_words(content):
        lines.append(
            _(
                "Your own words are kept apart from your other answers. They are shown only where "
                "at least %(answers)s people answered and %(comments)s wrote something."
            )
            % {"answers": COMMENTS_FROM_ANSWERS, "comments": COMMENTS_FROM}
        )
    if list_words(content) and has_way_back:
        lines += _way_back()
    lines += [
        say_readers(link),
        _kept_beside(link),
        _(
            "Once you have sent your answers we cannot find them again, so nobody can change or "
            "delete them, not even for you."
        ),
        _dates(link),
        _whether(link),
        *say_how_long(link),
    ]
    return tuple(lines)


def _way_back() -> list[str]:
    """Say what becomes of the link by which writers find their words again."""
    return [
        _(
            "Whoever may read your words can write back. If you wrote something you get a link, "
            "once, when you have sent it: through it you read what they write, and can answer "
            "without a name."
        ),
        _(
            "Beside your words we keep a fingerprint of that link, which leads neither to you nor "
            "to your other answers. The link itself we keep nowhere, so a lost one cannot be "
            "recovered, not even by us."
        ),
    ]


def next_steps(link: Asked) -> tuple[Step, ...]:
    """Return what happens to answers that have just been sent."""
    wave, fewest = link.wave, in_words(link.wave.threshold)
    closes = f"{say_moment(wave.closes_at)}."
    today = Step(_("Now."), _waiting(link), is_done=True)
    if _is_for_customers(link):
        enough = _("Once at least %(fewest)s customers of the same team have answered.")
        return (
            today,
            Step(enough % {"fewest": fewest}, _("The boxes are opened together and shuffled.")),
            Step(_("When the month is over."), _("Figures are made of them, once.")),
            Step(
                closes,
                _(
                    "The survey closes and its keys are destroyed. From then on nobody can tell "
                    "which answers were yours."
                ),
            ),
            _writing_back(link),
        )
    figures = _("Figures are worked out, once, about %(fewest)s people or more.")
    return (
        today,
        Step(
            closes,
            _(
                "The survey closes. All boxes are opened together and shuffled, and the key is "
                "destroyed. From then on nobody can tell which answers were yours."
            ),
        ),
        Step(_("After that."), figures % {"fewest": fewest}),
        *([] if isinstance(link, OpenLink) or rates_teams(link) else [_writing_back(link)]),
    )


def _writing_back(link: Asked) -> Step:
    """Say where what came of it is read: staff by letter only, whose link nobody else has."""
    when = _("Within two weeks of figures.")
    if not _is_for_customers(link):
        words = _(
            "Somebody writes to everybody who was asked: what was heard, what we will do and what "
            "we won’t."
        )
        return Step(when, words)
    words = _(
        "Somebody writes what was heard, what we will do and what we won’t, on a page for "
        "everybody: %(address)s. If it is late, the page says so."
    )
    what, _gap, rest = (words % {"address": GAP}).partition(GAP)
    address = f"{settings.BASE_URL}{reverse('answering:heard')}"
    return Step(when, what, address=address, rest=rest)


def _waiting(link: Asked) -> str:
    if isinstance(link, OpenLink):
        return _("Your answers wait in a sealed box.")
    if rates_teams(link):
        return say_waiting_ratings()
    return _("Your link is used up. Your answers wait in a sealed box.")


def _figures(link: Asked, content: QuestionnaireContent) -> list[str]:
    """Say which questions are shown one by one and which only together."""
    asked_items = (item for item in content.items if item.has_answer)
    numbers = defaultdict(list)
    for number, item in enumerate(asked_items, start=1):
        numbers[code_behind(link, item.code)].append(number)
    alone: list[int] = []
    lines = []
    for family in from_json(link.wave.families):
        asked = sorted(number for code in family.items for number in numbers.get(code, ()))
        if family.shows_items:
            alone += asked
        elif asked:
            words = ngettext(
                "Question %(numbers)s is never shown one by one, only together.",
                "Questions %(numbers)s are never shown one by one, only together.",
                len(asked),
            )
            lines.append(words % {"numbers": say_numbers(asked)})
    if alone:
        words = ngettext(
            "Question %(numbers)s is shown one by one, as the group’s figure.",
            "Questions %(numbers)s are shown one by one, as the group’s figure.",
            len(alone),
        )
        lines.insert(0, words % {"numbers": say_numbers(sorted(alone))})
    return lines


def _counted_in(link: Asked, group: str) -> list[str]:
    if _is_for_customers(link):
        words = _("Your answers count for the team that served you: %(group)s.")
        return [words % {"group": group}]
    if rates_teams(link):
        return say_counted_in(link)
    if link.group.kind == GroupKind.POOL:
        first = _(
            "Your team is small here, so your answers are counted together with other small "
            "teams, as “%(group)s”."
        )
    else:
        first = _("Your answers are counted in “%(group)s” and in what it belongs to.")
    fewest = {"fewest": in_words(link.wave.threshold)}
    second = _("Where fewer than %(fewest)s answer, their answers move one level up.")
    return [first % {"group": group}, second % fewest]


def _told_by(link: Asked) -> list[str]:
    """Say which facts of the staff list or the contact figures of everybody are told by, if any."""
    cuts = read_cuts(wave=link.wave)
    if not cuts:
        return []
    names = {"names": ", ".join(say_cut(code=cut.code, name=cut.name) for cut in cuts)}
    fewest = _("Fewer than %(fewest)s people are never shown, nor can they be worked out.")
    told = _told_by_contact() if _is_for_customers(link) else _told_by_staff_list(len(cuts))
    return [told % names, fewest % {"fewest": in_words(link.wave.threshold)}]


def _told_by_contact() -> str:
    return _(
        "The figures of all customers together are also told by this: %(names)s. What was noted of "
        "it travels with your answers in a sealed envelope of its own, without the team. It is "
        "counted once, when the month is over, and thrown away."
    )


def _told_by_staff_list(n_facts: int) -> str:
    return ngettext(
        "The figures of everybody together are also told by %(names)s. What the staff list says "
        "of it travels with your answers in a sealed envelope of its own, without your team. It "
        "is counted once and thrown away.",
        "The figures of everybody together are also told by %(names)s. What the staff list says "
        "of them travels with your answers in a sealed envelope of its own, without your team. It "
        "is counted once and thrown away.",
        n_facts,
    )


def _named(link: Asked, content: QuestionnaireContent) -> list[str]:
    """Say what becomes of the name of whoever served, where the page may tell it."""
    is_told = _is_for_customers(link) and Fact.SERVED_BY in link.campaign.told_facts
    if not is_told or Fact.SERVED_BY.value not in list_facts(content):
        return []
    words = _(
        "Where this page names who served you, only you read the name. It is not kept beside your "
        "answers, and nothing is measured by employee."
    )
    return [words]


def _kept_beside(link: Asked) -> str:
    if _is_for_customers(link):
        return _(
            "Beside your answers we keep this survey, the team, the set of customers opened "
            "together with you and its day. No name, no address, no device, not when you answered."
        )
    if rates_teams(link):
        return say_kept_beside_ratings()
    return _(
        "Beside your answers we keep this survey and your group. No name, no address, no device, "
        "not when you answered."
    )


def _dates(link: Asked) -> str:
    if _is_for_customers(link):
        words = _(
            "Answers are opened when at least %(fewest)s customers of the team have answered; "
            "figures are made when the month is over, once."
        )
        return words % {"fewest": in_words(link.wave.threshold)}
    words = _(
        "You can answer until %(moment)s. Nobody sees any figure before then; afterwards they are "
        "made once and never changed."
    )
    return words % {"moment": say_moment(link.wave.closes_at)}


def _whether(link: Asked) -> str:
    if isinstance(link, OpenLink):
        return _(
            "Nobody was asked by name here: we do not know who opens this page, and nothing "
            "tells who has answered. If nearly everybody in your group answers alike, the group’s "
            "figure says so."
        )
    return _(
        "Whether you answered is less secret than what you answered: the mail system sees who "
        "gets a letter. If nearly everybody in your group answers alike, the group’s figure says "
        "so."
    )


def _is_for_customers(link: Asked) -> bool:
    return link.campaign.audience == Audience.CUSTOMER

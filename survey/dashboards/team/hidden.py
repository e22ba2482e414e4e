"""What a team page does not show, why, and when it may: never how many there were."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from survey.aggregation.following import Stay
from survey.campaigns.models import GroupKind
from survey.dashboards.moments import Moment
from survey.dashboards.team.choosing import Choice
from survey.dashboards.team.side import Side

Opens = Callable[[Iterable[int]], bool]


@dataclass(frozen=True, slots=True)
class Hidden:
    """Something that is not shown, with the reason, and the groups that may show it instead."""

    name: str
    why: str
    groups: tuple[Stay, ...] = ()


def list_hidden(
    choice: Choice, sides: Sequence[Side], moments: Sequence[Moment], *, opens: Opens
) -> tuple[Hidden, ...]:
    """Say what is missing in the period read and in the one before, side by side with moments."""
    return tuple(
        hidden
        for side, moment in zip(sides, moments, strict=True)
        for hidden in _list_hidden(choice, side, _say_too_few(moment), opens)
    )


def _list_hidden(choice: Choice, side: Side, too_few: str, opens: Opens) -> list[Hidden]:
    who = side.title
    if not side.releases:
        return [_explain_missing(side, who, choice.period, opens)]
    if not side.now:
        return [Hidden(who, too_few)]
    wholes = [line for line in side.lines if not line.measure.whole]
    hidden = [line.measure.name for line in wholes if line.now is None]
    found = [Hidden(", ".join(hidden), too_few)] if hidden else []
    if not choice.before:
        return found
    lacking = [line for line in wholes if line.now and line.before is None]
    found += _explain_before(side, [line.measure.code for line in lacking], choice.period_before)
    return found


def _say_too_few(moment: Moment) -> str:
    if moment.next_date is None:
        return _(
            "too few people answered here to show it, or it would give away what a few said. It "
            "may appear with the next figures: no next wave is planned yet."
        )
    told = (
        _(
            "too few people answered here to show it, or it would give away what a few said. It "
            "may appear with the next figures: after the wave that closes on %(day)s."
        )
        if moment.is_at_close
        else _(
            "too few people answered here to show it, or it would give away what a few said. It "
            "may appear with the next figures: on %(day)s."
        )
    )
    return told % {"day": date_format(moment.next_date, _("j F Y"))}


def _explain_missing(side: Side, who: str, period: str, opens: Opens) -> Hidden:
    open_to_reader = tuple(one for one in side.neighbours if opens(one.unit.team_ids))
    if any(one.unit.kind == GroupKind.POOL for one in side.neighbours):
        why = _(
            "in %(period)s they were few, and counted together with other small teams, so that "
            "nobody can be picked out."
        )
    elif side.neighbours:
        why = _("in %(period)s they were asked about each team by itself.")
    elif side.is_staff:
        why = _("there are no figures from staff about this team in %(period)s.")
    else:
        why = _("there are no figures from customers about this team in %(period)s.")
    return Hidden(who, why % {"period": period}, open_to_reader)


def _explain_before(side: Side, codes: Sequence[str], before: str) -> list[Hidden]:
    asked = [code for code in codes if code in side.asked_before]
    found = []
    for several, why in (
        (asked, _("too few answered here then to show it.")),
        ([code for code in codes if code not in asked], _("not asked then.")),
    ):
        if several:
            names = ", ".join(side.measures[code].name for code in several)
            found.append(
                Hidden(_("%(names)s, %(period)s") % {"names": names, "period": before}, why)
            )
    return found

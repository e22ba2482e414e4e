"""Slips with single-use codes for those no letter reaches; the links are made here, kept nowhere.

A slip names nobody, and nothing says which went to whom. Spent codes are printed again like all
others, so that a second sheet does not tell who has answered.
"""

import logging
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import segno
from django.db.models import Count, QuerySet
from django.template.loader import render_to_string

from survey.campaigns.facts import say_minutes
from survey.campaigns.keys import KeysMissingError, read_link_key
from survey.campaigns.links import answer_token, slip_url
from survey.campaigns.models import CodeSheet, Invitation, Wave
from survey.campaigns.rosters import asks_colleagues, read_homes
from survey.campaigns.selectors import ClosedLinkError, check_open, last_day
from survey.core.timestamps import local_date
from survey.letters.composing import Attachment, ComposedLetter, Postponed
from survey.letters.models import Delivery, DeliveryKind
from survey.organization.models import Team
from survey.questionnaires.models import Audience

SHORT_WAIT = timedelta(seconds=30)  # until customers' codes have been admitted
system_random = random.SystemRandom()
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Slip:
    """One code: its address, and the picture that opens it."""

    url: str
    picture: str


@dataclass(frozen=True, slots=True)
class SlipGroup:
    """The slips of one group, in random order."""

    name: str
    slips: tuple[Slip, ...]


def people_without_address(*, wave: Wave) -> QuerySet[Invitation]:
    """Return the invitations of people who have no e-mail address."""
    return Invitation.objects.filter(wave=wave, person__email="", is_admitted=True)


def count_slips(*, wave: Wave) -> list[tuple[int, str, int]]:
    """Return the id and name of each group with people who need a code, and how many they are."""
    rows = people_without_address(wave=wave).order_by("group__name", "group")
    counted = rows.values_list("group", "group__name").annotate(n=Count("pk"))
    return [(group_id, name, n) for group_id, name, n in counted]


def compose_sheets(
    *, deliveries: Sequence[Delivery], now: datetime
) -> dict[int, ComposedLetter | Postponed | None]:
    """Write the letters that carry a sheet, by delivery; None where their wave takes no answers."""
    ids = [row.pk for row in deliveries if row.kind == DeliveryKind.CODES]
    sheets = CodeSheet.objects.filter(delivery__in=ids) if ids else CodeSheet.objects.none()
    wanted = sheets.select_related("wave__campaign__scope", "wave__questionnaire")
    return {sheet.delivery_id: _compose(sheet, now) for sheet in wanted if sheet.delivery_id}


def render_sheet(*, wave: Wave, invitations: Iterable[Invitation]) -> str:
    """Return a page to print: one slip for each invitation, by group and shuffled within it."""
    link_key = read_link_key(wave=wave)
    by_group: dict[str, list[Slip]] = defaultdict(list)
    teams = _home_names(wave)
    for invitation in invitations:
        token = answer_token(link_key=link_key, invitation_key=invitation.key)
        name = teams.get(invitation.person_id or 0, invitation.group.name)
        by_group[name].append(_slip(slip_url(token=token)))
    for slips in by_group.values():
        system_random.shuffle(slips)
    groups = [SlipGroup(name, tuple(slips)) for name, slips in sorted(by_group.items())]
    return render_to_string("letters/code_sheet.html", _facts(wave) | {"groups": groups})


def _home_names(wave: Wave) -> dict[int, str]:
    """Return the team of each person where slips go by team: among colleagues.

    All of one team could rate the same teams, so any of them may take any of its slips.
    """
    if not asks_colleagues(wave=wave) or wave.launched_at is None:
        return {}
    homes = read_homes(wave=wave, today=local_date(wave.launched_at))
    names = dict(Team.objects.filter(pk__in=set(homes.values())).values_list("pk", "name"))
    return {person: names[team] for person, team in homes.items()}


def _compose(sheet: CodeSheet, now: datetime) -> ComposedLetter | Postponed | None:
    if sheet.wave.withdrawn_at is not None or _is_over(sheet.wave, now):
        return None
    invitations = list(_invitations_of(sheet).select_related("group"))
    if not all(row.is_admitted for row in invitations):
        return Postponed(now + SHORT_WAIT)
    try:
        page = render_sheet(wave=sheet.wave, invitations=invitations)
    except KeysMissingError:
        logger.exception("Wave %s: its codes wait until its keys are back", sheet.wave_id)
        return Postponed(now + SHORT_WAIT)
    facts = _facts(sheet.wave) | {"n": len(invitations)}
    return ComposedLetter(
        subject=f"Codes to print: {sheet.wave.campaign.name}",
        text=render_to_string("letters/code_letter.txt", facts),
        html=render_to_string("letters/code_letter.html", facts),
        stop_url="",
        attachments=(Attachment("codes.html", page, "text/html"),),
    )


def _invitations_of(sheet: CodeSheet) -> QuerySet[Invitation]:
    """Return the invitations of a sheet: customers' made for it, else all people of its groups."""
    if sheet.wave.campaign.audience == Audience.CUSTOMER:
        return Invitation.objects.filter(sheet=sheet)
    return people_without_address(wave=sheet.wave).filter(group__in=sheet.group_ids)


def _is_over(wave: Wave, now: datetime) -> bool:
    try:
        check_open(wave=wave, now=max(now, wave.opens_at))
    except ClosedLinkError:
        return True
    return False


def _slip(url: str) -> Slip:
    picture = segno.make(url, error="m", micro=False).svg_inline(scale=3, border=2)
    return Slip(url, picture)


def _facts(wave: Wave) -> dict[str, object]:
    is_customers = wave.campaign.audience == Audience.CUSTOMER
    until: date | None = None if is_customers else last_day(wave=wave, now=wave.closes_at)
    return {
        "campaign": wave.campaign.name,
        "is_customers": is_customers,
        "minutes": say_minutes(wave=wave),
        "threshold": wave.threshold,
        "until": until,
    }

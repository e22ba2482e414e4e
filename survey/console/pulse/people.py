"""Whom a draft would ask, counted while HR chooses."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models.fields.json import KeyTextTransform

from survey.campaigns.contact_cuts import CONTACT_CHANNEL
from survey.campaigns.cuts import order_levels
from survey.campaigns.models import Wave
from survey.campaigns.preflight import Preflight, check_wave
from survey.campaigns.rosters import asks_colleagues, asks_customers, asks_people, plan_wave
from survey.campaigns.services.redrafting import has_run
from survey.campaigns.zones import zones_of
from survey.console.pulse.forms import PeopleForm, filter_initial
from survey.console.pulse.steps import find_wave
from survey.core.timestamps import local_date
from survey.organization.models import Attribute, Person, Team
from survey.organization.selectors import TeamRow, list_team_tree

MOST_VALUES = 30  # an attribute with more is no group to choose
MOST_TEAMS = 400  # boxes to tick; a larger organisation chooses a part first


def people_form(*, wave: Wave, now: datetime, data: Any = None) -> PeopleForm:
    """Return the form of a draft's people; which teams may be ticked follows the chosen part."""
    teams = list_team_tree(today=local_date(now))
    chosen = data.get("scope", "") if data is not None else str(wave.campaign.scope_id)
    return PeopleForm(
        data,
        initial={
            "scope": wave.campaign.scope_id,
            "cut_codes": wave.campaign.cut_codes,
            "arrows_per_person": wave.campaign.arrows_per_person,
            "channels": "\n".join(wave.campaign.cut_levels.get(CONTACT_CHANNEL, ())),
            **filter_initial(wave.campaign.audience_filter),
        },
        teams=teams,
        below=_teams_below(teams, chosen),
        attributes=list_attributes() if asks_people(wave=wave) else {},
        is_customers=asks_customers(wave=wave),
        tells_cuts=not asks_colleagues(wave=wave),
        limits_arrows=asks_colleagues(wave=wave) and not has_run(campaign=wave.campaign),
    )


def preview_people(
    *,
    wave_id: int,
    scope_id: int,
    audience_filter: Mapping[str, Any],
    cut_codes: Sequence[str] = (),
    cut_levels: Mapping[str, Sequence[str]] | None = None,
    arrows_per_person: int | None = None,
    now: datetime,
) -> Preflight:
    """Return what a draft would do if it asked these people and told them apart by these cuts.

    Nothing is stored.
    """
    wave = find_wave(wave_id)
    wave.campaign.scope = Team.objects.get(pk=scope_id)
    wave.campaign.cut_codes = list(cut_codes)
    wave.campaign.cut_levels = dict(cut_levels or {})
    wave.campaign.audience_filter = wave.audience_filter = dict(audience_filter)
    wave.campaign.arrows_per_person = arrows_per_person or wave.campaign.arrows_per_person
    return check_wave(wave=wave, now=now)


def zones_asked(*, wave: Wave, today: date) -> set[str]:
    """Return the time zones of those whom a draft would ask; none for customers."""
    if not asks_people(wave=wave):
        return set()
    return zones_of(people=plan_wave(wave=wave, today=today).people)


def list_attributes() -> dict[str, tuple[str, list[str]]]:
    """Return what is declared of people by its code: its name, and the values that occur."""
    found = {}
    for attribute in Attribute.objects.order_by("name", "pk"):
        values = _values(attribute.code)
        if values:
            found[attribute.code] = (attribute.name, values)
    return found


def _values(code: str) -> list[str]:
    value = KeyTextTransform(code, "attributes")
    rows = Person.objects.order_by().annotate(value=value).values_list("value", flat=True)
    return order_levels(row for row in rows.distinct()[: MOST_VALUES + 1] if row)


def _teams_below(teams: list[TeamRow], chosen: str) -> list[TeamRow]:
    """Return the teams below the chosen one, where they are few enough to tick."""
    top = next((row for row in teams if str(row.pk) == chosen), None)
    if top is None:
        return []
    depth = len(top.path)
    below = [row for row in teams if row.path[:depth] == top.path and row.pk != top.pk]
    return below if len(below) <= MOST_TEAMS else []

"""Read stored studies."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from survey.aggregation.periods import closing_moment
from survey.campaigns.models import Campaign, Pairing, Wave
from survey.core.periods import period_name
from survey.core.timestamps import local_date
from survey.linkage.alignment import Aligned, align, find_aligned, list_sides
from survey.linkage.models import Result, Study
from survey.linkage.units import read_units
from survey.organization.models import Team

SCHEMA = 1


def shown_studies() -> QuerySet[Study]:
    """Return the studies that compare at least one pair of scales.

    A study has none where one side shows no team's figures, because too few answered.
    """
    results = Result.objects.filter(study=OuterRef("pk"))
    return Study.objects.filter(Exists(results)).select_related(
        "pairing__ex", "pairing__cx", "scope"
    )


def latest_study(
    *, pairing: Pairing, scope: Team | None = None, period_start: date | None = None
) -> Study | None:
    """Return the last study of a pairing (or that of a period) over a scope, or over all of it."""
    studies = Study.objects.filter(pairing=pairing, scope=scope or pairing.ex.scope_id)
    if period_start is not None:
        studies = studies.filter(period_start=period_start)
    return studies.select_related("scope", "pairing").order_by("-period_start").first()


def linkage_document(
    *, pairing: Pairing, scope: Team | None = None, period_start: date | None = None
) -> dict[str, Any]:
    """Return a study as plain data: numbers or None, never NaN; a reason where there is none."""
    study = latest_study(pairing=pairing, scope=scope, period_start=period_start)
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "pairing": pairing.code,
        "scope": (scope or pairing.ex.scope).code,
        "period": None,
        "release_checksum": None,
        "seed": None,
        "family_size": 0,
        "families": {},
        "n_waves": 0,
        "self_check": {},
        "coverage": {},
        "importance": [],
        "pairs": [],
        "reason": "",
    }
    if study is None:
        return document | {"reason": _explain_no_study(pairing, scope, period_start)}
    pairs = [_read_pair(result) for result in study.results.order_by("pk")]
    return document | {
        "period": study.period_start.isoformat(),
        "release_checksum": study.release_checksum,
        "seed": study.seed,
        "family_size": study.family_size,
        "families": study.families,
        "n_waves": study.n_waves,
        "self_check": study.self_check,
        "coverage": study.coverage,
        "importance": study.importance,
        "pairs": pairs,
        "reason": "" if pairs else _explain_empty(study),
    }


def _explain_no_study(pairing: Pairing, scope: Team | None, period_start: date | None) -> str:
    """Say which study there is instead of the one asked for, or why there is none at all."""
    latest = latest_study(pairing=pairing, scope=scope)
    if latest is not None and period_start is not None:
        asked, found = (
            period_name(day, pairing.period) for day in (period_start, latest.period_start)
        )
        return _("There is no study of %(asked)s; the latest is of %(found)s.") % {
            "asked": asked,
            "found": found,
        }
    if scope is not None and latest_study(pairing=pairing) is not None:
        return _("%(part)s has no teams below it that are compared.") % {"part": scope}
    return explain_missing(pairing=pairing)


def _explain_empty(study: Study) -> str:
    """Say why a study compares nothing: a side showed no team, or showed none any more."""
    aligned = find_aligned(study.pairing, study.period_start)
    if aligned is None:
        return explain_missing(pairing=study.pairing)
    return _explain_period(aligned, study.pairing)


def explain_missing(*, pairing: Pairing) -> str:
    """Say why there is nothing to compare yet, and when there will be."""
    ex, cx = list_sides(pairing)
    if ex.keys() & cx.keys():
        return _explain_period(align(pairing)[-1], pairing)
    if ex and cx:
        told = _("Employees' figures are of %(ex)s, customers' of %(cx)s.")
        return told % {"ex": _name_periods(ex, pairing), "cx": _name_periods(cx, pairing)}
    sides = ((pairing.ex, ex), (pairing.cx, cx))
    return " ".join(_explain_side(campaign) for campaign, side in sides if not side)


def _name_periods(days: Iterable[date], pairing: Pairing) -> str:
    return ", ".join(period_name(day, pairing.period) for day in sorted(days))


def _explain_period(aligned: Aligned, pairing: Pairing) -> str:
    """Name the sides of a period that show no team; where both show some, a study follows."""
    (units,) = read_units([aligned])
    period = period_name(aligned.period_start, pairing.period)
    sides = ((pairing.ex, units.ex), (pairing.cx, units.customers))
    empty = [campaign for campaign, figures in sides if figures.empty]
    if not empty:
        return _("The figures of %(period)s are being compared.") % {"period": period}
    told = _("%(campaign)s shows no team's figures of %(period)s: too few answered. %(next)s")
    return " ".join(
        told % {"campaign": campaign, "period": period, "next": _tell_next(campaign)}
        for campaign in empty
    )


def _tell_next(campaign: Campaign) -> str:
    waves = Wave.objects.launched().filter(campaign=campaign, sealed_at=None)
    wave = waves.order_by("closes_at").first()
    if wave is None:
        return _("There is nothing to compare before its next wave.")
    return _("%(wave)s takes answers until %(day)s.") % {"wave": wave, "day": _day(wave)}


def _explain_side(campaign: Campaign) -> str:
    waves = Wave.objects.launched().filter(campaign=campaign)
    wave = waves.order_by("-closes_at").first()
    if wave is None:
        return _("No wave of %(campaign)s has been launched.") % {"campaign": campaign}
    if wave.sealed_at is not None:
        return _("The figures of %(wave)s are being made.") % {"wave": wave}
    told = _("%(wave)s has no figures yet; it takes answers until %(day)s.")
    return told % {"wave": wave, "day": _day(wave)}


def _day(wave: Wave) -> str:
    return date_format(local_date(closing_moment(wave)), _("j F Y"))


def _read_pair(result: Result) -> dict[str, Any]:
    return {
        "ex_scale": result.ex_scale,
        "cx_scale": result.cx_scale,
        "n_teams": result.n_teams,
        **result.numbers,
        "verdict": result.verdict,
        "reason": result.reason,
    }

"""Stored comparisons for the tests of the dashboards, each with a number nobody else has."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from math import atanh, sqrt, tanh
from typing import Any

from survey.campaigns.models import Campaign, GroupKind, Pairing
from survey.linkage.models import Result, Study
from survey.linkage.printed import Margin, PrintedUnit
from survey.organization.models import Team
from survey.questionnaires.models import Audience, Construct, Questionnaire, Scale
from survey.statistics.correlation import minimum_detectable
from survey.statistics.verdict import linkage_verdict

SUMMER = date(2026, 7, 1)
SPRING = date(2026, 4, 1)
NAMES = {"fairness": "Fairness at work", "passion": "Passion", "treatment": "Kind treatment"}


def make_pairing(scope: Team) -> Pairing:
    """Make a staff and a customer campaign about a scope, joined, with three scales."""
    sides = {}
    for audience in (Audience.EMPLOYEE, Audience.CUSTOMER):
        questionnaire = Questionnaire.objects.create(
            code=audience.lower(), version=1, name=audience.label, audience=audience
        )
        sides[audience] = Campaign.objects.create(
            code=audience.lower(),
            name=f"Campaign for {audience.lower()}s",
            audience=audience,
            scope=scope,
            questionnaire=questionnaire,
        )
    construct = Construct.objects.create(code="anything", name="Anything")
    for code, name in NAMES.items():
        Scale.objects.create(
            construct=construct, code=code, name=name, phrase=name.lower(), minimum=1, maximum=5
        )
    return Pairing.objects.create(
        code="both", name="Both sides", ex=sides[Audience.EMPLOYEE], cx=sides[Audience.CUSTOMER]
    )


def make_study(
    pairing: Pairing,
    scope: Team,
    r: float | None,
    *,
    n_teams: int = 40,
    period_start: date = SUMMER,
    scales: Sequence[tuple[str, str]] = (("fairness", "treatment"),),
) -> Study:
    """Store a study whose pairs all have the same r."""
    study = Study.objects.create(
        pairing=pairing,
        scope=scope,
        period_start=period_start,
        computed_at=datetime(2026, 10, 1, tzinfo=UTC),
        release_checksum="0" * 64,
        family_size=len(scales),
    )
    for ex_scale, cx_scale in scales:
        numbers = make_numbers(r, n_teams=n_teams)
        verdict = make_verdict(numbers, n_teams, NAMES[ex_scale].lower(), NAMES[cx_scale].lower())
        Result.objects.create(
            study=study, ex_scale=ex_scale, cx_scale=cx_scale, n_teams=n_teams,
            numbers=numbers, verdict=verdict,
        )  # fmt: skip
    return study


def make_numbers(r: float | None, *, n_teams: int) -> dict[str, Any]:
    """Return the numbers of a result as they are stored, with Fisher's interval."""
    low = high = None
    if r is not None:
        half = 1.959964 / sqrt(n_teams - 3)
        low, high = tanh(atanh(r) - half), tanh(atanh(r) + half)
    return {
        "n_ex": 1234, "n_cx": 5678, "r": r, "low": low, "high": high, "q_value": 0.01,
        "spearman": r, "reliability_ex": 0.74, "reliability_cx": 0.71, "ceiling": 0.7248,
        "minimum_detectable": minimum_detectable(n_teams), "loo_low": low, "loo_high": high,
        "spearman_low": low, "spearman_high": high, "kendall": r, "p_value": 0.001,
        "disattenuated": None, "disattenuated_low": None, "disattenuated_high": None,
        "bootstrap_low": low, "bootstrap_high": high, "influence": None, "partial": [],
        **make_times(),
    }  # fmt: skip


def make_times() -> dict[str, Any]:
    """Return what is stored of a pair over eight quarters: a hint that staff came first."""
    known = {"low": 0.05, "high": 0.29, "p_value": 0.004, "q_value": 0.04}
    unknown = {"low": -0.12, "high": 0.11, "p_value": 0.9, "q_value": 0.95}
    return {
        "pooled": {"r": 0.31, "low": 0.02, "high": 0.5, "n_teams": 40, "n_waves": 8, "reason": ""},
        "within": {
            "r": 0.09, "low": -0.01, "high": 0.19, "q_value": 0.29, "n_teams": 40, "n_waves": 8,
            "df": 300, "reason": "",
        },
        "waba": {"r_total": 0.18, "r_between": 0.3, "r_within": 0.06, "reason": ""},
        "lags": {
            "points": [
                {"lag": lag, "r": 0.11 - lag / 20, "low": -0.03, "high": 0.26, "n_teams": 39}
                for lag in range(4)
            ],
            "reason": "",
        },
        "direction": {
            "code": "EX_FIRST", "chip": "hint", "sentence": "An early hint: staff came before.",
            "caveats": ["8 waves are few."],
            "ex_before_cx": {"estimate": 0.17} | known,
            "cx_before_ex": {"estimate": -0.01} | unknown,
            "asymmetry": {"estimate": 0.18, "low": 0.06, "high": 0.3, "p_value": 0.01},
            "n_teams": 39, "n_waves": 8, "n_left_out": 1, "is_early": True, "reason": "",
        },
    }  # fmt: skip


def make_verdict(
    numbers: Mapping[str, Any], n_teams: int, ex_label: str, cx_label: str
) -> dict[str, Any]:
    """Judge numbers by the product's own table, as the linkage stores it."""
    verdict = linkage_verdict(
        n_teams=n_teams,
        r=numbers["r"],
        low=numbers["low"],
        high=numbers["high"],
        q_value=numbers["q_value"],
        reliability_x=numbers["reliability_ex"],
        reliability_y=numbers["reliability_cx"],
        gate_x="GREEN",
        gate_y="GREEN",
        loo_low=numbers["loo_low"],
        loo_high=numbers["loo_high"],
        spearman=numbers["spearman"],
        ex_label=ex_label,
        cx_label=cx_label,
        n_left_out=2,
    )
    return asdict(verdict) | {"caveats": list(verdict.caveats)}


def make_units(teams: Sequence[Team]) -> list[PrintedUnit]:
    """Return paired figures of some teams, as survey.linkage.printed gives them."""
    return [
        PrintedUnit(
            team.code, team.name, GroupKind.TEAM, (team.pk,),
            Margin(50.1 + place % 31, 46.2 + place % 31, 54.3 + place % 31, 11 + place),
            Margin(60.4 + place % 17, 55.8 + place % 17, 65.7 + place % 17, 31 + place),
        )
        for place, team in enumerate(teams)
    ]  # fmt: skip


def without_margins(units: Sequence[PrintedUnit]) -> list[PrintedUnit]:
    """Return units whose margins nobody knows, as from published counts."""
    return [
        replace(
            one, ex=replace(one.ex, low=None, high=None), cx=replace(one.cx, low=None, high=None)
        )
        for one in units
    ]

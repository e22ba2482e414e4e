"""The page "Inside & outside", gathered in one call so that the template fires no query."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from survey.campaigns.models import Pairing
from survey.core.periods import period_name
from survey.dashboards.access import Reader
from survey.dashboards.filters import Filter
from survey.dashboards.linkage.choices import Chosen, choose_result, choose_study
from survey.dashboards.linkage.findings import Finding, read_finding
from survey.dashboards.linkage.frame import Figure
from survey.dashboards.linkage.scatter import Mark, Trend, draw_scatter, list_marks
from survey.dashboards.linkage.themes import Themes, build_themes
from survey.dashboards.linkage.units import Unit, read_units
from survey.dashboards.linkage.visits import Visit, list_visits
from survey.dashboards.trees import TeamTree, read_tree
from survey.linkage.models import Result, Study
from survey.linkage.selectors import explain_missing, paired_units, shown_studies
from survey.questionnaires.models import Scale


@dataclass(frozen=True, slots=True)
class EmptyPage:
    """Nothing to show; says whether anything is compared, for others too, and what is missing."""

    has_pairing: bool
    has_studies: bool
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LinkagePage:
    """Everything that the page says about one pair of scales in one part and period."""

    title: str
    period: str
    ex_name: str
    cx_name: str
    scope: str
    filters: tuple[Filter, ...]
    finding: Finding
    previous: Finding | None
    previous_period: str
    units: tuple[Unit, ...]
    marks: tuple[Mark, ...]
    figure: Figure | None
    visits: tuple[Visit, ...]
    themes: Themes
    coverage: Mapping[str, int]
    csv_address: str

    @property
    def has_margins(self) -> bool:
        """Say whether any team's margin is known; published counts have none."""
        return any(unit.inside.is_known or unit.outside.is_known for unit in self.units)


def build_linkage_page(*, reader: Reader, wanted: Mapping[str, str]) -> LinkagePage | EmptyPage:
    """Gather the page that a reader asked for, within what they may read."""
    studies = list(reader.studies)
    if not studies:
        return _build_empty_page()
    tree = read_tree()
    study, earlier, study_filters = choose_study(studies, wanted=wanted, tree=tree)
    results = list(study.results.order_by("pk"))
    names = _name_scales(results)
    result, scale_filters = choose_result(results, wanted=wanted, names=names)
    chosen = Chosen(study, earlier, result, (*study_filters, *scale_filters))
    units = _find_units(chosen, tree, reader)
    return _gather(chosen, results=results, names=names, units=units)


def _gather(
    chosen: Chosen,
    *,
    results: Sequence[Result],
    names: Mapping[str, str],
    units: tuple[Unit, ...],
) -> LinkagePage:
    study, result, finding = chosen.study, chosen.result, read_finding(chosen.result)
    ex_name = names.get(result.ex_scale, result.ex_scale)
    cx_name = names.get(result.cx_scale, result.cx_scale)
    themes = build_themes(
        results,
        chosen=result,
        names=names,
        address=lambda other: chosen.address(staff=other.ex_scale, customers=other.cx_scale),
    )
    return LinkagePage(
        title=study.pairing.name,
        period=_name_period(study),
        ex_name=ex_name,
        cx_name=cx_name,
        scope=study.scope.name,
        filters=chosen.filters,
        finding=finding,
        previous=_read_previous(chosen),
        previous_period=_name_period(chosen.previous) if chosen.previous else "",
        units=units,
        marks=tuple(list_marks(units)),
        figure=(
            draw_scatter(units, ex_name=ex_name, cx_name=cx_name, trend=_find_trend(finding))
            if units
            else None
        ),
        visits=tuple(list_visits(units)) if finding.has_coefficient else (),
        themes=themes,
        coverage=study.coverage,
        csv_address=chosen.address(format="csv"),
    )


def _find_trend(finding: Finding) -> Trend | None:
    if finding.r is None or finding.low is None or finding.high is None:
        return None
    return Trend(finding.r, finding.low, finding.high) if finding.has_full_verdict else None


def _name_period(study: Study) -> str:
    return period_name(study.period_start, study.pairing.period)


def _read_previous(chosen: Chosen) -> Finding | None:
    if chosen.previous is None:
        return None
    result = chosen.previous.results.filter(
        ex_scale=chosen.result.ex_scale, cx_scale=chosen.result.cx_scale
    ).first()
    finding = read_finding(result) if result else None
    return finding if finding and finding.has_coefficient else None


def _find_units(chosen: Chosen, tree: TeamTree, reader: Reader) -> tuple[Unit, ...]:
    study, result = chosen.study, chosen.result
    table = paired_units(
        pairing=study.pairing,
        period_start=study.period_start,
        ex_scale=result.ex_scale,
        cx_scale=result.cx_scale,
        scope=study.scope,
    )
    units = read_units(table, tree=tree, scope=study.scope_id, opens=reader.opens)
    return tuple(sorted(units, key=lambda unit: unit.name))


def _build_empty_page() -> EmptyPage:
    pairings = list(Pairing.objects.select_related("ex", "cx").order_by("name"))
    return EmptyPage(
        has_pairing=bool(pairings),
        has_studies=shown_studies().exists(),
        missing=tuple(explain_missing(pairing=pairing) for pairing in pairings),
    )


def _name_scales(results: Sequence[Result]) -> dict[str, str]:
    codes = {code for result in results for code in (result.ex_scale, result.cx_scale)}
    return dict(Scale.objects.filter(code__in=codes).values_list("code", "name"))

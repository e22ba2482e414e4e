"""The page "Inside & outside", gathered in one call so that the template fires no query."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from survey.campaigns.models import Pairing
from survey.core.periods import period_name
from survey.dashboards.access import Reader
from survey.dashboards.filters import Filter
from survey.dashboards.linkage.choices import Chosen, choose_lag, choose_result, choose_study
from survey.dashboards.linkage.drawn import Drawn, draw_units
from survey.dashboards.linkage.findings import Finding, read_finding
from survey.dashboards.linkage.grades import explain_grade
from survey.dashboards.linkage.levels import Levels, read_levels
from survey.dashboards.linkage.order import Order, read_order
from survey.dashboards.linkage.rewordings import list_rewordings
from survey.dashboards.linkage.robustness import Robustness, read_robustness
from survey.dashboards.linkage.themes import Themes, build_themes
from survey.dashboards.linkage.units import Unit
from survey.dashboards.linkage.words import Words, read_words
from survey.dashboards.moments import Moment, read_moments
from survey.dashboards.trees import read_tree
from survey.linkage.alignment import list_sides, pick_aligned
from survey.linkage.models import Result, Study
from survey.linkage.selectors import explain_missing, shown_studies
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

    chosen: Chosen
    period: str
    ex_name: str
    cx_name: str
    finding: Finding
    grade: str
    previous: Finding | None
    previous_period: str
    drawn: Drawn
    themes: Themes
    order: Order | None
    levels: Levels | None
    robustness: Robustness | None
    words: tuple[Words, ...]
    moments: tuple[Moment, ...]
    rewordings: tuple[str, ...]

    @property
    def study(self) -> Study:
        """Return the study that the page shows."""
        return self.chosen.study

    @property
    def result(self) -> Result:
        """Return the pair that the page is about."""
        return self.chosen.result

    @property
    def filters(self) -> tuple[Filter, ...]:
        """Return the lists to choose from."""
        return self.chosen.filters

    @property
    def units(self) -> tuple[Unit, ...]:
        """Return the teams that are drawn."""
        return self.drawn.units

    @property
    def address(self) -> str:
        """Return the query that leads back to this page."""
        return self.chosen.address()

    @property
    def slides(self) -> list[str]:
        """Return the templates of the screens of a presentation: one finding each."""
        there = {
            "headline": True,
            "scatter": True,
            "order": self.order is not None,
            "levels": self.levels is not None,
            "themes": self.themes.is_shown,
            "caveats": True,
        }
        return [f"dashboards/linkage/{name}.html" for name, is_there in there.items() if is_there]

    @property
    def title(self) -> str:
        """Return what is compared, in a line."""
        return f"{self.ex_name} and {self.cx_name}, {self.study.scope.name}, {self.period}"


def build_linkage_page(
    *, reader: Reader, wanted: Mapping[str, str], now: datetime
) -> LinkagePage | EmptyPage:
    """Gather the page that a reader asked for, within what they may read."""
    tree = read_tree()
    picked = choose_study(reader.studies, wanted=wanted, tree=tree)
    if picked is None:
        return _build_empty_page()
    study = picked.study
    results = list(study.results.order_by("pk"))
    names = name_scales(results)
    result, scale_filters = choose_result(results, wanted=wanted, names=names)
    chosen = Chosen(
        study,
        picked.previous,
        result,
        (*picked.filters, *scale_filters),
        team=wanted.get("team", ""),
        lag=choose_lag(result.numbers.get("lags", {}).get("points", ()), wanted=wanted),
    )
    finding = read_finding(result)
    sides = list_sides(study.pairing, with_scales=False)
    aligned = pick_aligned(sides, study.period_start)
    ex_name, cx_name = names[result.ex_scale], names[result.cx_scale]
    drawn = draw_units(
        chosen, aligned, finding, tree=tree, reader=reader, ex_name=ex_name, cx_name=cx_name
    )
    checked = result.numbers if finding.has_coefficient else {}
    return LinkagePage(
        chosen=chosen,
        period=_name_period(study),
        ex_name=ex_name,
        cx_name=cx_name,
        finding=finding,
        grade=explain_grade(
            finding,
            q_value=result.numbers.get("q_value"),
            has_before=chosen.previous is not None,
        ),
        previous=_read_previous(chosen),
        previous_period=_name_period(chosen.previous) if chosen.previous else "",
        drawn=drawn,
        themes=_build_themes(chosen, results, names),
        order=read_order(
            result.numbers,
            period=study.pairing.period,
            lag=chosen.lag,
            address=lambda lag: chosen.address(lag=str(lag)),
        ),
        levels=read_levels(checked, period=study.pairing.period),
        robustness=read_robustness(
            checked, self_check=study.self_check, shown={unit.code for unit in drawn.units}
        ),
        words=read_words(aligned, tree=tree, scope=study.scope_id, opens=reader.opens),
        moments=read_moments(
            campaigns=[study.pairing.ex, study.pairing.cx],
            period=study.pairing.period,
            start=study.period_start,
            now=now,
        ),
        rewordings=list_rewordings(study, result, sides, names),
    )


def name_scales(results: Sequence[Result]) -> dict[str, str]:
    """Return the names of all scales of some results, by code."""
    codes = {code for result in results for code in (result.ex_scale, result.cx_scale)}
    named = Scale.objects.filter(code__in=codes).values_list("code", "name")
    return {code: code for code in codes} | dict(named)


def _build_themes(chosen: Chosen, results: Sequence[Result], names: Mapping[str, str]) -> Themes:
    return build_themes(
        results,
        chosen=chosen.result,
        names=names,
        n_tested=chosen.study.family_size,
        address=lambda other: chosen.address(staff=other.ex_scale, customers=other.cx_scale),
    )


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


def _build_empty_page() -> EmptyPage:
    pairings = list(Pairing.objects.select_related("ex", "cx").order_by("name"))
    return EmptyPage(
        has_pairing=bool(pairings),
        has_studies=shown_studies().exists(),
        missing=tuple(explain_missing(pairing=pairing) for pairing in pairings),
    )

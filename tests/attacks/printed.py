"""What may be printed: every stored figure and result, by the names under which pages show it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from math import sqrt
from typing import Any

from survey.aggregation.models import Figure, Release, Standing
from survey.campaigns.models import Wave
from survey.dashboards.figures.choices import PROFILES
from survey.dashboards.measures import read_measures
from survey.linkage.models import Result, Study
from survey.questionnaires.selectors import get_content

PERIODS = re.compile(
    r"Q[1-4] \d{4}|\d{4}-(?:Q\d|\d\d(?:-\d\d)?)|\d{1,2} [A-Z][a-z]+ \d{4}|\b20\d\d\b"
)
SURELY = re.compile(r"95 ?%|\b0[-–]10\b|\(\d+ [a-z]+\)|\b\d+: ")
NUMBER = re.compile(r"(?<![\w.])[\u2212-]?\d[\d,]*(?:\.\d+)?(?![\w])")
MINUS = "\u2212"
FEW = 3  # measures that are compared with each other
NORMAL_95 = 1.959963984540054
Key = tuple[str, str]


def numbers_in(value: Any) -> Iterator[float]:
    """Yield every number inside stored JSON."""
    if isinstance(value, bool) or value is None:
        return
    if isinstance(value, int | float):
        yield float(value)
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from numbers_in(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from numbers_in(one)


def derived(figures: Iterable[Mapping[str, Any]]) -> Iterator[float]:
    """Yield both arms of figures' margins, and differences of two with theirs."""
    said = [one for one in figures if one.get("mean") is not None]
    for one in said:
        if one.get("low") is not None and one.get("high") is not None:
            yield from (one["high"] - one["mean"], one["mean"] - one["low"])
    for one, other in combinations(said, 2):
        change = other["mean"] - one["mean"]
        yield from (change, -change)
        if one.get("se") is not None and other.get("se") is not None:
            half = NORMAL_95 * sqrt(one["se"] ** 2 + other["se"] ** 2)
            yield from (half, change - half, change + half, -change - half, half - change)


class Printed:
    """Stored numbers by the name of a group and the code of a measure."""

    def __init__(self) -> None:
        self.figures: dict[Key, list[Mapping[str, Any]]] = defaultdict(list)
        self.extra: dict[Key, set[float]] = defaultdict(set)
        self.spread: dict[str, set[float]] = defaultdict(set)
        self.medians: dict[str, set[float]] = defaultdict(set)
        self.mirrors: dict[str, str] = {}
        self.pairs: dict[str, set[float]] = defaultdict(set)
        self.studies: set[float] = set()
        self.groups: set[str] = set()
        self.waves = {str(wave) for wave in Wave.objects.select_related("campaign")}
        self.measures = self._name_measures()
        self._read_figures()
        self._read_standings()
        self._read_results()
        self._known: dict[tuple[str, ...], set[float]] = {}

    def allows(
        self, token: str, *, groups: set[str], metrics: set[str], of_groups: bool = False
    ) -> bool:
        """Say whether a number as printed is stored of some groups and measures; none: of any.

        of_groups: it must be a figure of these groups, no number about all of them.
        """
        places = len(token.partition(".")[2])
        value = round(float(token.replace(MINUS, "-").replace(",", "")), places) + 0.0
        wanted = metrics or set(self.measures.values())
        within = groups or self.groups
        if len(wanted) <= FEW:
            wanted = wanted | {self.mirrors[one] for one in wanted if one in self.mirrors}
        sources = [("group", group, metric) for group in within for metric in wanted]
        if len(wanted) <= FEW:
            sources += [("cross", group, *sorted(wanted)) for group in within]
        if not of_groups:
            sources += [("metric", metric) for metric in wanted]
            sources += [("studies",), ("medians", *sorted(wanted))]
        return any(value in self._rounded(source, places) for source in sources)

    def _rounded(self, source: tuple[str, ...], places: int) -> set[float]:
        """Return the numbers of one source, with either sign, as rounded for print."""
        key = (*source, str(places))
        if key not in self._known:
            found = self._gather(*source)
            self._known[key] = {
                round(sign * one, places) + 0.0 for one in found for sign in (1, -1)
            }
        return self._known[key]

    def _gather(self, kind: str, *names: str) -> set[float]:
        if kind == "group":
            said = self.figures.get((names[0], names[1]), [])
            numbers = {number for one in said for number in numbers_in(dict(one))}
            return numbers | self.extra.get((names[0], names[1]), set()) | set(derived(said))
        if kind == "cross":
            group, *metrics = names
            return set(derived(one for metric in metrics for one in self.figures[group, metric]))
        if kind == "metric":
            return self.spread[names[0]] | self.pairs[names[0]]
        if kind == "medians":
            medians = [self.medians[name] for name in names] if len(names) <= FEW else []
            return {a - b for one, other in combinations(medians, 2) for a in one for b in other}
        return self.studies

    def _name_measures(self) -> dict[str, str]:
        """Return the codes of measures by every name under which pages show them."""
        ids = sorted(set(Wave.objects.values_list("questionnaire", flat=True)))
        names: dict[str, str] = {}
        for code, measure in read_measures(ids).items():
            names[measure.name] = code
            if measure.mirrors:
                self.mirrors |= {code: measure.mirrors, measure.mirrors: code}
            if measure.whole and not measure.is_item and ", " in measure.name:
                short = measure.name.partition(", ")[2]
                names[short[:1].upper() + short[1:]] = code
        for pk in ids:
            for scale in get_content(questionnaire_id=pk).scales:
                for profile in scale.profiles:
                    names[profile.name] = f"profile:{scale.code}"
                names[PROFILES.format(scale.name)] = f"profile:{scale.code}"
        return names

    def _read_figures(self) -> None:
        for one in Figure.objects.select_related("group"):
            numbers = {
                name: getattr(one, name)
                for name in ("n", "mean", "se", "low", "high", "favourable", "detail")
            }
            self.groups.add(one.group.name)
            self._add(one.group.name, one.metric, numbers)
        for release in Release.objects.all():
            for metric, worth in release.scales.items():
                self.spread[metric] |= set(numbers_in(worth))

    def _read_standings(self) -> None:
        for standing in Standing.objects.select_related("scope"):
            for metric, said in standing.metrics.items():
                self._add(standing.scope.name, metric, said)
                self.spread[metric] |= set(numbers_in(said.get("teams", {})))
                if "median" in said["teams"]:
                    self.medians[metric].add(said["teams"]["median"])
            for part in standing.parts:
                for metric, said in part["metrics"].items():
                    self._add(part["name"], metric, said)
                    drawn = {
                        "mean": said.get("shrunken"),
                        "low": said.get("shrunken_low"),
                        "high": said.get("shrunken_high"),
                    }
                    if drawn["mean"] is not None:
                        self.extra[part["name"], metric] |= set(derived([drawn]))

    def _add(self, group: str, metric: str, said: Mapping[str, Any]) -> None:
        kept = {name: value for name, value in said.items() if name != "teams"}
        if kept not in self.figures[group, metric]:
            self.figures[group, metric].append(kept)
        detail = said.get("detail") or {}
        recommend = detail.get("recommend")
        if recommend:
            score = {"mean": recommend["score"], **recommend}
            self.extra[group, metric] |= set(derived([score]))
        for code, (low, high) in (detail.get("bounds") or {}).items():
            share = {"mean": detail["shares"][code], "low": low, "high": high}
            self.extra[group, metric] |= set(derived([share]))

    def _read_results(self) -> None:
        for result in Result.objects.all():
            for metric in (result.ex_scale, result.cx_scale):
                self.pairs[metric] |= {*numbers_in(result.numbers), float(result.n_teams)}
        for study in Study.objects.all():
            for part in (study.self_check, study.importance, study.coverage, study.families):
                found = set(numbers_in(part))
                self.studies |= found | {100 * one for one in found}

"""What may be printed: every stored figure and result, by the names under which pages show it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from math import sqrt
from typing import Any

from survey.aggregation.models import CutFigure, Figure, Release, Standing
from survey.campaigns.models import Wave
from survey.dashboards.measures import read_measures
from survey.dashboards.overview.cuts import say_level
from survey.linkage.models import CascadeStudy, Study
from survey.questionnaires.selectors import get_content
from tests.attacks.dating import ANY_TIME, Whens

SURELY = re.compile(r"95 ?%|\b1\.96\b|\b0[-–]10\b|\(\d+ [a-z]+\)|\b\d+: ")
NUMBER = re.compile(r"(?<![\w.])[\u2212-]?\d[\d,]*(?:\.\d+)?(?![\w])")
MINUS = "\u2212"
FINEST = 12  # decimals: spreadsheets hold no more of most numbers
FEW = 3  # measures that are compared with each other
NORMAL_95 = 1.959963984540054
SERVING = "Who serves whom"  # the heading that ratings stand under on a team's page
ARROW = ("n", "mean", "low", "high")  # what is told of one
Key = tuple[str, ...]


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
    """Stored numbers by the name of a group, the code of a measure, and when they were told."""

    def __init__(self) -> None:
        self.figures: dict[Key, list[Mapping[str, Any]]] = defaultdict(list)
        self.extra: dict[Key, set[float]] = defaultdict(set)
        self.spread: dict[Key, set[float]] = defaultdict(set)
        self.medians: dict[Key, set[float]] = defaultdict(set)
        self.mirrors: dict[str, str] = {}
        self.pairs: dict[Key, set[float]] = defaultdict(set)
        self.studies: dict[str, set[float]] = defaultdict(set)
        self.groups: set[str] = set()
        self.levels: set[str] = set()  # of cuts: they are compared with nothing
        self.whens = Whens()
        self.measures = self._name_measures()
        self._read_figures()
        self._read_standings()
        self.groups |= self.levels
        self._read_results()
        self._read_cascades()
        self._known: dict[tuple[Key, int, frozenset[str]], set[float]] = {}

    def allows(
        self,
        token: str,
        *,
        groups: set[str],
        metrics: set[str],
        whens: frozenset[str] = ANY_TIME,
        of_groups: bool = False,
    ) -> bool:
        """Say whether a number as printed is stored of some groups, measures and times; none: any.

        of_groups: it must be a figure of these groups, no number about all of them.
        """
        places = min(len(token.partition(".")[2]), FINEST)
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
        at = whens or ANY_TIME
        return any(value in self._rounded(source, places, at) for source in sources)

    def _rounded(self, source: Key, places: int, whens: frozenset[str]) -> set[float]:
        """Return the numbers of one source, with either sign, as rounded for print."""
        key = (source, places, whens)
        if key not in self._known:
            found = {one for part in self._gather(whens, *source) for one in part}
            self._known[key] = {
                round(sign * one, places) + 0.0 for one in found for sign in (1, -1)
            }
        return self._known[key]

    def _gather(self, whens: frozenset[str], kind: str, *names: str) -> Iterator[Iterable[float]]:
        """Yield the numbers of one source at some times, and of groups how they differ."""
        if kind == "group":
            said = self._said(whens, names[0], names[1:])
            yield (number for one in said for number in numbers_in(dict(one)))
            yield from (self.extra[(*names, when)] for when in whens)
            yield derived(said)
        elif kind == "cross":
            yield derived(self._said(whens, names[0], names[1:]))
        elif kind == "metric":
            yield from (self.spread[names[0], when] for when in whens)
            yield from (self.pairs[names[0], when] for when in whens)
        elif kind == "medians":
            medians = [
                {one for when in whens for one in self.medians[name, when]}
                for name in (names if len(names) <= FEW else ())
            ]
            yield (a - b for one, other in combinations(medians, 2) for a in one for b in other)
        else:
            yield from (self.studies[when] for when in whens)

    def _said(
        self, whens: frozenset[str], group: str, metrics: Iterable[str]
    ) -> list[Mapping[str, Any]]:
        found: list[Mapping[str, Any]] = []
        for metric in metrics:
            for when in sorted(whens):
                found += [one for one in self.figures[group, metric, when] if one not in found]
        return found

    def _name_measures(self) -> dict[str, str]:
        """Return the codes of measures by every name under which pages show them."""
        ids = sorted(set(Wave.objects.values_list("questionnaire", flat=True)))
        names: dict[str, str] = {}
        for code, measure in read_measures(ids).items():
            names |= dict.fromkeys((measure.name, measure.name.rstrip(".")), code)
            if measure.mirrors:
                self.mirrors |= {code: measure.mirrors, measure.mirrors: code}
            if measure.whole and not measure.is_item and ", " in measure.name:
                short = measure.name.partition(", ")[2]
                names[short[:1].upper() + short[1:]] = code
        for pk in ids:
            for scale in get_content(questionnaire_id=pk).scales:
                for profile in scale.profiles:
                    names[profile.name] = f"profile:{scale.code}"
                names[f"Profiles: {scale.name}"] = f"profile:{scale.code}"
        return names

    def _read_figures(self) -> None:
        releases = {
            one.pk: (one, self.whens.of_release(one))
            for one in Release.objects.select_related("wave__campaign")
        }
        for one in Figure.objects.select_related("group"):
            numbers = {
                name: getattr(one, name)
                for name in ("n", "mean", "se", "low", "high", "favourable", "detail")
            }
            self.groups.add(one.group.name)
            self._add(one.group.name, one.metric, releases[one.release_id][1], numbers)
        for level in CutFigure.objects.all():
            name = say_level(level.levels)
            numbers = {each: getattr(level, each) for each in ("n", "mean", "se", "low", "high")}
            self.levels.add(name)
            self._add(name, level.metric, releases[level.release_id][1], numbers)
        for release, whens in releases.values():
            for metric, worth in release.scales.items():
                for when in whens:
                    self.spread[metric, when] |= set(numbers_in(worth))

    def _read_standings(self) -> None:
        for standing in Standing.objects.select_related("scope"):
            whens = self.whens.of_period(standing.period_start, standing.period)
            for metric, said in standing.metrics.items():
                self._add(standing.scope.name, metric, whens, said)
                for when in whens:
                    self.spread[metric, when] |= set(numbers_in(said.get("teams", {})))
                    if "median" in said["teams"]:
                        self.medians[metric, when].add(said["teams"]["median"])
            for part in standing.parts:
                for metric, said in part["metrics"].items():
                    self._add(part["name"], metric, whens, said)
                    self._add_drawn(part["name"], metric, whens, said)

    def _add_drawn(
        self, group: str, metric: str, whens: Iterable[str], said: Mapping[str, Any]
    ) -> None:
        if said.get("shrunken") is not None:
            drawn = {
                "mean": said["shrunken"],
                "low": said.get("shrunken_low"),
                "high": said.get("shrunken_high"),
            }
            for when in whens:
                self.extra[group, metric, when] |= set(derived([drawn]))

    def _add(self, group: str, metric: str, whens: Iterable[str], said: Mapping[str, Any]) -> None:
        kept = {name: value for name, value in said.items() if name != "teams"}
        detail = said.get("detail") or {}
        scores = [{"mean": one["score"], **one} for one in [detail.get("recommend")] if one]
        scores += [
            {"mean": detail["shares"][code], "low": low, "high": high}
            for code, (low, high) in (detail.get("bounds") or {}).items()
        ]
        arms = {number for one in scores for number in derived([one])}
        for when in whens:
            self.extra[group, metric, when] |= arms
            if kept not in self.figures[group, metric, when]:
                self.figures[group, metric, when].append(kept)

    def _read_results(self) -> None:
        for study in Study.objects.select_related("pairing"):
            whens = self.whens.of_period(study.period_start, study.pairing.period)
            found: set[float] = set()
            for part in (study.self_check, study.importance, study.coverage, study.families):
                found |= set(numbers_in(part))
            for when in whens:
                self.studies[when] |= found | {100 * one for one in found}
            for result in study.results.all():
                numbers = {*numbers_in(result.numbers), float(result.n_teams)}
                for metric in (result.ex_scale, result.cx_scale):
                    for when in whens:
                        self.pairs[metric, when] |= numbers

    def _read_cascades(self) -> None:
        """An arrow's rating stands beside the name of either end."""
        for study in CascadeStudy.objects.select_related("pairing"):
            whens = self.whens.of_period(study.period_start, study.pairing.period)
            codes = {side: scale["code"] for side, scale in study.scales.items()}
            self.measures[SERVING] = codes["rating"]
            told = [
                (row[f"{end}_name"], "rating", {name: row[name] for name in ARROW})
                for row in study.arrows
                for end in ("provider", "consumer")
            ]
            told += [
                (row["name"], side, {"mean": row[side], "low": low, "high": high})
                for row in study.teams
                for side in codes
                for low, high in [(row[f"{side}_low"], row[f"{side}_high"])]
            ]
            for when in whens:
                self.studies[when] |= set(numbers_in(study.chains))
                for name, side, said in told:
                    found = {*numbers_in(said), *derived([said])}
                    self.extra[name, codes[side], when] |= found

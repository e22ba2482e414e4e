"""The shipped questionnaires as their files say, read without the product."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import yaml

from tests.services import ROOT

FOLDER = ROOT / "survey" / "questionnaires" / "instruments"
LIKELIHOOD, AGREEMENT = range(2, 9), range(2, 5)  # no ends, which are printed pulled in
ITEM = "item:"


@dataclass(frozen=True)
class Measure:
    """Some items whose mean is reported from 0 to 100; none of ours is reversed."""

    items: tuple[str, ...]
    lowest: float
    highest: float

    def mean(self, answers: list[Mapping[str, int]]) -> float:
        """Return the mean of people, each the mean of their answers, from 0 to 100."""
        scores = [sum(one[item] for item in self.items) / len(self.items) for one in answers]
        mean = sum(scores) / len(scores)
        return 100 * (mean - self.lowest) / (self.highest - self.lowest)


@cache
def items_of(questionnaire: str) -> tuple[str, ...]:
    """Return the closed items of a shipped questionnaire."""
    (found,) = (
        row for row in _read("questionnaires")["questionnaires"] if row["code"] == questionnaire
    )
    return tuple(code for code in found["items"] if code != "story")


def draw_answers(questionnaire: str, chance: random.Random) -> dict[str, int]:
    """Answer every closed item by chance."""
    return {
        item: chance.choice(LIKELIHOOD if item == "recommend" else AGREEMENT)
        for item in items_of(questionnaire)
    }


@cache
def measure(metric: str) -> Measure:
    """Return how a released metric is worked out: that of a scale, or of one item."""
    if metric.startswith(ITEM):
        return Measure((metric.removeprefix(ITEM),), 1, 5)
    scale = _scales()[metric]
    assert not scale.get("reversed"), metric
    return Measure(tuple(scale["items"]), scale["minimum"], scale["maximum"])


@cache
def _scales() -> dict[str, dict]:  # type: ignore[type-arg]
    files = [yaml.safe_load(path.read_text()) for path in FOLDER.glob("*.yaml")]
    return {scale["code"]: scale for file in files for scale in file.get("scales", ())}


def _read(name: str) -> dict:  # type: ignore[type-arg]
    found: dict = yaml.safe_load((FOLDER / f"{name}.yaml").read_text())  # type: ignore[type-arg]
    return found

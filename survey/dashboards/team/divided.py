"""Scales on which the people of a team disagree, with how they answered where that may be shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from survey.dashboards.measures import pick_text
from survey.dashboards.scores import Line
from survey.dashboards.team.side import Side
from survey.questionnaires.content import ItemContent
from survey.questionnaires.selectors import get_content


@dataclass(frozen=True, slots=True)
class Share:
    """One option of a question and the printed share of people who chose it, in per cent."""

    label: str
    percent: int


@dataclass(frozen=True, slots=True)
class Spread:
    """How people answered one question, in the order of its options."""

    name: str
    n: int
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Divided:
    """A scale on which a team is divided; without spreads none may be shown."""

    word: str
    line: Line
    spreads: tuple[Spread, ...]

    @property
    def is_staff(self) -> bool:
        """Say whether these are the people who work there."""
        return self.word == "staff"


def find_divided(side: Side) -> list[Divided]:
    """Return the scales of a side on which its people disagree."""
    return [
        Divided(side.word, line, tuple(_list_spreads(side, line)))
        for line in side.lines
        if line.now and line.now.is_divided
    ]


def _list_spreads(side: Side, line: Line) -> list[Spread]:
    """Return the answers to the questions of a scale, or of the whole it is a part of."""
    content = get_content(questionnaire_id=side.releases[-1].wave.questionnaire_id)
    (scale,) = (one for one in content.scales if one.code == line.measure.code)
    shown = {one.measure.code: one for one in side.items}
    found = []
    for item in map(content.item, scale.item_codes):
        one = shown.get(f"item:{item.code}")
        detail: Mapping[str, Any] = side.now[one.measure.code]["detail"] if one else {}
        if one and one.now and detail.get("shares"):
            found.append(Spread(one.measure.name, one.now.n, _name_shares(item, detail["shares"])))
    return found


def _name_shares(item: ItemContent, shares: Mapping[str, int]) -> tuple[Share, ...]:
    names = {str(one.value): pick_text(one.texts) or str(one.value) for one in item.options}
    return tuple(Share(name, shares[value]) for value, name in names.items() if value in shares)

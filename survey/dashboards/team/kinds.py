"""Kinds of people in a team, as shares of those who answered, where they are released."""

from collections.abc import Iterator
from dataclasses import dataclass

from survey.aggregation.metrics import PROFILE_PREFIX
from survey.dashboards.overview.passion import Kind, list_kinds
from survey.dashboards.team.side import Side, say_side
from survey.questionnaires.selectors import get_content


@dataclass(frozen=True, slots=True)
class Kinds:
    """The kinds that one scale tells apart, and how many people these are shares of."""

    title: str
    word: str
    kinds: tuple[Kind, ...]
    n: int

    @property
    def label(self) -> str:
        """Return what these people are called, in the language that is spoken."""
        return say_side(self.word)


def find_kinds(side: Side) -> Iterator[Kinds]:
    """Yield the scales of a side that tell kinds of people, where the team shows them."""
    if not side.releases:
        return
    content = get_content(questionnaire_id=side.releases[-1].wave.questionnaire_id)
    for scale in content.scales:
        said = side.now.get(f"{PROFILE_PREFIX}{scale.code}")
        if scale.profiles and said and said["detail"].get("shares"):
            kinds = tuple(list_kinds(scale.profiles, said))
            yield Kinds(scale.name, side.word, kinds, said["n"])

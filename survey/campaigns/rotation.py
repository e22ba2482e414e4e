"""Rounds that stay short: each asks only some scales, and they take turns.

Scales are taken whole, and those that share items (a scale and its facets) together: they are one
part. Items of no scale, such as the invitation to tell a story, are asked in every round.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from survey.questionnaires.content import QuestionnaireContent
from survey.questionnaires.families import build_families

Part = tuple[str, ...]  # the codes of scales that go together


@dataclass(frozen=True, slots=True)
class Rotation:
    """The scales of each round of a cycle; one empty block means that every round asks all."""

    blocks: tuple[tuple[str, ...], ...]

    @property
    def n_rounds(self) -> int:
        """Return in how many rounds everybody sees every item."""
        return len(self.blocks)

    def from_round(self, number: int) -> tuple[tuple[str, ...], ...]:
        """Return the blocks in the order in which they come after so many rounds."""
        start = number % len(self.blocks)
        return self.blocks[start:] + self.blocks[:start]


class RotationError(Exception):
    """The scales cannot take turns in this way; the message says why."""


def plan_rotation(
    *,
    content: QuestionnaireContent,
    scales_per_round: int | None,
    fixed_scales: Collection[str] = (),
) -> Rotation:
    """Share the scales out over as few rounds as will do, as evenly as they go.

    Scales and their facets count as one. The fixed ones are asked in every round.
    """
    parts = list_parts(content=content)
    if scales_per_round is None or scales_per_round >= len(parts):
        return Rotation(((),))
    unknown = set(fixed_scales) - {code for part in parts for code in part}
    if unknown:
        names = ", ".join(sorted(unknown))
        raise RotationError(
            _("%(names)s: this questionnaire asks no such scale.") % {"names": names}
        )
    fixed = [part for part in parts if not set(fixed_scales).isdisjoint(part)]
    free = [part for part in parts if part not in fixed]
    places = scales_per_round - len(fixed)
    if places < 1:
        sentence = _(
            "%(n_fixed)s scales are asked in every round, so a round needs %(n)s or more for the "
            "others to take turns."
        )
        raise RotationError(sentence % {"n_fixed": len(fixed), "n": len(fixed) + 1})
    return Rotation(tuple(_codes(parts, [*fixed, *turn]) for turn in _share_out(free, places)))


def list_parts(*, content: QuestionnaireContent) -> list[Part]:
    """Return the scales that take turns, in the order asked, each with all that share its items."""
    return [family.scales for family in build_families(content=content) if family.scales]


def _share_out(parts: Sequence[Part], places: int) -> list[Sequence[Part]]:
    n_turns = -(-len(parts) // places)
    shorter, n_longer = divmod(len(parts), n_turns)
    turns, begins = [], 0
    for number in range(n_turns):
        ends = begins + shorter + (number < n_longer)
        turns.append(parts[begins:ends])
        begins = ends
    return turns


def _codes(parts: Sequence[Part], asked: Collection[Part]) -> tuple[str, ...]:
    return tuple(code for part in parts if part in asked for code in part)

"""What a roster changes, told by name before or after it is done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from survey.organization.moves import Stay, Step
from survey.organization.roster import PersonLine
from survey.organization.tree import TreePlan


@dataclass(frozen=True, slots=True)
class Change:
    """What a roster does to one person; a team is empty before joining and after leaving."""

    name: str
    before: str
    after: str
    from_date: date


@dataclass(frozen=True, slots=True)
class RosterDifference:
    """What a roster changes, or would change."""

    joined: tuple[Change, ...]
    moved: tuple[Change, ...]
    left: tuple[Change, ...]
    changed: tuple[Change, ...]
    n_unchanged: int
    new_teams: tuple[str, ...]
    changed_teams: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person as the database has them now."""

    pk: int
    name: str
    email: str
    language: str

    def differs(self, line: PersonLine) -> bool:
        """Tell whether a line says something else of the person."""
        language = line.language or self.language
        return (self.name, self.email, self.language) != (line.name, line.email, language)


class Kind(Enum):
    """What one line means for one person."""

    JOINED = "joined"
    MOVED = "moved"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


def describe(
    *,
    people: Iterable[PersonLine],
    known: Mapping[str, KnownPerson],
    stays: Mapping[str, Stay],
    steps: Mapping[str, Step],
    absent: Iterable[str],
    tree: TreePlan,
    team_names: Mapping[str, str],
    today: date,
) -> RosterDifference:
    """Sort everybody into joined, moved, left, changed and unchanged."""
    sorted_in: dict[Kind, list[Change]] = {kind: [] for kind in Kind}
    for line in people:
        stay, step = stays.get(line.person_id), steps[line.person_id]
        kind = _kind(line, known.get(line.person_id), stay, step)
        before = team_names[stay.team] if stay and kind is not Kind.JOINED else ""
        day = line.active_from or today
        sorted_in[kind].append(Change(line.name, before, team_names[line.team], day))
    left = (Change(known[key].name, team_names[stays[key].team], "", today) for key in absent)
    return RosterDifference(
        joined=tuple(sorted_in[Kind.JOINED]),
        moved=tuple(sorted_in[Kind.MOVED]),
        left=tuple(left),
        changed=tuple(sorted_in[Kind.CHANGED]),
        n_unchanged=len(sorted_in[Kind.UNCHANGED]),
        new_teams=tuple(team.name for team in tree.new),
        changed_teams=tuple(team.name for team in tree.changed),
    )


def _kind(line: PersonLine, known: KnownPerson | None, stay: Stay | None, step: Step) -> Kind:
    if known is None or stay is None or stay.active_to is not None:
        return Kind.JOINED
    if stay.team != line.team:
        return Kind.MOVED
    if step != Step() or known.differs(line):
        return Kind.CHANGED
    return Kind.UNCHANGED

"""What a roster changes, told by name before or after it is done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from survey.organization.lines import PersonLine
from survey.organization.moves import Stay, Step, leads
from survey.organization.tree import TreePlan

MOST_LEAVING = 0.3  # of the people there are


@dataclass(frozen=True, slots=True)
class Change:
    """What a roster does to one person; a team is empty before joining and after leaving."""

    name: str
    before: str
    after: str
    from_date: date
    details: tuple[str, ...] = ()  # such as "leader: yes -> no"


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
    n_before: int
    closed_teams: tuple[str, ...] = ()

    @property
    def loses_many(self) -> bool:
        """Tell whether so many would leave that the file was probably cut off."""
        return len(self.left) > MOST_LEAVING * self.n_before


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person as the database has them now; the manager is named by external id."""

    pk: int
    name: str
    email: str
    language: str
    phone: str = ""
    time_zone: str = ""
    manager: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)

    def list_changes(self, line: PersonLine) -> tuple[str, ...]:
        """Return what a line says differently, in words."""
        told = (
            ("name", self.name, line.name),
            ("email", self.email, line.email),
            ("language", self.language, line.language or self.language),
            ("phone", self.phone, self.phone if line.phone is None else line.phone),
            (
                "time zone",
                self.time_zone,
                self.time_zone if line.time_zone is None else line.time_zone,
            ),
            ("manager", self.manager, self.manager if line.manager is None else line.manager),
            *((code, self.attributes.get(code, ""), now) for code, now in _told(line)),
        )
        return tuple(say_change(what, before, now) for what, before, now in told if before != now)


def _told(line: PersonLine) -> Iterable[tuple[str, str]]:
    return () if line.attributes is None else line.attributes.items()


def say_change(what: str, before: str, now: str) -> str:
    """Return one change in words."""
    return f"{what}: {before or 'none'} -> {now or 'none'}"


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
        details = _list_details(line, known.get(line.person_id), stay, step)
        kind = _kind(line, stay, step, details)
        before = team_names[stay.team] if stay and kind is not Kind.JOINED else ""
        day = line.active_from or today
        sorted_in[kind].append(Change(line.name, before, team_names[line.team], day, details))
    left = (Change(known[key].name, team_names[stays[key].team], "", today) for key in absent)
    return RosterDifference(
        joined=tuple(sorted_in[Kind.JOINED]),
        moved=tuple(sorted_in[Kind.MOVED]),
        left=tuple(left),
        changed=tuple(sorted_in[Kind.CHANGED]),
        n_unchanged=len(sorted_in[Kind.UNCHANGED]),
        new_teams=tuple(team.name for team in tree.new),
        changed_teams=tuple(team.name for team in tree.changed),
        n_before=sum(stay.active_to is None or stay.active_to > today for stay in stays.values()),
        closed_teams=tuple(team.name for team in tree.closed),
    )


def _list_details(
    line: PersonLine, known: KnownPerson | None, stay: Stay | None, step: Step
) -> tuple[str, ...]:
    """Name what changes for somebody who was here before, the team apart."""
    if known is None or stay is None:
        return ()
    details = list(known.list_changes(line))
    if stay.active_to is None:
        now = leads(line, stay)
        if now != stay.is_leader:
            details.append(say_change("leader", _yes_or_no(stay.is_leader), _yes_or_no(now)))
        if step.correction is not None and step.correction.active_from != stay.active_from:
            before, after = stay.active_from, step.correction.active_from
            details.append(say_change("from", str(before), str(after)))
    return tuple(details)


def _yes_or_no(is_so: bool) -> str:
    return "yes" if is_so else "no"


def _kind(line: PersonLine, stay: Stay | None, step: Step, details: tuple[str, ...]) -> Kind:
    if stay is None or stay.active_to is not None:
        return Kind.JOINED
    if stay.team != line.team:
        return Kind.MOVED
    if step != Step() or details:
        return Kind.CHANGED
    return Kind.UNCHANGED

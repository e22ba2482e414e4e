"""A difference as it is kept: all counts, the first names of each kind, and a check sum of all."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from survey.organization.differences import Change, RosterDifference

KINDS = ("joined", "moved", "left", "changed")
OF_TEAMS = ("new_teams", "changed_teams", "closed_teams")
MOST_LISTED = 2000


def summarise(difference: RosterDifference, *, day: date) -> dict[str, Any]:
    """Return a difference as JSON; `day` is the one from which whoever says none is dated."""
    of_kind: dict[str, tuple[Change, ...]] = {kind: getattr(difference, kind) for kind in KINDS}
    of_teams: dict[str, tuple[str, ...]] = {kind: getattr(difference, kind) for kind in OF_TEAMS}
    return {
        "day": day.isoformat(),
        "counts": {
            **{kind: len(changes) for kind, changes in of_kind.items()},
            **{kind: len(names) for kind, names in of_teams.items()},
            "unchanged": difference.n_unchanged,
            "before": difference.n_before,
        },
        "loses_many": difference.loses_many,
        "people": {
            kind: [_as_json(change) for change in changes[:MOST_LISTED]]
            for kind, changes in of_kind.items()
        },
        "teams": {kind: list(names[:MOST_LISTED]) for kind, names in of_teams.items()},
        "digest": _digest(difference),
    }


def without_names(summary: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is kept of a difference for good: counts, and nobody's name."""
    return {what: summary[what] for what in ("day", "counts", "digest") if what in summary}


def _as_json(change: Change) -> list[Any]:
    day = change.from_date.isoformat()
    return [change.name, change.before, change.after, day, list(change.details)]


def _digest(difference: RosterDifference) -> str:
    digest = hashlib.sha256()
    for kind in KINDS:
        for change in getattr(difference, kind):
            digest.update(repr((kind, change)).encode())
    for kind in OF_TEAMS:
        digest.update(repr((kind, getattr(difference, kind))).encode())
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class ListedChange:
    """One line of a difference that was kept."""

    kind: str
    name: str
    before: str
    after: str
    from_date: date
    details: tuple[str, ...]


def list_changes(summary: Mapping[str, Any]) -> list[ListedChange]:
    """Return the lines of a kept difference; moves first, since they matter most."""
    people = summary.get("people", {})
    return [
        ListedChange(kind, name, before, after, date.fromisoformat(day), tuple(details))
        for kind in ("moved", "left", "joined", "changed")
        for name, before, after, day, details in people.get(kind, ())
    ]

"""The arrows and teams of a stored cascade, as far as a reader may see them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from survey.dashboards.ordering import natural
from survey.linkage.models import CascadeStudy

Opens = Callable[[Iterable[int]], bool]


class End(NamedTuple):
    """A team at one end of an arrow."""

    pk: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Score:
    """A mean out of 100 with its 95 % interval; None where none is shown."""

    mean: float | None = None
    low: float | None = None
    high: float | None = None
    n: int | None = None

    @property
    def has_margin(self) -> bool:
        """Say whether the interval is known."""
        return self.low is not None and self.high is not None

    @property
    def half(self) -> float | None:
        """Return the wider half of the interval, as it is printed behind the mean."""
        if self.mean is None or self.low is None or self.high is None:
            return None
        return max(self.high - self.mean, self.mean - self.low)


NOTHING = Score()


@dataclass(frozen=True, slots=True)
class Arrow:
    """One team serves another, and how the served rate that."""

    provider: End
    consumer: End
    chain: str
    score: Score
    is_pooled: bool = False

    @property
    def is_shown(self) -> bool:
        """Say whether enough people rated it."""
        return self.score.mean is not None

    @property
    def ends(self) -> tuple[str, str]:
        """Return the codes of both teams."""
        return self.provider.code, self.consumer.code


@dataclass(frozen=True, slots=True)
class Node:
    """A team with an arrow: how it feels, what its customers say, how those it serves rate it."""

    team: End
    inside: Score
    outside: Score
    rating: Score
    n_serves: int
    n_served_by: int


def read_arrows(study: CascadeStudy, *, opens: Opens) -> tuple[Arrow, ...]:
    """Return the arrows of which a reader may open one end, by the teams' names."""
    may_open = _remember(opens)
    found = [
        _read_arrow(row)
        for row in study.arrows
        if may_open(row["provider_id"]) or may_open(row["consumer_id"])
    ]
    names = {end.name for one in found for end in (one.provider, one.consumer)}
    order = {name: natural(name) for name in names}
    found.sort(key=lambda one: (order[one.provider.name], order[one.consumer.name], one.ends))
    return tuple(found)


def read_nodes(study: CascadeStudy, *, opens: Opens) -> Mapping[str, Node]:
    """Return the teams with their figures by code; figures of others' teams are left out."""
    may_open = _remember(opens)
    return {row["code"]: _read_node(row, is_open=may_open(row["team_id"])) for row in study.teams}


def _remember(opens: Opens) -> Callable[[int], bool]:
    known: dict[int, bool] = {}

    def may_open(team: int) -> bool:
        if team not in known:
            known[team] = opens([team])
        return known[team]

    return may_open


def _read_arrow(row: Mapping[str, Any]) -> Arrow:
    shown = Score(row["mean"], row["low"], row["high"], row["n"]) if row["is_shown"] else NOTHING
    return Arrow(
        End(row["provider_id"], row["provider"], row["provider_name"]),
        End(row["consumer_id"], row["consumer"], row["consumer_name"]),
        row["chain"],
        shown,
        is_pooled=row["is_pooled"],
    )


def _read_node(row: Mapping[str, Any], *, is_open: bool) -> Node:
    def score(name: str) -> Score:
        if not is_open:
            return NOTHING
        return Score(row[name], row[f"{name}_low"], row[f"{name}_high"])

    return Node(
        End(row["team_id"], row["code"], row["name"]),
        score("ex"),
        score("cx"),
        score("rating"),
        n_serves=row["n_serves"],
        n_served_by=row["n_served_by"],
    )

"""What was promised to a team and which words are told to it, beside what it says of promises."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from survey.dashboards.access import Reader
from survey.dashboards.promises.access import MAY_PROMISE
from survey.dashboards.promises.states import Standing, say_counts, stand
from survey.dashboards.scores import Line
from survey.dashboards.team.side import Side
from survey.followup.commitments import readable_commitments, tell_promises
from survey.followup.stories import ToldStory, list_team_stories

FEW = 5
SOMETHING_CHANGED = ("item:survey_trust_2", "survey_trust")  # the question, else its scale


@dataclass(frozen=True, slots=True)
class Trust:
    """What one side says to whether something changes after it was asked."""

    side: Side
    line: Line


@dataclass(frozen=True, slots=True)
class Promised:
    """The promises to a team as they stand, the stories told to it, and what it says of both."""

    counts: str
    standings: tuple[Standing, ...]
    stories: tuple[ToldStory, ...]
    trust: tuple[Trust, ...]
    may_open: bool
    may_add: bool

    @property
    def few(self) -> tuple[Standing, ...]:
        """Return as many as a page holds beside its figures."""
        return self.standings[:FEW]


def read_promised(
    *, reader: Reader, team_ids: Sequence[int], sides: Iterable[Side], today: date
) -> Promised:
    """Return what a team was promised and told, in three queries."""
    promises = tell_promises(readable_commitments(team_ids=team_ids), today=today)
    standings = tuple(stand(promise) for promise in promises)
    may_open = not MAY_PROMISE.isdisjoint(reader.scope.roles)
    return Promised(
        counts=say_counts(promises),
        standings=standings,
        stories=list_team_stories(team_ids=team_ids, at_most=FEW),
        trust=tuple(Trust(side, line) for side in sides for line in _find_trust(side)),
        may_open=may_open,
        may_add=may_open and reader.seen_as is None,
    )


def _find_trust(side: Side) -> list[Line]:
    shown = {line.measure.code: line for line in (*side.items, *side.lines) if line.now}
    return [shown[code] for code in SOMETHING_CHANGED if code in shown][:1]

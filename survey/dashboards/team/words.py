"""What people wrote that may be read here: as written, staff and customers apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from survey.aggregation.selectors import released_comments
from survey.dashboards.team.side import Side
from survey.followup.hiding import hidden_ids
from survey.questionnaires.models import PlaybackLeave

FEW = 5
NOTES = {
    PlaybackLeave.AS_TOLD: _("Shown as written, with leave to pass it on."),
    PlaybackLeave.NO_NAMES: _("Shown as written. Pass it on without names only."),
    PlaybackLeave.NONE: _("Shown as written, for you to read. Not to be passed on."),
}


@dataclass(frozen=True, slots=True)
class Story:
    """Somebody's words, what the writer lets others do with them, and where they are talked of."""

    text: str
    note: str
    code: str
    comment_id: UUID
    may_be_told: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """What was written on one side, in no order that tells anything."""

    side: Side
    stories: tuple[Story, ...]

    @property
    def few(self) -> tuple[Story, ...]:
        """Return as many as a page holds beside its figures."""
        return self.stories[:FEW]


def read_words(sides: Sequence[Side], *, group_ids: Sequence[int]) -> tuple[Words, ...]:
    """Return the released comments whose home is one of a unit's groups, by side, in one query."""
    months = {(one.wave_id, one.month_start): side for side in sides for one in side.releases}
    found = released_comments(wave_ids={wave for wave, _ in months}).filter(group__in=group_ids)
    found = found.exclude(comment__in=hidden_ids())
    stories: dict[int, list[Story]] = {side.campaign.pk: [] for side in sides}
    for one in found:
        side = months.get((one.release.wave_id, one.release.month_start))
        if side is not None:
            leave = PlaybackLeave(one.comment.leave)
            stories[side.campaign.pk].append(
                Story(
                    text=one.comment.text,
                    note=str(NOTES[leave]),
                    code=one.group.code,
                    comment_id=one.comment_id,
                    may_be_told=leave != PlaybackLeave.NONE,
                )
            )
    return tuple(Words(side, tuple(stories[side.campaign.pk])) for side in sides)

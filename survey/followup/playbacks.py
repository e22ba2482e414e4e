"""Read playbacks: the drafts that wait, those that are overdue, and what was published."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from survey.accounts.models import User
from survey.aggregation.models import Release
from survey.campaigns.models import GroupTeam
from survey.campaigns.naming import title_of
from survey.core.periods import Period, period_name
from survey.followup.models import Playback, PlaybackState

UNREAD = ("owner__password", "release__scales", "release__cuts", "release__wave__participation",
          "release__wave__families", "release__wave__public_key")  # fmt: skip


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """A playback that waits to be published; it is overdue on the day after its last."""

    id: int
    title: str
    wave_title: str
    audience: str
    owner_name: str
    due_date: date
    is_overdue: bool


def open_drafts(*, user: User | None, today: date) -> tuple[OpenDraft, ...]:
    """Return the drafts that somebody owns (None: everybody's), the first due first."""
    rows = all_playbacks().filter(state=PlaybackState.DRAFT)
    if user is not None:
        rows = rows.filter(owner=user)
    return tuple(_tell_draft(row, today) for row in rows.order_by("due_date", "pk"))


def overdue_playbacks(*, today: date, audience: str) -> tuple[OpenDraft, ...]:
    """Return the drafts for an audience whose last day is over, the oldest first."""
    rows = all_playbacks().filter(state=PlaybackState.DRAFT, audience=audience, due_date__lt=today)
    return tuple(_tell_draft(row, today) for row in rows.order_by("due_date", "pk"))


def overdue_of(*, campaign_ids: Collection[int], today: date) -> tuple[OpenDraft, ...]:
    """Return the overdue drafts about some campaigns, the oldest first."""
    rows = all_playbacks().filter(
        release__wave__campaign__in=campaign_ids, state=PlaybackState.DRAFT, due_date__lt=today
    )
    return tuple(_tell_draft(row, today) for row in rows.order_by("due_date", "pk"))


def playback_of(*, wave_id: int) -> Playback | None:
    """Return where writing back about a wave stands: the draft due first, else what came last."""
    rows = all_playbacks().filter(release__wave=wave_id).order_by("state", "due_date", "pk")
    found = list(rows)
    drafts = [one for one in found if one.state == PlaybackState.DRAFT]
    return drafts[0] if drafts else (found[-1] if found else None)


def latest_playback(*, audience: str, team_ids: Collection[int] | None = None) -> Playback | None:
    """Return what was published last for an audience, of waves that asked about some teams."""
    rows = published_playbacks(audience=audience)
    if team_ids is not None:
        asked = GroupTeam.objects.filter(team__in=team_ids).values("group__wave")
        rows = rows.filter(release__wave__in=asked)
    return rows.first()


def published_playbacks(*, audience: str) -> QuerySet[Playback]:
    """Return what was published for an audience, the newest first."""
    rows = all_playbacks().filter(state=PlaybackState.PUBLISHED, audience=audience)
    return rows.order_by("-published_at", "-pk")


def all_playbacks() -> QuerySet[Playback]:
    """Return the playbacks of waves that were not withdrawn, with what names them."""
    rows = Playback.objects.filter(release__wave__withdrawn_at=None)
    return rows.select_related("release__wave__campaign", "owner").defer(*UNREAD)


def name_release(release: Release) -> str:
    """Return what the wave of a release is called, with its month where it has several."""
    name = title_of(release.wave)
    if release.month_start is None:
        return name
    return f"{name}, {period_name(release.month_start, Period.MONTH)}"


def _tell_draft(playback: Playback, today: date) -> OpenDraft:
    return OpenDraft(
        id=playback.pk,
        title=playback.title,
        wave_title=name_release(playback.release),
        audience=playback.audience,
        owner_name=playback.owner.name if playback.owner else "",
        due_date=playback.due_date,
        is_overdue=playback.due_date < today,
    )

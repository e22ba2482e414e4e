"""The page of one comment: its words, what was said about it, and what can be said."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from survey.aggregation.models import ReleasedComment
from survey.campaigns.models import GroupKind
from survey.dashboards.access import Reader
from survey.dashboards.talk.access import may_hide, may_talk
from survey.dashboards.team.words import NOTES
from survey.followup.conversations import LONGEST_MESSAGE, Said, read_talk
from survey.followup.models import Acknowledgement
from survey.questionnaires.models import Audience, PlaybackLeave

LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class Line:
    """One thing said, by whom and when."""

    text: str
    by: str
    by_writer: bool


@dataclass(frozen=True, slots=True)
class TalkPage:
    """All that the page says; what was typed and not taken stands there again.

    form_key is drawn with the page: what it sends twice counts once.
    """

    team_name: str
    back: str
    text: str
    note: str
    is_staff: bool
    lines: tuple[Line, ...]
    revealed_name: str
    is_closed: bool
    may_talk: bool
    may_hide: bool
    problem: str = ""
    problem_at: str = ""
    typed: str = ""
    typed_reason: str = ""
    longest: int = LONGEST_MESSAGE
    longest_reason: int = LONGEST_REASON
    form_key: UUID = field(default_factory=uuid4)

    @property
    def shorts(self) -> list[tuple[str, str]]:
        """Return what can be said with one press: its code and its words."""
        return [(kind.value, str(kind.label)) for kind in Acknowledgement]


def build_talk_page(
    *,
    reader: Reader,
    told: ReleasedComment,
    today: date,
    address: str,
    problem: str = "",
    problem_at: str = "",
    text: str = "",
    reason: str = "",
) -> TalkPage:
    """Gather the page of a comment that a reader may read."""
    talk = read_talk(comment=told.comment, today=today)
    return TalkPage(
        team_name=told.group.name,
        back=find_way_back(told, address),
        text=told.comment.text,
        note=str(NOTES[PlaybackLeave(told.comment.leave)]),
        is_staff=told.group.wave.campaign.audience == Audience.EMPLOYEE,
        lines=tuple(map(_lay_out, talk.said)),
        revealed_name=talk.revealed_name,
        is_closed=talk.is_closed,
        may_talk=may_talk(reader) and not talk.is_closed,
        may_hide=may_hide(reader, told),
        problem=problem,
        problem_at=problem_at,
        typed=text,
        typed_reason=reason,
    )


def find_way_back(told: ReleasedComment, address: str = "") -> str:
    """Return where a comment is read among others: words of a whole part are on no team's page."""
    code = told.group.code
    if told.group.kind == GroupKind.NODE:
        return f"{reverse('dashboards:words')}?{urlencode({'of': code})}"
    return reverse("dashboards:team-words", args=[code]) + address


def _lay_out(said: Said) -> Line:
    day = date_format(said.day, pgettext("how a day is written, in Django's letters", "j F Y"))
    words = (
        _("Whoever wrote it, shown from %(day)s on") if said.by_writer else _("%(name)s, %(day)s")
    )
    return Line(said.text, words % {"name": said.signed, "day": day}, said.by_writer)

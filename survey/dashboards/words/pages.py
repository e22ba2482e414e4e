"""The pages of words: what may be read of every survey, and what was hidden."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from survey.aggregation.models import ReleasedComment
from survey.aggregation.periods import find_period
from survey.campaigns.models import GroupKind
from survey.core.periods import Period, period_name
from survey.dashboards.access import Reader
from survey.dashboards.filters import Filter, build_filter, choose
from survey.dashboards.ordering import natural
from survey.dashboards.promises.access import MAY_PROMISE
from survey.dashboards.team.words import NOTES
from survey.dashboards.words.reading import MAY_HIDE, hidden_comments, readable_comments
from survey.followup.conversations import waiting_comments
from survey.questionnaires.models import Audience, PlaybackLeave

PER_PAGE = 20
ALL, WAITING = "", "waiting"


@dataclass(frozen=True, slots=True)
class Written:
    """Somebody's words, where they were said, and what may be done with them."""

    comment_id: UUID
    text: str
    is_staff: bool
    note: str
    home: str
    home_code: str
    survey: str
    may_be_told: bool


@dataclass(frozen=True, slots=True)
class WordsPage:
    """A page of the words that were looked for."""

    filters: tuple[Filter, ...]
    found: Page[ReleasedComment]
    rows: tuple[Written, ...]
    has_any: bool
    may_tell: bool
    may_see_hidden: bool


@dataclass(frozen=True, slots=True)
class Hidden:
    """Words out of sight: by whom, on which day and why."""

    written: Written
    by_name: str
    day: date
    reason: str


@dataclass(frozen=True, slots=True)
class HiddenPage:
    """A page of the words that were hidden, the last first."""

    found: Page[ReleasedComment]
    rows: tuple[Hidden, ...]
    may_bring_back: bool


def build_words_page(*, reader: Reader, wanted: Mapping[str, str], today: date) -> WordsPage:
    """List what a reader may read of all surveys; an unknown wish raises UnknownChoiceError."""
    comments = readable_comments(reader)
    surveys, homes = _list_choices(comments)
    shown = {ALL: _("all"), WAITING: _("whose writer waits for a reply")}
    survey, home = choose(wanted.get("survey"), surveys), choose(wanted.get("of"), homes)
    show = choose(wanted.get("show"), shown)
    if survey != ALL:
        comments = comments.filter(release__wave__campaign__code=survey)
    if home != ALL:
        comments = comments.filter(group__code=home)
    if show == WAITING:
        comments = comments.filter(comment__in=waiting_comments(today=today))
    found = Paginator(comments.order_by("-release", "pk"), PER_PAGE).get_page(wanted.get("page"))
    return WordsPage(
        filters=(
            build_filter("survey", _("Survey"), surveys, survey),
            build_filter("of", _("Team or part"), homes, home),
            build_filter("show", _("Words"), shown, show),
        ),
        found=found,
        rows=tuple(map(tell_written, found.object_list)),
        has_any=len(homes) > 1,
        may_tell=reader.seen_as is None and not MAY_PROMISE.isdisjoint(reader.scope.roles),
        may_see_hidden=not MAY_HIDE.isdisjoint(reader.scope.roles),
    )


def build_hidden_page(*, reader: Reader, wanted: Mapping[str, str]) -> HiddenPage:
    """List what was hidden and a reader may see again."""
    found = Paginator(hidden_comments(reader), PER_PAGE).get_page(wanted.get("page"))
    return HiddenPage(
        found=found,
        rows=tuple(map(tell_hidden, found.object_list)),
        may_bring_back=reader.seen_as is None,
    )


def tell_hidden(told: ReleasedComment) -> Hidden:
    """Return hidden words with who hid them and why."""
    hidden = told.comment.hidden
    return Hidden(tell_written(told), hidden.by_name, hidden.hidden_date, hidden.reason)


def tell_written(told: ReleasedComment) -> Written:
    """Return released words as pages show them, with the survey and the month they came in."""
    campaign, leave = told.release.wave.campaign, PlaybackLeave(told.comment.leave)
    month = period_name(find_period(told.release, Period.MONTH), Period.MONTH)
    return Written(
        comment_id=told.comment_id,
        text=told.comment.text,
        is_staff=campaign.audience == Audience.EMPLOYEE,
        note=str(NOTES[leave]),
        home=_name_home(told.group.name, told.group.kind),
        home_code=told.group.code,
        survey=f"{campaign.name}, {month}",
        may_be_told=leave != PlaybackLeave.NONE,
    )


def _list_choices(comments: QuerySet[ReleasedComment]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the surveys and the homes that some comments have, by name."""
    campaign = "release__wave__campaign"
    fields = (f"{campaign}__code", f"{campaign}__name", "group__code", "group__name", "group__kind")
    rows = list(comments.order_by().values_list(*fields).distinct())
    surveys = {row[0]: row[1] for row in rows}
    homes = {row[2]: _name_home(row[3], row[4]) for row in rows}
    return _sort(surveys), _sort(homes)


def _sort(names: Mapping[str, str]) -> dict[str, str]:
    return {ALL: _("all")} | dict(sorted(names.items(), key=lambda pair: natural(pair[1])))


def _name_home(name: str, kind: str) -> str:
    return _("%(part)s as a whole") % {"part": name} if kind == GroupKind.NODE else name

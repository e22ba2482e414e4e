"""What the monthly page says: composed when it goes, from what is released and waits then."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext, ngettext

from survey.accounts.selectors import get_scope
from survey.core.timestamps import local_date
from survey.followup.briefing import Brief
from survey.followup.commitments import PromiseCounts, count_commitments
from survey.followup.digests import read_news, stop_token, wants_digests
from survey.followup.models import Notice
from survey.followup.needs import Need, list_needs
from survey.letters.notices import NoticeFacts, Section
from survey.questionnaires.languages import speak

MOST_NEEDS = 8


def write_digest(notice: Notice, language: str, now: datetime) -> NoticeFacts | None:
    """Say what is new for a reader and what waits; None where they stopped it or lead no more."""
    user = notice.user
    if user is None or not user.is_active or not wants_digests(user=user):
        return None
    teams = get_scope(user=user).past_team_ids
    if not teams:
        return None
    with speak(language):
        return NoticeFacts(
            recipient_name=notice.delivery.recipient_name,
            url=f"{settings.BASE_URL}/",
            link_label=gettext("Open your page"),
            sections=(
                _tell_needs(list_needs(user=user, team_ids=teams, now=now)),
                *_tell_news(read_news(user=user, now=now)),
                *_tell_promises(count_commitments(today=local_date(now), team_ids=teams)),
            ),
            stop_url=f"{settings.BASE_URL}/digest/stop/{stop_token(user=user)}/",
            stop_label=gettext("Send me no more monthly pages"),
        )


def _tell_needs(needs: tuple[Need, ...]) -> Section:
    title = gettext("What needs you")
    if not needs:
        return Section(title, (gettext("Nothing. All is answered, and no promise is due."),))
    lines = [f"{need.title}. {need.detail}".strip() for need in needs[:MOST_NEEDS]]
    if len(needs) > MOST_NEEDS:
        more = gettext("And %(n)s more on your page.") % {"n": len(needs) - MOST_NEEDS}
        lines.append(more)
    return Section(title, tuple(lines))


def _tell_news(news: tuple[Brief, ...]) -> Iterator[Section]:
    """Tell new figures, a section for each part."""
    parts = dict.fromkeys(one.part for one in news)
    for part in parts:
        title = gettext("New figures of %(part)s") % {"part": part.name}
        yield Section(title, tuple(_tell_one(one) for one in news if one.part == part))


def _tell_one(brief: Brief) -> str:
    return f"{brief.survey}: {brief.sentence}"


def _tell_promises(counts: PromiseCounts) -> Iterator[Section]:
    if not (counts.kept or counts.open or counts.late):
        return
    said = gettext("%(kept)s kept, %(open)s open, %(late)s late.") % {
        "kept": counts.kept,
        "open": counts.open,
        "late": counts.late,
    }
    yield Section(gettext("Promises to your teams"), (said, *_tell_lateness(counts)))


def _tell_lateness(counts: PromiseCounts) -> Iterator[str]:
    """Tell what its new day or its end would hide, in the words of the pages."""
    if counts.was_late:
        moved = ngettext(
            "%(number)s of them was late and got another day.",
            "%(number)s of them were late and got another day.",
            counts.was_late,
        )
        yield moved % {"number": counts.was_late}
    if counts.kept_late:
        late = ngettext("%(n)s was kept late", "%(n)s were kept late", counts.kept_late)
        yield f"{late % {'n': counts.kept_late}}."

"""What the letters about commitments say."""

from datetime import date, datetime

from django.conf import settings
from django.utils.translation import gettext, ngettext

from survey.core.timestamps import local_date
from survey.followup.commitments import NEAR, days_late
from survey.followup.models import Commitment, CommitmentState, Notice
from survey.letters.notices import NoticeFacts
from survey.letters.phrases import say_date
from survey.questionnaires.languages import speak


def write_commitment_due(notice: Notice, language: str, now: datetime) -> NoticeFacts | None:
    """Say which promise is due or late; None where it stands no more, or its day was moved."""
    commitment, today = notice.commitment, local_date(now)
    if commitment is None or commitment.state != CommitmentState.PROMISED:
        return None
    if commitment.due_date is None or commitment.due_date > today + NEAR:
        return None
    with speak(language):
        return NoticeFacts(
            recipient_name=notice.delivery.recipient_name,
            url=f"{settings.BASE_URL}/dashboards/promises/{commitment.key}/",
            link_label=gettext("Say how it stands"),
            paragraphs=(
                _say_what(commitment, is_own=notice.user_id == commitment.who_id),
                _say_when(commitment, commitment.due_date, language, today),
                gettext(
                    "If it is done, say so. If it takes longer, say until when and why. If it "
                    "cannot be done, say that: people take a no with a reason better than silence."
                ),
            ),
        )


def _say_what(commitment: Commitment, *, is_own: bool) -> str:
    words = {"who": commitment.who_name, "what": commitment.what}
    if commitment.team is None:
        said = (
            gettext("You promised: “%(what)s”")
            if is_own
            else gettext("%(who)s promised: “%(what)s”")
        )
        return said % words
    words["team"] = commitment.team.name
    if is_own:
        return gettext("You promised %(team)s: “%(what)s”") % words
    return gettext("%(who)s promised %(team)s: “%(what)s”") % words


def _say_when(commitment: Commitment, due_date: date, language: str, today: date) -> str:
    day, late = say_date(due_date, language), days_late(commitment, today=today)
    if late:
        words = ngettext(
            "That was due on %(day)s, %(n)s day ago. Pages say now that it is late.",
            "That was due on %(day)s, %(n)s days ago. Pages say now that it is late.",
            late,
        )
        return words % {"day": day, "n": late}
    return gettext("That is due on %(day)s.") % {"day": day}

"""What the forms are prefilled with: dates, and a letter in the voice of whoever is logged in."""

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from survey.accounts.models import User
from survey.campaigns.models import Pairing
from survey.questionnaires.models import Audience

CLOSES = time(17, 0)
DAYS_OPEN = {Audience.EMPLOYEE: 10, Audience.CUSTOMER: 90}
TEMPLATES = {Audience.EMPLOYEE: "pulse", Audience.CUSTOMER: "treatment"}

SUBJECTS = {
    Audience.EMPLOYEE: _("How does work feel to you?"),
    Audience.CUSTOMER: _("How did we treat you?"),
}
BODIES = {
    Audience.EMPLOYEE: _(
        "I would like to know how work feels to you: whether you are treated fairly, whether you "
        "are seen, and whether your word counts.\n\n"
        "Please answer as it is; a friendly answer that is not true helps nobody."
    ),
    Audience.CUSTOMER: _(
        "You were with us, and I would like to know how we treated you.\n\n"
        "I write about this visit once and not again."
    ),
}


def first_letter(*, user: User, audience: str, role: str, language: str = "en") -> dict[str, Any]:
    """Return a letter to start from, in some language, signed by the user."""
    asked = Audience(audience)
    with translation.override(language):
        subject, body = str(SUBJECTS[asked]), str(BODIES[asked])
    return {
        "subject": subject,
        "body": body,
        "signer_name": user.name,
        "signer_role": role,
        "reply_to": user.email,
    }


def first_window(*, audience: str, now: datetime) -> dict[str, datetime]:
    """Return when a wave that is launched now would open and close."""
    today = timezone.localtime(now)
    last_day = today.date() + timedelta(days=DAYS_OPEN[Audience(audience)])
    closes_at = datetime.combine(last_day, CLOSES, tzinfo=today.tzinfo)
    return {"opens_at": today.replace(second=0, microsecond=0), "closes_at": closes_at}


def say_compared(pairing: Pairing) -> str:
    """Return what becomes of two campaigns that are compared."""
    return gettext(
        "%(pairing)s: compared by %(period)s; closed waves are compared within a minute."
    ) % {
        "pairing": pairing,
        "period": pairing.get_period_display(),
    }

"""What the forms are prefilled with: dates, and a letter in the voice of whoever is logged in."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from survey.accounts.models import User
from survey.campaigns.models import Pairing
from survey.questionnaires.models import Audience

CLOSES = time(17, 0)
DAYS_OPEN = {Audience.EMPLOYEE: 10, Audience.COLLEAGUE: 10, Audience.CUSTOMER: 90}
TEMPLATES = {
    Audience.EMPLOYEE: "pulse",
    Audience.COLLEAGUE: "colleagues",
    Audience.CUSTOMER: "treatment",
}

SUBJECTS = {
    Audience.EMPLOYEE: _("How does work feel to you?"),
    Audience.COLLEAGUE: _("How do other teams treat yours?"),
    Audience.CUSTOMER: _("How did we treat you?"),
}
HOW_IT_WAS = _("How was it with us?")
BODIES = {
    Audience.EMPLOYEE: _(
        "I would like to know how work feels to you.\n\n"
        "Please answer as it is; a friendly answer that is not true helps nobody."
    ),
    Audience.COLLEAGUE: _(
        "Other teams do work that your team depends on. I would like to know how they treat you."
        "\n\nPlease answer as it is; a friendly answer that is not true helps nobody."
    ),
    Audience.CUSTOMER: _(
        "You were with us, and I would like to know how it was for you.\n\n"
        "I write about this visit once and not again."
    ),
}
BODIES_NAMING = {
    Audience.EMPLOYEE: _(
        "I would like to know how work feels to you: %(asked)s.\n\n"
        "Please answer as it is; a friendly answer that is not true helps nobody."
    ),
    Audience.CUSTOMER: _(
        "You were with us, and I would like to know %(asked)s.\n\n"
        "I write about this visit once and not again."
    ),
}
BODIES_NAMING_SOME = {
    Audience.EMPLOYEE: _(
        "I would like to know how work feels to you, among other things %(asked)s.\n\n"
        "Please answer as it is; a friendly answer that is not true helps nobody."
    ),
    Audience.CUSTOMER: _(
        "You were with us, and I would like to know, among other things, %(asked)s.\n\n"
        "I write about this visit once and not again."
    ),
}
ASKED = {  # by construct; a construct of somebody's own is not named
    Audience.EMPLOYEE: {
        "fairness": _("whether you are treated fairly"),
        "passion": _("whether you can put your heart into your work"),
        "seen": _("whether you are seen and your word counts"),
        "balance": _("whether work leaves room for the rest of your life"),
        "execution": _("whether those who lead do what they say"),
        "internal_service": _("how other teams treat yours"),
        "customer_view": _("how our customers fare with us, as you see it"),
    },
    Audience.COLLEAGUE: {},  # one thing alone, which the letter says in any case
    Audience.CUSTOMER: {
        "treatment": _("how we treated you"),
        "ease": _("how easy it was for you"),
        "satisfaction": _("whether you were content"),
    },
}
MOST_NAMED = 3


def first_letter(
    *, user: User, audience: str, role: str, language: str = "en", constructs: Sequence[str] = ()
) -> dict[str, Any]:
    """Return a letter to start from, in some language, signed by the user.

    It names what is asked about, of the constructs that are asked, in their order.
    """
    asked = Audience(audience)
    with translation.override(language):
        subject, body = str(_subject(asked, constructs)), _body(asked, constructs)
    return {
        "subject": subject,
        "body": body,
        "signer_name": user.name,
        "signer_role": role,
        "reply_to": user.email,
    }


def _subject(audience: Audience, constructs: Sequence[str]) -> Promise:
    is_of_something_else = audience == Audience.CUSTOMER and "treatment" not in constructs
    return HOW_IT_WAS if is_of_something_else else SUBJECTS[audience]


def _body(audience: Audience, constructs: Sequence[str]) -> str:
    named = [str(ASKED[audience][code]) for code in constructs if code in ASKED[audience]]
    if not named:
        return str(BODIES[audience])
    bodies = BODIES_NAMING if len(named) <= MOST_NAMED else BODIES_NAMING_SOME
    return bodies[audience] % {"asked": get_text_list(named[:MOST_NAMED], gettext("and"))}


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

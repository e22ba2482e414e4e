"""Where a wave's invitations are on their way, and what to do about those that did not arrive.

Invitations only: reminders go to unused links, so their fate would tell who has not answered.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from survey.campaigns.mishaps import say_reason
from survey.campaigns.models import Invitation, Wave
from survey.letters.outcomes import ADDRESS_REFUSED, CANNOT_BE_WRITTEN_TO
from survey.letters.postponing import SNOOZED
from survey.letters.states import DeliveryState

ON_THE_WAY = (DeliveryState.QUEUED, DeliveryState.SENDING)
TROUBLED = (DeliveryState.BOUNCED, DeliveryState.FAILED)
WRONG_ADDRESS = (ADDRESS_REFUSED, CANNOT_BE_WRITTEN_TO)
NOT_TROUBLE = {  # wanted so
    "stopped": _("They asked for no more letters. Leave it at that."),
    "closed": _("The wave had closed before it was their turn."),
    SNOOZED: _("They want a rest until after the close. Leave it at that."),
}
ADVICE = (
    (
        WRONG_ADDRESS,
        _(
            "Ask for the right address and correct it where it comes from, for the next wave; or "
            "hand out a printed code."
        ),
    ),
    (
        ("blocked", "refused", "not sent"),
        _(
            "Ask whoever runs the mail server to let letters from here through; or hand out a "
            "printed code."
        ),
    ),
    (
        ("perhaps sent", "lost", "cut short"),
        _("The letter may have arrived. Ask, or hand out a printed code."),
    ),
    (("",), _("The mail server took no letter for a day. Ask whoever runs it.")),
)


@dataclass(frozen=True, slots=True)
class StateCounts:
    """How many letters of a wave are where; no_letter counts those who could be sent none."""

    queued: int
    sent: int
    bounced: int
    failed: int
    no_letter: int


@dataclass(frozen=True, slots=True)
class ProblemAddress:
    """A letter that did not arrive: to whom, why, and what to do."""

    name: str
    address: str
    reason: str
    advice: str


def count_states(*, wave: Wave) -> StateCounts:
    """Count a wave's invitations by where their letters are."""
    counted = Invitation.objects.filter(wave=wave).order_by().values_list("delivery__state")
    found: dict[str | None, int] = dict(counted.annotate(n=Count("pk")))
    return StateCounts(
        queued=sum(found.get(state, 0) for state in ON_THE_WAY),
        sent=found.get(DeliveryState.SENT, 0),
        bounced=found.get(DeliveryState.BOUNCED, 0),
        failed=found.get(DeliveryState.FAILED, 0),
        no_letter=found.get(None, 0),
    )


def problem_addresses(*, wave: Wave, limit: int = 200) -> list[ProblemAddress]:
    """Return the invitations that did not arrive, by name, each with what to do."""
    return list(_problems(_troubled(wave).order_by("delivery__recipient_name", "pk")[:limit]))


def advise(reason: str) -> str:
    """Return what to do about letters that were not delivered for a reason."""
    if reason in NOT_TROUBLE:
        return str(NOT_TROUBLE[reason])
    return next(str(words) for beginnings, words in ADVICE if reason.startswith(beginnings))


def _troubled(wave: Wave) -> QuerySet[Invitation]:
    troubled = Invitation.objects.filter(wave=wave, delivery__state__in=TROUBLED)
    known = troubled.exclude(delivery__address="")  # those of old letters are forgotten
    return known.exclude(delivery__reason__in=NOT_TROUBLE).select_related("delivery")


def _problems(invitations: QuerySet[Invitation]) -> Iterator[ProblemAddress]:
    for invitation in invitations:
        delivery = invitation.delivery
        if delivery is not None:
            yield ProblemAddress(
                name=delivery.recipient_name,
                address=delivery.address,
                reason=say_reason(delivery.reason),
                advice=advise(delivery.reason),
            )

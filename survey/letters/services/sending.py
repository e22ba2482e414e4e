"""Send the letters that are due, each by one worker only, and write down what became of them."""

import logging
import time
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta

from celery.exceptions import SoftTimeLimitExceeded

from survey.letters.carriers import Carry, OpenCarrier, open_mail
from survey.letters.claiming import claim_due, give_back
from survey.letters.composing import ComposedLetter, Postponed
from survey.letters.models import ASKING, Delivery, DeliveryChannel, DeliveryKind
from survey.letters.outcomes import Fate, Outcome
from survey.letters.pacing import return_shares
from survey.letters.retrying import settle_abandoned, settle_surely
from survey.letters.selectors import stopped_addresses
from survey.letters.states import DeliveryState

RUN_SECONDS = 10  # and one slow letter more stay below the time limit; the next tick goes on
AT_ONCE = 10  # letters claimed together; as many are in doubt when a worker is killed
UNWRITABLE_WAIT = timedelta(minutes=5)

Written = Mapping[int, ComposedLetter | Postponed | None]
Compose = Callable[[Sequence[Delivery]], Written]

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SendReport:
    """How one run of sending went; waiting letters are tried again later."""

    sent: int
    failed: int
    waiting: int


def send_due_deliveries(
    *,
    compose: Compose,
    now: datetime,
    limit: int = 20_000,
    channel: str = DeliveryChannel.EMAIL,
    kinds: Collection[str] = ASKING,
    open_carrier: OpenCarrier = open_mail,
    read_clock: Callable[[], float] = time.monotonic,
    seconds: float = RUN_SECONDS,
) -> SendReport:
    """Send what is due of some kinds on one channel, over one connection.

    `compose` writes the letters. One for which it says None is not wanted any more and fails as
    closed; one it leaves out cannot be written now and waits, as long as it says where it says so.
    When the server is in trouble, or its seconds are over by `read_clock`, the run ends and the
    rest waits.
    """
    settle_abandoned(now=now)
    with ExitStack() as stack:
        ends_at = read_clock() + seconds
        run = _Run(compose, now, read_clock, ends_at, lambda: stack.enter_context(open_carrier()))
        left = limit
        while left > 0 and not run.is_over:
            claimed = claim_due(channel=channel, now=now, size=min(left, AT_ONCE), kinds=kinds)
            if not claimed:
                break
            left -= len(claimed)
            run.send(claimed)
    return run.report()


class _Run:
    """One run: opens the way out for its first letter, and counts what became of all."""

    def __init__(
        self,
        compose: Compose,
        now: datetime,
        read_clock: Callable[[], float],
        ends_at: float,
        open_carrier: Callable[[], Carry | None],
    ) -> None:
        self.is_over = False
        self._compose = compose
        self._now = now
        self._read_clock = read_clock
        self._ends_at = ends_at
        self._open_carrier = open_carrier
        self._carry: Carry | None = None
        self._states: Counter[str] = Counter()
        self._n_claimed = 0

    def send(self, claimed: Sequence[Delivery]) -> None:
        """Send claimed letters; whatever happens, those that nobody tried are given back."""
        self._n_claimed += len(claimed)
        untried = {delivery.pk: delivery for delivery in claimed}
        tried: list[tuple[Delivery, Outcome]] = []
        try:
            for delivery, composed in self._drop_unwanted(claimed, untried):
                carry = self._way_out()
                if carry is None:
                    break
                del untried[delivery.pk]
                tried.append((delivery, self._send_one(carry, delivery, composed)))
        finally:
            self._states += settle_surely(tried, now=self._now)
            give_back(untried.values())
            return_shares(untried.values(), now=self._now)

    def report(self) -> SendReport:
        """Return how the run went."""
        sent, failed = self._states[DeliveryState.SENT], self._states[DeliveryState.FAILED]
        return SendReport(sent=sent, failed=failed, waiting=self._n_claimed - sent - failed)

    def _drop_unwanted(
        self, claimed: Sequence[Delivery], untried: dict[int, Delivery]
    ) -> list[tuple[Delivery, ComposedLetter]]:
        """Return the letters to send with their words, and take all others out of the untried.

        Whoever wants no more letters still gets those that their work needs or that they asked for.
        """
        written = self._compose(claimed)
        stopped = stopped_addresses(addresses=[delivery.address for delivery in claimed])
        wanted = []
        for delivery in claimed:
            composed = written.get(delivery.pk, Postponed(self._now + UNWRITABLE_WAIT))
            if delivery.address in stopped and delivery.kind != DeliveryKind.NOTICE:
                self._fail(untried.pop(delivery.pk), "stopped")
            elif composed is None:
                self._fail(untried.pop(delivery.pk), "closed")
            elif isinstance(composed, Postponed):
                give_back([untried.pop(delivery.pk)], due_at=composed.until)
            else:
                wanted.append((delivery, composed))
        going = {delivery.pk for delivery, _ in wanted}
        return_shares([row for row in claimed if row.pk not in going], now=self._now)
        return wanted

    def _fail(self, delivery: Delivery, reason: str) -> None:
        give_back([delivery], state=DeliveryState.FAILED, reason=reason)
        self._states[DeliveryState.FAILED] += 1

    def _way_out(self) -> Carry | None:
        """Return what carries the next letter; None when the run is over."""
        if self._carry is None and not self.is_over:
            self._carry = self._open_carrier()
        if self._carry is None or self._read_clock() >= self._ends_at:
            self.is_over = True
        return None if self.is_over else self._carry

    def _send_one(self, carry: Carry, delivery: Delivery, composed: ComposedLetter) -> Outcome:
        """Send one letter; where the time limit strikes, nobody knows what became of it."""
        try:
            outcome = carry(delivery, composed)
        except SoftTimeLimitExceeded:
            outcome = Outcome(Fate.UNKNOWN, "cut short", ends_run=True)
        if outcome.ends_run:
            self.is_over = True
            logger.warning("Letters wait: the mail server is in trouble (%s)", outcome.reason)
        return outcome

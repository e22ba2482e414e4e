"""Give invited customers their links, so that nothing joins a link to a customer.

Credentials are made in lots ahead of need, in random order. A customer's invitation takes over the
random key of an unused one; only the holder of the link key can tell which.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import Count, QuerySet

from survey.campaigns.keys import read_link_key
from survey.campaigns.links import answer_token, stop_token
from survey.campaigns.models import Channel, Credential, Group, Invitation, Wave
from survey.campaigns.services.letters import queue_invitations
from survey.core.stages import run_each
from survey.core.tokens import derive_token, digest_token
from survey.questionnaires.models import Audience

LOT = 20
INVITATIONS_AT_ONCE = 1000
system_random = random.SystemRandom()


def admit_due_customers(*, now: datetime) -> int:
    """Admit the customers who wait for their link in open waves; return how many."""
    waiting = Invitation.objects.filter(is_admitted=False).values("wave")
    waves = Wave.objects.open_at(now).filter(
        pk__in=waiting, channel=Channel.PERSONAL, campaign__audience=Audience.CUSTOMER
    )
    waiting_waves = waves.order_by("pk").values_list("pk", flat=True)
    return run_each(waiting_waves, partial(_admit_lot, now=now), name="Admitting to wave")


def _admit_lot(wave_id: int, now: datetime) -> int:
    """Make sure of enough credentials first, in a transaction that touches no invitation."""
    _make_stock(wave_id, now)
    return _admit(wave_id, now)


@transaction.atomic
def _make_stock(wave_id: int, now: datetime) -> None:
    """Make a lot of credentials for each group that has fewer left than customers waiting."""
    wave = _hold(wave_id, now)
    if wave is None:
        return
    link_key = read_link_key(wave=wave)
    waiting = Counter(_waiting(wave).values_list("group_id", flat=True))
    digests: list[tuple[int, str]] = []
    for group in Group.objects.filter(pk__in=waiting):
        made, taken = _count_credentials(group)
        if made - taken < waiting[group.pk]:
            lot = range(made, made + waiting[group.pk] + LOT)
            keys = (stock_key(link_key=link_key, group_id=group.pk, number=n) for n in lot)
            digests += [(group.pk, _digest(link_key, key)) for key in keys]
    system_random.shuffle(digests)
    Credential.objects.bulk_create(
        Credential(wave_id=wave_id, group_id=group_id, digest=digest)
        for group_id, digest in digests
    )


@transaction.atomic
def _admit(wave_id: int, now: datetime) -> int:
    """Hand unused keys to those who wait, in random order, and queue their letters."""
    wave = _hold(wave_id, now)
    if wave is None:
        return 0
    by_group: dict[int, list[Invitation]] = defaultdict(list)
    for invitation in _waiting(wave).select_related("customer", "interaction")[
        :INVITATIONS_AT_ONCE
    ]:
        by_group[invitation.group_id].append(invitation)
    admitted: list[Invitation] = []
    for group in Group.objects.filter(pk__in=by_group):
        admitted += _hand_out_keys(wave, group, by_group[group.pk])
    system_random.shuffle(admitted)
    Invitation.objects.bulk_update(admitted, ["key", "stop_digest", "is_admitted"])
    queue_invitations(wave=wave, invitations=admitted, now=now)
    _count_invited(wave)
    return len(admitted)


def _hand_out_keys(wave: Wave, group: Group, invitations: Sequence[Invitation]) -> list[Invitation]:
    link_key = read_link_key(wave=wave)
    made, _ = _count_credentials(group)
    taken = set(_admitted(group).values_list("key", flat=True))
    stock = (stock_key(link_key=link_key, group_id=group.pk, number=n) for n in range(made))
    free = [key for key in stock if key not in taken]
    served = list(invitations)[: len(free)]
    for invitation, key in zip(served, system_random.sample(free, len(served)), strict=True):
        token = answer_token(link_key=link_key, invitation_key=key)
        invitation.key = key
        invitation.stop_digest = digest_token(stop_token(token=token))
        invitation.is_admitted = True
    return served


def stock_key(*, link_key: bytes, group_id: int, number: int) -> UUID:
    """Return the random key of a group's n-th link, which only the link key can tell."""
    token = derive_token(link_key, str(group_id), str(number), "stock")
    return UUID(digest_token(token)[:32], version=4)


def _digest(link_key: bytes, key: UUID) -> str:
    return digest_token(answer_token(link_key=link_key, invitation_key=key))


def _hold(wave_id: int, now: datetime) -> Wave | None:
    """Return the wave if it is open, held so that nobody closes or seals it meanwhile."""
    waves = Wave.objects.open_at(now).select_related(
        "campaign__letter", "campaign__customer_rules", "letter"
    )
    return waves.select_for_update(no_key=True, of=("self",)).filter(pk=wave_id).first()


def _waiting(wave: Wave) -> QuerySet[Invitation]:
    return Invitation.objects.filter(wave=wave, is_admitted=False).order_by("pk")


def _admitted(group: Group) -> QuerySet[Invitation]:
    return Invitation.objects.filter(group=group, is_admitted=True)


def _count_credentials(group: Group) -> tuple[int, int]:
    """Return how many credentials a group has, and how many of them somebody holds."""
    return Credential.objects.filter(group=group).count(), _admitted(group).count()


def _count_invited(wave: Wave) -> None:
    """Count anew how many are invited in each group, with everybody below it."""
    groups = {group.pk: group for group in Group.objects.filter(wave=wave)}
    invited = wave.invitations.order_by().values_list("group").annotate(n=Count("pk"))
    totals: Counter[int] = Counter()
    for group_id, n in invited:
        node: int | None = group_id
        while node is not None:
            totals[node] += n
            node = groups[node].parent_id
    changed = [group for group in groups.values() if group.n_invited != totals[group.pk]]
    for group in changed:
        group.n_invited = totals[group.pk]
    Group.objects.bulk_update(changed, ["n_invited"])
    Wave.objects.filter(pk=wave.pk).update(n_invited=wave.invitations.count())

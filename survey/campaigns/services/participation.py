"""Count once a day how many links of each group have been used."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import Count

from survey.campaigns.joint_shares import choose_told
from survey.campaigns.models import Channel, Credential, Group, GroupKind, Wave
from survey.campaigns.participation import ParticipationRow, coarsest_step, say_share, shown_groups
from survey.campaigns.rosters import asks_colleagues, asks_people, fewest_links
from survey.core.stages import run_each
from survey.core.timestamps import local_date


def refresh_due_participation(*, now: datetime) -> int:
    """Renew the participation of open waves that were not counted today; return how many."""
    today = local_date(now).isoformat()
    open_waves = Wave.objects.open_at(now).filter(channel=Channel.PERSONAL).order_by("pk")
    due = [wave.pk for wave in open_waves if wave.participation.get("date") != today]
    return run_each(due, partial(_refresh, now=now), name="Participation of wave")


def _refresh(wave_id: int, now: datetime) -> bool:
    refresh_participation(wave=Wave.objects.get(pk=wave_id), now=now)
    return True


@transaction.atomic
def refresh_participation(*, wave: Wave, now: datetime) -> None:
    """Count the used links of a wave and store what may be told of them.

    The wave is held, and left as it is once its links are gone with the seal or a withdrawal.
    """
    countable = Wave.objects.launched().filter(sealed_at__isnull=True, channel=Channel.PERSONAL)
    if countable.select_for_update(no_key=True).filter(pk=wave.pk).first() is None:
        return
    rows = _rows(wave)
    today = local_date(now).isoformat()
    stored = {
        "date": today,
        "rows": [asdict(row) for row in rows],
        "days": _with_day(wave, today, rows),
    }
    Wave.objects.filter(pk=wave.pk).update(participation=stored)
    wave.participation = stored


def _with_day(
    wave: Wave, today: str, rows: Sequence[ParticipationRow]
) -> list[dict[str, str | dict[str, str]]]:
    """Return what was shown on each day so far, and is shown today: nothing finer is ever kept.

    Customers' waves run for months and over many teams: of them the whole is kept alone.
    """
    earlier = [day for day in wave.participation.get("days", ()) if day["date"] != today]
    kept = rows if asks_people(wave=wave) else rows[:1]
    return [*earlier, {"date": today, "shares": {row.code: row.share for row in kept}}]


def _rows(wave: Wave) -> list[ParticipationRow]:
    if asks_colleagues(wave=wave):
        return _all_ratings(wave)
    groups = {group.pk: group for group in Group.objects.filter(wave=wave)}
    parents = {pk: group.parent_id for pk, group in groups.items()}
    invited, answered = _counts(wave, list(groups))
    everybody = _with_everybody_below(invited, parents)
    spent = _with_everybody_below(answered, parents)
    may_be_told = shown_groups(parents=parents, invited=invited, k=wave.threshold)
    shown = choose_told(
        shown=may_be_told, parents=parents, invited=everybody, answered=spent, k=wave.threshold
    )
    step = coarsest_step(invited=[everybody[pk] for pk in shown], k=wave.threshold)
    rows = [
        ParticipationRow(
            code=groups[pk].code,
            name=groups[pk].name,
            kind=groups[pk].kind,
            depth=len(_ancestors(pk, parents)),
            n_invited=everybody[pk],
            share=say_share(n_answered=spent[pk], n_invited=everybody[pk], step=step),
        )
        for pk in shown
    ]
    return sorted(rows, key=lambda row: (row.depth, row.name, row.code))


def _all_ratings(wave: Wave) -> list[ParticipationRow]:
    """Return how many ratings of all were given: of serving teams the same people would count.

    One person gives several at once, so all that is asked of k people is asked of as many ratings
    as k people may give.
    """
    credentials = Credential.objects.filter(wave=wave)
    n_asked, n_given = credentials.count(), credentials.filter(is_spent=True).count()
    scope, k = wave.campaign.scope, fewest_links(wave=wave)
    if not shown_groups(parents={scope.pk: None}, invited={scope.pk: n_asked}, k=k):
        return []
    step = coarsest_step(invited=[n_asked], k=k)
    share = say_share(n_answered=n_given, n_invited=n_asked, step=step)
    whole = GroupKind.NODE.value
    return [ParticipationRow(scope.code, scope.name, whole, 0, n_asked, share)]


def _counts(wave: Wave, groups: list[int]) -> tuple[dict[int, int], dict[int, int]]:
    """Return how many were asked and how many answered directly in each group."""
    asked = dict(
        wave.invitations.filter(is_admitted=True).values_list("group").annotate(n=Count("pk"))
    )
    spent = Credential.objects.filter(wave=wave, is_spent=True)
    answered = dict(spent.values_list("group").annotate(n=Count("pk")))
    return {pk: asked.get(pk, 0) for pk in groups}, {pk: answered.get(pk, 0) for pk in groups}


def _with_everybody_below(direct: dict[int, int], parents: dict[int, int | None]) -> dict[int, int]:
    totals: dict[int, int] = defaultdict(int)
    for pk, n in direct.items():
        for node in (pk, *_ancestors(pk, parents)):
            totals[node] += n
    return totals


def _ancestors(pk: int, parents: dict[int, int | None]) -> list[int]:
    found = []
    above = parents[pk]
    while above is not None:
        found.append(above)
        above = parents[above]
    return found

"""Who takes calls on which days, and within how many hours people are called back."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction

from survey.accounts.models import User
from survey.followup.callbacks import NotATakerError
from survey.followup.calling import list_takers
from survey.followup.models import CallbackRule, Duty
from survey.organization.models import Team
from survey.questionnaires.models import Audience

MOST_HOURS = 24 * 30


@transaction.atomic
def add_duty(
    *, team: Team | None, user: User, weekdays: Sequence[int], active_from: date,
    last_day: date | None = None,
) -> Duty:  # fmt: skip
    """Put somebody on duty for a team and all below it, or for everybody."""
    takers = list_takers(audience=Audience.CUSTOMER, team_id=team.pk if team else None)
    if user not in takers:
        raise NotATakerError
    return Duty.objects.create(
        team=team,
        user=user,
        weekdays=sorted(set(weekdays)),
        active_from=active_from,
        last_day=last_day,
    )


@transaction.atomic
def end_duty(*, duty_id: int, today: date) -> None:
    """End a duty with yesterday, or delete one that has not begun; calls stay with their owners."""
    duty = Duty.objects.select_for_update().filter(pk=duty_id).first()
    if duty is None:
        return
    if duty.active_from >= today:
        duty.delete()
        return
    duty.last_day = today - timedelta(days=1)
    duty.save(update_fields=["last_day"])


@transaction.atomic
def set_callback_rule(
    *, audience: str, answer_within_hours: int, remind_before_hours: int, counts_weekends: bool
) -> None:
    """Say within how many hours people are called back, from the next wish on."""
    CallbackRule.objects.update_or_create(
        audience=audience,
        defaults={
            "answer_within_hours": answer_within_hours,
            "remind_before_hours": remind_before_hours,
            "counts_weekends": counts_weekends,
        },
    )

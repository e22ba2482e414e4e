"""Promises that were made through the services."""

from datetime import date, datetime, timedelta
from typing import Any

from survey.accounts.models import User
from survey.followup.models import Commitment
from survey.followup.promising import Wording, make_commitment, refuse_wish
from survey.organization.models import Team
from survey.questionnaires.models import Audience

WEEK = timedelta(days=7)


def promise(
    by: User,
    now: datetime,
    *,
    what: str = "Rotas go up two weeks ahead",
    due_date: date | None = None,
    who: User | None = None,
    team: Team | None = None,
    audience: str = Audience.EMPLOYEE,
    **more: Any,
) -> Commitment:
    """Promise something in a week, in somebody's name."""
    return make_commitment(
        wording=Wording(audience, what, team=team, **more),
        who_name=(who or by).name,
        who=who or by,
        due_date=due_date or (now + WEEK).date(),
        by=by,
        now=now,
    )


def refuse(by: User, now: datetime, *, what: str = "Open on Sundays", **more: Any) -> Commitment:
    """Say no, with a reason."""
    wording = Wording(more.pop("audience", Audience.EMPLOYEE), what, **more)
    because = "It needs four more people."
    return refuse_wish(wording=wording, because=because, who_name=by.name, who=by, by=by, now=now)

"""Callbacks to test with."""

from datetime import datetime
from uuid import uuid4

from survey.followup.callbacks import Place, Wish, ask_callback
from survey.followup.models import Callback
from survey.organization.models import Team
from survey.questionnaires.models import Audience

WISH = Wish(
    "Nia Brandt",
    email="nia@example.org",
    best_time="after five",
    words="The bread was stale",
)


def ask(
    *,
    now: datetime,
    team: Team | None = None,
    audience: str = Audience.CUSTOMER,
    wish: Wish = WISH,
    language: str = "en",
) -> Callback:
    """Ask for a call."""
    place = Place(audience, team.pk if team else None, language)
    return ask_callback(wish=wish, place=place, form_key=uuid4(), now=now)

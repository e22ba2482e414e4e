"""A company whose customers are being asked, and machines that say who was served."""

import json
from datetime import datetime, timedelta
from typing import Any

from django.test import Client

from survey.accounts.models import User
from survey.accounts.services import create_api_token
from survey.campaigns.models import Wave
from survey.campaigns.services import create_campaign, draft_wave, launch_wave
from survey.letters.services import create_letter
from survey.organization.models import Team
from survey.questionnaires.models import Audience
from tests.factories.questionnaires import ItemFactory, publish

URL = "/api/v1/interactions/"


def make_customer_wave(*, scope: Team, now: datetime) -> Wave:
    """Open a wave that asks the customers of some teams."""
    campaign = create_campaign(
        code="contacts",
        name="After a contact",
        audience=Audience.CUSTOMER,
        scope=scope,
        questionnaire=publish([ItemFactory()], code="treatment", audience=Audience.CUSTOMER),
        letter=create_letter(
            subject="How was it?",
            body="You were with us.",
            signer_name="Carmen Costa",
            reply_to="carmen@example.org",
        ),
    )
    opens_at = now - timedelta(days=1)
    wave = draft_wave(campaign=campaign, opens_at=opens_at, closes_at=now + timedelta(days=9))
    return launch_wave(wave_id=wave.pk, now=opens_at)


def make_body(now: datetime) -> dict[str, Any]:
    """Say that a customer was served by Bakery an hour ago."""
    return {
        "customer": {"id": "C-1", "name": "Casey", "email": "casey@example.com", "language": "en"},
        "team": "bakery",
        "occurred_at": (now - timedelta(hours=1)).isoformat(),
    }


class Machine:
    """A machine that holds a user's token."""

    def __init__(self, user: User, *, now: datetime) -> None:
        self.headers = {
            "Authorization": f"Token {create_api_token(user=user, name='till', now=now)}"
        }

    def post(self, body: object, *, key: str | None = "key-1", **options: Any) -> Any:
        """Post a body with an idempotency key."""
        headers = self.headers | ({} if key is None else {"Idempotency-Key": key})
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        options = {"content_type": "application/json"} | options
        return Client().generic("POST", URL, data, headers=headers, **options)

    def get(self, url: str) -> Any:
        """Ask for something."""
        return Client().get(url, headers=self.headers)


def errors_of(response: Any) -> list[tuple[str, str]]:
    """Return the fields and codes of a response in the one shape of errors."""
    errors = response.json()["errors"]
    assert all(set(error) == {"row", "field", "code", "message"} for error in errors)
    assert all(error["message"] for error in errors)
    return [(error["field"], error["code"]) for error in errors]

"""A machine that reads questionnaires and answers them dry, and a questionnaire with logic."""

import json
from datetime import datetime
from typing import Any

from django.test import Client

from survey.accounts.models import User
from survey.accounts.services import create_api_token
from survey.questionnaires.models import Audience, ItemKind, Questionnaire
from survey.questionnaires.services import create_questionnaire, publish_questionnaire
from tests.factories.questionnaires import ItemFactory, StoryFactory

URL = "/api/v1/questionnaires/"
PULSE = f"{URL}pulse/1/"


class Desk:
    """A machine that reads and tries questionnaires with a user's token."""

    def __init__(self, user: User, now: datetime) -> None:
        token = create_api_token(user=user, name="desk", now=now)
        self.headers = {"Authorization": f"Token {token}"}

    def ask(self, verb: str, url: str, body: object = b"") -> Any:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        return Client().generic(
            verb, url, data, headers=self.headers, content_type="application/json"
        )

    def get(self, url: str) -> Any:
        return self.ask("GET", url)

    def evaluate(self, url: str, body: object) -> Any:
        return self.ask("POST", f"{url}evaluate/", body)


def publish_pulse() -> Questionnaire:
    """Ask people why only where it is not good, and only the north about its place."""
    questionnaire = create_questionnaire(
        code="pulse",
        name="Pulse",
        audience=Audience.EMPLOYEE,
        items=[ItemFactory(code="fair"), _why(), ItemFactory(code="place"), StoryFactory(code="s")],
    )
    conditions = {
        "why": {"item": "fair", "op": "<", "value": 3},
        "place": {"attribute": "region", "op": "=", "value": "north"},
    }
    for place in questionnaire.questionnaire_items.select_related("item"):
        place.shown_when = conditions.get(place.item.code)
        place.is_required = place.item.code == "why"
        place.save()
    publish_questionnaire(questionnaire_id=questionnaire.pk)
    return questionnaire


def _why() -> Any:
    words = "You said {{item:fair}} of {{fact:team}}, {{fact:date}}. Why?"
    return ItemFactory(code="why", kind=ItemKind.LINE, options=[], texts={"en": words})

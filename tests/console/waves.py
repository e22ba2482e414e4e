"""A questionnaire bank and waves for the tests of the console."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from survey.accounts.models import User
from survey.campaigns.models import Wave
from survey.console.flows import LetterWords, start_wave
from survey.questionnaires.models import Audience, Questionnaire
from survey.questionnaires.selectors import forget_content
from survey.questionnaires.services import load_item_bank
from tests.cast import Organisation

WORDS = LetterWords("A minute, please", "How is work?", "Alice", "People team", "alice@example.org")


@pytest.fixture
def bank(db: None) -> Iterator[None]:
    load_item_bank()
    yield
    for questionnaire_id in Questionnaire.objects.values_list("pk", flat=True):
        forget_content(questionnaire_id=questionnaire_id)


@pytest.fixture
def hr(client: Client, alice: User) -> Client:
    client.force_login(alice)
    return client


@pytest.fixture
def present() -> datetime:
    """The moment at which a page is asked for: pages read the clock themselves."""
    return timezone.now()


@pytest.fixture
def draft(
    bank: None, organisation: Organisation, present: datetime, settings: Settings, tmp_path: Path
) -> Wave:
    settings.KEYS_DIR = tmp_path / "keys"
    return make_draft(organisation, present)


def make_draft(
    organisation: Organisation, now: datetime, audience: str = Audience.EMPLOYEE, **fields: object
) -> Wave:
    code = "pulse" if audience == Audience.EMPLOYEE else "treatment"
    values = {
        "scope_id": organisation.company.pk,
        "opens_at": now - timedelta(minutes=1),
        "closes_at": now + timedelta(days=7),
    } | fields
    return start_wave(
        audience=audience,
        questionnaire_id=Questionnaire.objects.get(code=code).pk,
        words=WORDS,
        **values,  # type: ignore[arg-type]
    )

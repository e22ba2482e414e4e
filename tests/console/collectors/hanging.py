"""A wave of open links, and what the form of a new one sends."""

from datetime import timedelta

import pytest
from django.utils import timezone

from survey.campaigns.models import Wave
from survey.questionnaires.models import Questionnaire
from tests.cast import Organisation
from tests.factories.collectors import make_links

HOME = "/console/collectors/"


@pytest.fixture
def hanging(db: None) -> Wave:
    """An open wave with a code for each of two shops."""
    return make_links(now=timezone.now() - timedelta(minutes=1))


def new_links(organisation: Organisation, **changes: str) -> dict[str, str]:
    """Return what the form sends that asks for codes in Food."""
    questionnaire = Questionnaire.objects.get(code="treatment")
    last_day = timezone.localdate() + timedelta(days=30)
    return {
        "scope": str(organisation.food.pk),
        "questionnaire": str(questionnaire.pk),
        "closes_date": last_day.isoformat(),
    } | changes

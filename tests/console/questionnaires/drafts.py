"""Drafts for the tests of the builder."""

from typing import Any

import pytest
from django.test import Client

from survey.accounts.models import Role
from survey.questionnaires.models import Item, Questionnaire
from survey.questionnaires.services import add_items, draft_questionnaire
from tests.cast import make_user

SIX = (
    "fair_overall_1",
    "fair_overall_2",
    "fair_respect_1",
    "fair_respect_2",
    "fair_telling_1",
    "fair_telling_2",
)


@pytest.fixture
def six_items(bank: None) -> Questionnaire:
    """A draft of six questions of the bank."""
    return make_draft()


@pytest.fixture
def customer_desk(client: Client, db: None) -> Client:
    """Customer experience."""
    client.force_login(make_user("carmen", Role.CX_MANAGER))
    return client


def make_draft(**changes: Any) -> Questionnaire:
    """Draft six questions of the bank for staff."""
    fields = {"name": "Six questions", "audience": "EMPLOYEE", "languages": ["en"]} | changes
    draft = draft_questionnaire(**fields)
    ids = {item.code: item.pk for item in Item.objects.filter(code__in=SIX).order_by("version")}
    add_items(questionnaire_id=draft.pk, item_ids=[ids[code] for code in SIX])
    return draft


def codes_of(draft: Questionnaire) -> list[str]:
    """Return what a draft asks, in order."""
    return list(draft.questionnaire_items.order_by("position").values_list("item__code", flat=True))

"""An open wave with links to it, made without its services."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from nacl.public import PrivateKey

from survey.campaigns.links import stop_token
from survey.campaigns.models import Campaign, Credential, Group, Invitation, Wave
from survey.campaigns.sizes import box_size
from survey.core.tokens import digest_token
from survey.letters.models import Letter
from survey.organization.models import Customer, Team
from survey.questionnaires.answers import longest_answer_bytes
from survey.questionnaires.families import as_json, build_families
from survey.questionnaires.models import Item, Questionnaire
from survey.questionnaires.selectors import get_content
from tests.factories.questionnaires import ItemFactory, StoryFactory, make_scale, publish

TOKEN = "t0ken-of-a-person_with-a-link"


@dataclass(frozen=True)
class Asked:
    """Everything behind one link."""

    token: str
    wave: Wave
    group: Group
    letter: Letter
    credential: Credential
    items: list[Item]

    @property
    def url(self) -> str:
        return f"/r/{self.token}/"

    def answers(self) -> dict[str, str]:
        """Return what a form sends when everything is answered."""
        return {
            self.items[0].code: "3",
            self.items[1].code: "10",
            self.items[2].code: "Warm bread",
            f"{self.items[2].code}.leave": "NO_NAMES",
        }


Ask = Callable[..., Asked]


def state_of(page: str) -> str:
    """Return what the form of a page carries to the next one."""
    found = re.search(r'name="form.state" value="([^"]+)"', page)
    assert found, "the form carries nothing"
    return found[1]


@pytest.fixture
def browser() -> Client:
    """A browser that would stumble over CSRF checks."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def ask(db: None) -> Ask:
    """Ask somebody: give them a link into an open wave."""
    return make_asked


@pytest.fixture
def asked(ask: Ask) -> Asked:
    """Somebody with a link into an open wave of employees."""
    return ask()


def make_asked(
    *, audience: str = "EMPLOYEE", kind: str = "TEAM", questionnaire: Any = None, **wave: Any
) -> Asked:
    """Make a wave that is open now, with one credential for TOKEN."""
    now = timezone.now()
    items = [] if questionnaire else _make_items()
    if questionnaire is None:
        questionnaire = publish(items, code="asked", audience=audience)
    letter = Letter.objects.create(
        subject="How is it here?",
        body="I read every figure myself.\n\nIt helps me to know.",
        signer_name="Ruth Anne Okafor",
        signer_role="who runs the bakery",
        reply_to="ruth@example.org",
    )
    team = Team.objects.create(code="bakery", name="Bakery")
    made = _make_wave(now, team, letter, questionnaire, {"audience": audience}, wave)
    group = Group.objects.create(wave=made, kind=kind, code="bakery", name="Bakery", n_invited=9)
    credential = Credential.objects.create(wave=made, group=group, digest=digest_token(TOKEN))
    Invitation.objects.create(
        wave=made,
        group=group,
        customer=Customer.objects.create(external_id="C1", name="Sam", email="sam@example.com"),
        stop_digest=digest_token(stop_token(token=TOKEN)),
    )
    return Asked(TOKEN, made, group, letter, credential, items)


def _make_items() -> list[Item]:
    fair = ItemFactory(code="fair")
    make_scale("fairness", [fair])
    rating = ItemFactory(
        code="recommend",
        kind="RATING",
        options=[
            {"value": 0, "score": 0, "texts": {"en": "not at all likely"}},
            {"value": 10, "score": 10, "texts": {"en": "extremely likely"}},
        ],
    )
    return [fair, rating, StoryFactory(code="story")]


def _make_wave(
    now: datetime,
    team: Team,
    letter: Letter,
    questionnaire: Questionnaire,
    campaign: dict[str, Any],
    changes: dict[str, Any],
) -> Wave:
    content = get_content(questionnaire_id=questionnaire.pk)
    fields = {
        "number": 1,
        "letter": letter,
        "questionnaire": questionnaire,
        "opens_at": now - timedelta(days=1),
        "closes_at": now + timedelta(days=7),
        "launched_at": now - timedelta(days=2),
        "opened_at": now - timedelta(days=1),
        "public_key": bytes(PrivateKey.generate().public_key),
        "box_size": box_size(longest=longest_answer_bytes(content=content)),
        "families": as_json(build_families(content=content)),
    }
    return Wave.objects.create(
        campaign=Campaign.objects.create(
            code="asking", name="Asking", scope=team, questionnaire=questionnaire, **campaign
        ),
        **fields | changes,
    )

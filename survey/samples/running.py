"""The present of the demo organisation: a pulse and a customer survey that are open now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from survey.campaigns.keys import read_link_key
from survey.campaigns.links import answer_token, answer_url
from survey.campaigns.models import Campaign, Channel, Credential, Invitation, Wave
from survey.campaigns.selectors import content_of
from survey.campaigns.services import (
    CustomerData,
    admit_due_customers,
    create_campaign,
    draft_wave,
    launch_wave,
    open_due_waves,
    record_interaction,
    refresh_due_participation,
)
from survey.core.tokens import digest_token
from survey.organization.models import Team
from survey.questionnaires.answers import read_answers
from survey.questionnaires.content import ItemContent
from survey.questionnaires.models import Audience, ItemKind
from survey.responses.services import submit_response
from survey.samples.demo_letters import write_staff_letter
from survey.samples.demo_questionnaires import find_questionnaire
from survey.samples.organisation import FIRST_NAMES, LAST_NAMES, team_code, team_names
from survey.samples.tenure import tell_by_tenure

PULSE_OPENED, PULSE_LASTS = timedelta(days=2), timedelta(days=14)
CUSTOMERS_OPENED, CUSTOMERS_LAST = timedelta(days=12), timedelta(days=90)
ASKED = (Audience.EMPLOYEE, Audience.COLLEAGUE, Audience.CUSTOMER)
N_CUSTOMERS = 150
SHARE_ANSWERED = 0.55
STORIES = (
    "Your colleague noticed that I was in a hurry and carried everything to the car.",
    "I waited a while, but I was told honestly why, and that made it easy.",
    "They remembered what we had talked about last time.",
    "Nobody seemed to know who was in charge of my order.",
)


@dataclass(frozen=True, slots=True)
class OpenLinks:
    """Addresses under which a visitor can answer right now; empty where nothing is open."""

    employee: str
    colleague: str
    customer: str


def start_running_waves(*, region: Team, customers: Campaign, now: datetime, seed: int) -> None:
    """Open a pulse in one region and a customer wave everywhere, with some answers in both."""
    rng = np.random.default_rng(seed)
    pulse = _open_pulse(region, now)
    contacts = _open_customer_wave(customers, now)
    _meet_customers(now, rng)
    admit_due_customers(now=now)
    for wave in (pulse, contacts):
        _answer_some(wave, now, rng)
    refresh_due_participation(now=now)


def find_open_links(*, now: datetime) -> OpenLinks:
    """Return a link of each open wave of the demo that nobody has used yet."""
    return OpenLinks(*(_find_open_link(audience, now) for audience in ASKED))


def _open_pulse(region: Team, now: datetime) -> Wave:
    """Ask everybody of a region the eight questions of the short pulse."""
    opened = now - PULSE_OPENED
    campaign = create_campaign(
        code="region-pulse",
        name=f"{region.name}: short pulse",
        audience=Audience.EMPLOYEE,
        scope=region,
        questionnaire=find_questionnaire("pulse"),
        letter=write_staff_letter(),
    )
    tell_by_tenure(campaign)
    wave = draft_wave(campaign=campaign, opens_at=opened, closes_at=opened + PULSE_LASTS)
    launch_wave(wave_id=wave.pk, now=opened)
    open_due_waves(now=opened)
    return Wave.objects.get(pk=wave.pk)


def _open_customer_wave(campaign: Campaign, now: datetime) -> Wave:
    """Ask customers after every contact from twelve days ago on."""
    opened = now - CUSTOMERS_OPENED
    wave = draft_wave(campaign=campaign, opens_at=opened, closes_at=opened + CUSTOMERS_LAST)
    launch_wave(wave_id=wave.pk, now=opened)
    open_due_waves(now=opened)
    return Wave.objects.get(pk=wave.pk)


def _meet_customers(now: datetime, rng: np.random.Generator) -> None:
    """Report customers whom the first few teams of each region served lately."""
    busy = team_names()[::3]
    for number in range(N_CUSTOMERS):
        first, last = rng.choice(FIRST_NAMES), rng.choice(LAST_NAMES)
        occurred_at = now - CUSTOMERS_OPENED * float(rng.uniform(0.02, 0.98))
        record_interaction(
            idempotency_key=f"demo-{number}",
            request_digest="",
            customer=CustomerData(
                external_id=f"K{number:04}",
                name=f"{first} {last}",
                email=f"{first}.{last}.{number}@customers.example".lower(),
            ),
            team_code=team_code(*busy[number % len(busy)]),
            occurred_at=occurred_at,
            now=occurred_at,
        )


def _find_open_link(audience: str, now: datetime) -> str:
    waves = Wave.objects.open_at(now).filter(channel=Channel.PERSONAL, campaign__audience=audience)
    for wave in waves.order_by("pk"):
        unspent = Credential.objects.filter(wave=wave, is_spent=False)
        digests = set(unspent.values_list("digest", flat=True))
        for token in _tokens(wave):
            if digest_token(token) in digests:
                return answer_url(token=token)
    return ""


def _tokens(wave: Wave) -> list[str]:
    link_key = read_link_key(wave=wave)
    invited = Invitation.objects.filter(wave=wave, is_admitted=True).order_by("pk")
    return [
        answer_token(link_key=link_key, invitation_key=key)
        for key in invited.values_list("key", flat=True)
    ]


def _answer_some(wave: Wave, now: datetime, rng: np.random.Generator) -> None:
    """Answer about half of the links of a wave."""
    content = content_of(wave=wave)
    tokens = _tokens(wave)
    for token in tokens[: int(len(tokens) * SHARE_ANSWERED)]:
        posted = dict(_choose(content.items, rng))
        submit_response(token=token, answers=read_answers(content=content, posted=posted), now=now)


def _choose(
    items: tuple[ItemContent, ...], rng: np.random.Generator
) -> Iterator[tuple[str, object]]:
    """Yield an answer to every closed item, and now and then a story."""
    mood = rng.normal(0.7, 0.15)
    for item in items:
        if item.kind != ItemKind.TEXT:
            values = sorted(item.values)
            place = np.clip(rng.normal(mood, 0.2), 0, 0.999) * len(values)
            yield item.code, values[int(place)]
        elif rng.random() < 0.2 and item.asks_for_playback:
            yield item.code, str(rng.choice(STORIES))

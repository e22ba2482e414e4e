"""Campaigns and waves of a small organisation, ready to be launched, opened and closed."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from survey.campaigns.keys import key_files, read_link_key
from survey.campaigns.links import answer_token
from survey.campaigns.models import Campaign, Channel, Group, Invitation, Wave
from survey.campaigns.services import (
    create_campaign,
    draft_wave,
    launch_wave,
    open_due_waves,
)
from survey.organization.models import Membership, Person, Team
from survey.questionnaires.models import Audience, Questionnaire
from tests.factories.letters import LetterFactory
from tests.factories.questionnaires import ItemFactory, StoryFactory, make_scale, publish

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # a Monday
JOINED = date(2025, 1, 1)
TWO_WEEKS = timedelta(days=14)


def make_teams(parents: Mapping[str, str | None], people: Mapping[str, int]) -> dict[str, Team]:
    """Make teams by code, parents first, and so many people in each (no leaders)."""
    teams: dict[str, Team] = {}
    for code, parent in parents.items():
        above = teams[parent] if parent else None
        teams[code] = Team.objects.create(code=code, name=code.title(), parent=above)
    for code, n in people.items():
        staff(teams[code], n)
    return teams


def staff(team: Team, n: int, *, is_leader: bool = False) -> list[Person]:
    """Let n new people belong to a team."""
    first = Person.objects.count()
    people = Person.objects.bulk_create(
        Person(
            external_id=f"p{number}",
            name=f"Person {number}",
            email=f"p{number}@example.org",
        )
        for number in range(first, first + n)
    )
    Membership.objects.bulk_create(
        Membership(person=person, team=team, active_from=JOINED, is_leader=is_leader)
        for person in people
    )
    return people


def make_questionnaire(audience: str = Audience.EMPLOYEE, code: str = "short") -> Questionnaire:
    """Publish three items of one scale and a story."""
    items = [ItemFactory(code=f"{code}_{number}") for number in (1, 2, 3)]
    make_scale(code, items)
    return publish([*items, StoryFactory(code=f"{code}_story")], code=code, audience=audience)


def make_campaign(scope: Team, audience: str = Audience.EMPLOYEE, **changes: Any) -> Campaign:
    """Set up a campaign with a signed letter and a questionnaire of its own."""
    code = changes.pop("code", f"{audience.lower()}-{scope.code}")
    questionnaire = changes.pop("questionnaire", None)
    return create_campaign(
        code=code,
        name=code.title(),
        audience=audience,
        scope=scope,
        questionnaire=questionnaire or make_questionnaire(audience, code=code.replace("-", "_")),
        letter=LetterFactory(),
        **changes,
    )


def make_draft(campaign: Campaign, *, opens_at: datetime = NOW, **changes: Any) -> Wave:
    """Plan a wave of two weeks."""
    closes_at = changes.pop("closes_at", opens_at + TWO_WEEKS)
    return draft_wave(campaign=campaign, opens_at=opens_at, closes_at=closes_at, **changes)


def make_open_wave(campaign: Campaign, *, now: datetime = NOW, **changes: Any) -> Wave:
    """Launch a wave that opens at once, and open it."""
    wave = make_draft(campaign, opens_at=now, **changes)
    launch_wave(wave_id=wave.pk, now=now)
    open_due_waves(now=now)
    return Wave.objects.select_related("campaign").get(pk=wave.pk)


def make_import_wave(campaign: Campaign, *, now: datetime = NOW) -> Wave:
    """Launch a wave whose answers were collected elsewhere."""
    return make_open_wave(campaign, now=now, channel=Channel.IMPORT)


def tokens_of(wave: Wave, group: Group | None = None) -> list[str]:
    """Return the tokens in the links of everybody invited (in one group), in random order."""
    invitations = Invitation.objects.filter(wave=wave, is_admitted=True).order_by("key")
    if group is not None:
        invitations = invitations.filter(group=group)
    return tokens(wave, invitations)


def tokens(wave: Wave, invitations: Iterable[Invitation]) -> list[str]:
    """Return the tokens in the links of some of those invited, in their order."""
    link_key = read_link_key(wave=Wave.objects.get(pk=wave.pk))  # as it was launched
    return [answer_token(link_key=link_key, invitation_key=row.key) for row in invitations]


def spoil_keys(*, wave: Wave) -> None:
    """Leave keys of another time where those of a wave were."""
    for path in key_files(wave=wave):
        path.write_bytes(secrets.token_bytes(32))

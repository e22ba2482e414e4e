"""A company in six time zones, its programmes, and what its people will do in a year."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from survey.campaigns.models import Campaign, CustomerRules, FatigueRule
from survey.campaigns.services import create_campaign, draft_wave, launch_wave
from survey.campaigns.services.scheduling import set_schedule
from survey.letters.models import Letter
from survey.organization.models import Membership, Person, Team
from survey.questionnaires.models import Audience
from tests.campaigns.year.facts import Programme, Rule
from tests.factories.campaigns import make_questionnaire

ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "America/Los_Angeles",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
)
NIGHT = (time(20), time(8))
RULES = {
    Audience.EMPLOYEE.value: Rule(at_most=3, within_days=30, gap_days=6),
    Audience.CUSTOMER.value: Rule(at_most=4, within_days=365, gap_days=21),
}
PULSE = Programme(
    "pulse",
    Audience.EMPLOYEE.value,
    "How it is here",
    ("Once more about how it is here", "How it is here, for the last time"),
    "Priya Nair",
    NIGHT,
    letters_time=time(9, 30),
    reminder_days=(3, 6),
)
NORTH = Programme(
    "north",
    Audience.EMPLOYEE.value,
    "The month up north",
    ("Once more about the month up north",),
    "Olu Bakare",
    NIGHT,
    letters_time=time(6, 30),  # too early: it becomes eight
    reminder_days=(4,),
)
VISIT = Programme(
    "visit",
    Audience.CUSTOMER.value,
    "Your visit",
    (),
    "Ruth Okafor",
    NIGHT,
    delay_minutes=90,
    expires_days=25,
    same_team_days=30,
)
PROGRAMMES = (PULSE, NORTH, VISIT)
TEAM_SIZE = 12


@dataclass(frozen=True)
class Size:
    """How large and how long a simulation is."""

    people: int
    customers: int
    begins: date
    ends: date

    @property
    def starts_at(self) -> datetime:
        """Return the first moment."""
        return datetime.combine(self.begins, time(0), UTC)

    @property
    def ends_at(self) -> datetime:
        """Return the last moment."""
        return datetime.combine(self.ends, time(0), UTC)


def build_company(size: Size) -> dict[str, Team]:
    """Make teams in two halves, and people in them whose clocks differ."""
    top = Team.objects.create(code="company", name="The Company")
    halves = [Team.objects.create(code=c, name=c.title(), parent=top) for c in ("north", "south")]
    n_teams = max(2, size.people // TEAM_SIZE)
    teams = [
        Team.objects.create(code=f"team-{n}", name=f"Team {n}", parent=halves[n % 2])
        for n in range(n_teams)
    ]
    people = Person.objects.bulk_create(
        Person(
            external_id=f"p{n}",
            name=f"Person {n}",
            email=f"p{n}@people{n % 40}.example",
            time_zone=ZONES[n % len(ZONES)],
        )
        for n in range(size.people)
    )
    Membership.objects.bulk_create(
        Membership(person=person, team=teams[n % n_teams], active_from=date(2025, 1, 1))
        for n, person in enumerate(people)
    )
    return {team.code: team for team in (top, *halves, *teams)}


def build_programmes(size: Size, teams: dict[str, Team]) -> None:
    """Set up the rules, two recurring pulses and one survey after visits."""
    for audience, rule in RULES.items():
        FatigueRule.objects.create(audience=audience, **vars(rule))
    scopes = {"pulse": "company", "north": "north", "visit": "company"}
    made = {row.code: _campaign(row, teams[scopes[row.code]]) for row in PROGRAMMES}
    first = size.begins + timedelta(days=(1 - size.begins.weekday()) % 7 + 7)  # a Tuesday
    set_schedule(
        campaign=made["pulse"],
        rhythm="WEEK",
        every=2,
        first_date=first,
        letters_time=PULSE.letters_time or time(9),
        open_days=10,
        now=size.starts_at,
    )
    set_schedule(
        campaign=made["north"],
        rhythm="MONTH",
        first_date=first + timedelta(days=3),
        letters_time=NORTH.letters_time or time(9),
        open_days=12,
        now=size.starts_at,
    )
    visits = made["visit"]
    CustomerRules.objects.create(
        campaign=visits, delay_minutes=VISIT.delay_minutes, expires_days=VISIT.expires_days
    )
    wave = draft_wave(campaign=visits, opens_at=size.starts_at, closes_at=size.ends_at)
    launch_wave(wave_id=wave.pk, now=size.starts_at)


def _campaign(programme: Programme, scope: Team) -> Campaign:
    letter = Letter.objects.create(
        subject=programme.subject,
        body=f"I would like to know about {programme.code}.",
        signer_name=programme.signer,
        reply_to=f"{programme.code}@example.org",
    )
    campaign = create_campaign(
        code=programme.code,
        name=programme.code.title(),
        audience=programme.audience,
        scope=scope,
        questionnaire=make_questionnaire(programme.audience, code=programme.code),
        letter=letter,
        minimum_interval_days=programme.same_team_days,
    )
    campaign.quiet_from, campaign.quiet_until = programme.quiet
    campaign.save()
    return campaign


@dataclass(frozen=True)
class Deed:
    """Something that somebody does at a moment: who by number, or by the token of a link."""

    at: datetime
    kind: str
    who: int | str


def plan_deeds(size: Size, chance: random.Random) -> list[Deed]:
    """Return what people and customers do, each at a minute of its own."""
    days = (size.ends - size.begins).days
    yearly = days / 365
    wanted = [
        *_repeat("contact", size.customers, 9 * yearly, chance),
        *_repeat("rest", size.people, 0.12 * yearly, chance),
        *_repeat("stop", size.people, 0.05 * yearly, chance),
        *_repeat("zone", size.people, 0.2 * yearly, chance),
        *_repeat("team", size.people, 0.3 * yearly, chance),
    ]
    minutes = chance.sample(range(days * 24 * 12), len(wanted))
    chance.shuffle(wanted)
    return sorted(
        (
            Deed(size.starts_at + timedelta(minutes=5 * minute + 2), kind, number)
            for minute, (kind, number) in zip(minutes, wanted, strict=True)
        ),
        key=lambda deed: deed.at,
    )


def _repeat(kind: str, n: int, times: float, chance: random.Random) -> Iterator[tuple[str, int]]:
    """Yield so many deeds of each of n people on average."""
    for _ in range(round(n * times)):
        yield kind, chance.randrange(n)

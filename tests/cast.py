"""The people of the tests, always the same: Alice (HR), Bob leads Bakery, Charlie another team."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from survey.accounts.models import Grant, Role, User
from survey.organization.models import Membership, Person, Team
from tests.stages import stage

PASSWORD = "bread, butter and jam"
ROSTER_DAY = date(2026, 1, 1)
N_PEOPLE = 6


@dataclass(frozen=True)
class Organisation:
    """A company of two departments: Food (Bakery, Kitchen) and Goods (Garden)."""

    company: Team
    food: Team
    goods: Team
    bakery: Team
    kitchen: Team
    garden: Team


@pytest.fixture(scope="session")
def now() -> datetime:
    """The moment at which the tests are: a Monday morning."""
    return datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@stage
def organisation(db: None) -> Organisation:
    """Three teams of six people with a leader each, below two departments."""
    company = Team.objects.create(code="company", name="The Company")
    food = Team.objects.create(code="food", name="Food", parent=company)
    goods = Team.objects.create(code="goods", name="Goods", parent=company)
    leaves = {
        code: Team.objects.create(code=code, name=code.title(), parent=parent)
        for code, parent in (("bakery", food), ("kitchen", food), ("garden", goods))
    }
    for team in leaves.values():
        _staff(team)
    return Organisation(company=company, food=food, goods=goods, **leaves)


@pytest.fixture
def alice(db: None) -> User:
    """HR: sees every released figure and runs the waves."""
    return make_user("alice", Role.HR)


@pytest.fixture
def bob(organisation: Organisation) -> User:
    """The leader of Bakery."""
    return make_user("bob", Role.LEADER, organisation.bakery)


@pytest.fixture
def charlie(organisation: Organisation) -> User:
    """The leader of Garden, who must see nothing of Bakery."""
    return make_user("charlie", Role.LEADER, organisation.garden)


def make_user(name: str, role: Role, team: Team | None = None) -> User:
    """Make an account with one role and the password that all the cast share."""
    user = User.objects.create_user(
        email=f"{name}@example.org", name=name.title(), password=PASSWORD
    )
    Grant.objects.create(user=user, role=role, team=team)
    return user


def _staff(team: Team) -> None:
    people = Person.objects.bulk_create(
        Person(
            external_id=f"{team.code}-{number}",
            name=f"{team.name} {number}",
            email=f"{team.code}-{number}@example.org",
        )
        for number in range(1, N_PEOPLE + 1)
    )
    Membership.objects.bulk_create(
        Membership(person=person, team=team, active_from=ROSTER_DAY, is_leader=person is people[0])
        for person in people
    )

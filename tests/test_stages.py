"""Rows that tests share are the same for each, and seen by nobody who has not asked for them."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from survey.organization.models import Team
from tests.cast import Organisation
from tests.stages import _resolve, stage

TURNS = pytest.mark.parametrize("turn", [1, 2])
SECRET = b"as it was written"

words = {"name": "As it was built"}
numbers = count()
seen: set[str] = set()


@stage
def lone_team(db: None) -> Team:
    return Team.objects.create(code=f"lone-{next(numbers)}", name=words["name"])


@stage
def team_below(lone_team: Team) -> Team:
    return Team.objects.create(code="below", name="Below", parent=lone_team)


@stage
def secret(db: None) -> Path:
    path = Path(settings.KEYS_DIR) / "a-key-of-a-stage"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(SECRET)
    return path


@pytest.fixture(scope="class")
def own_transaction(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """What a class of tests begins for itself, and ends when it likes."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Team.objects.create(code="own", name="Own").code
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def other_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(words, "name", "Built too late")


class TestStage:
    @TURNS
    def test_is_as_it_was_built_whatever_a_test_does_to_it(
        self, lone_team: Team, turn: int
    ) -> None:
        assert lone_team.name == Team.objects.get().name == "As it was built"

        lone_team.name = "Spoilt"
        lone_team.save()
        Team.objects.create(code="more", name="More")

    @TURNS
    def test_is_built_once_for_all_that_follow(self, lone_team: Team, turn: int) -> None:
        seen.add(lone_team.code)

        assert len(seen) == 1

    def test_is_built_upon_another(self, team_below: Team, lone_team: Team) -> None:
        assert team_below.parent is lone_team
        assert Team.objects.count() == 2

    def test_is_taken_down_to_what_is_asked_for(self, lone_team: Team) -> None:
        assert list(Team.objects.all()) == [lone_team]

    def test_is_seen_by_nobody_who_has_not_asked(self, db: None) -> None:
        assert not Team.objects.exists()

    def test_stands_beside_others_that_know_nothing_of_it(
        self, organisation: Organisation, lone_team: Team
    ) -> None:
        assert Team.objects.count() == 7
        assert lone_team not in (organisation.company, organisation.bakery)

    @TURNS
    def test_has_its_keys_back(self, secret: Path, turn: int) -> None:
        assert secret.read_bytes() == SECRET

        secret.unlink()

    @TURNS
    def test_is_built_again_after_a_lost_connection(self, lone_team: Team, turn: int) -> None:
        assert Team.objects.get() == lone_team

        connection.close()

    def test_is_committed_by_who_commits(self, transactional_db: None, lone_team: Team) -> None:
        assert not connection.in_atomic_block
        assert lone_team.name == "Built too late"

    def test_cannot_need_what_is_made_for_each_test(
        self, request: pytest.FixtureRequest, tmp_path: Path
    ) -> None:
        with pytest.raises(AssertionError, match="a stage cannot need tmp_path"):
            _resolve(request, "tmp_path")


class TestOwnTransaction:
    def test_leaves_what_stands_to_the_tests_before(self, lone_team: Team) -> None:
        assert Team.objects.get() == lone_team

    @TURNS
    def test_stands_upon_that_and_never_below(
        self, lone_team: Team, own_transaction: str, turn: int
    ) -> None:
        assert set(Team.objects.values_list("code", flat=True)) == {lone_team.code, own_transaction}

    def test_is_taken_down_before_that(self, db: None, own_transaction: str) -> None:
        assert Team.objects.get().code == own_transaction

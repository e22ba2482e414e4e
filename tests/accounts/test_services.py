"""Making accounts, roles and keys."""

from datetime import datetime, timedelta

import pytest

from survey.accounts.models import ApiToken, Grant, Role, User
from survey.accounts.selectors import last_look
from survey.accounts.services import (
    AccountError,
    count_call,
    create_api_token,
    create_user,
    find_api_token,
    grant_role,
    record_look,
)
from tests.cast import Organisation


@pytest.mark.django_db
class TestCreateUser:
    def test_keeps_the_password_as_a_hash(self) -> None:
        user = create_user(email="Priya@Example.org", name="Priya", password="rye and wheat 1")

        assert user.email == "priya@example.org"
        assert user.check_password("rye and wheat 1")
        assert "rye and wheat 1" not in user.password

    def test_makes_an_account_nobody_can_log_in_with_without_a_password(self) -> None:
        assert not create_user(email="a@example.org", name="A", password=None).has_usable_password()

    @pytest.mark.parametrize(
        ("email", "name"), [("alice@example.org", "A"), ("nothing", "A"), ("b@example.org", "")]
    )
    def test_refuses_what_is_taken_or_wrong(self, alice: User, email: str, name: str) -> None:
        with pytest.raises(AccountError):
            create_user(email=email, name=name, password=None)


@pytest.mark.django_db
class TestGrantRole:
    def test_gives_a_role_once(self, alice: User) -> None:
        grant_role(user=alice, role=Role.HR)

        assert Grant.objects.filter(user=alice).count() == 1

    def test_needs_a_team_exactly_for_leaders(
        self, alice: User, organisation: Organisation
    ) -> None:
        with pytest.raises(AccountError, match="LEADER needs a team"):
            grant_role(user=alice, role=Role.LEADER)
        with pytest.raises(AccountError, match="HR is not held over a team"):
            grant_role(user=alice, role=Role.HR, team=organisation.bakery)

    def test_refuses_a_role_it_does_not_know(self, alice: User) -> None:
        with pytest.raises(AccountError, match="no role 'KING'"):
            grant_role(user=alice, role="KING")


@pytest.mark.django_db
class TestApiToken:
    def test_finds_its_user(self, alice: User, now: datetime) -> None:
        token = create_api_token(user=alice, name="till", now=now)

        found = find_api_token(token=token)

        assert found is not None
        assert found.user == alice

    def test_is_stored_as_a_digest_only(self, alice: User, now: datetime) -> None:
        token = create_api_token(user=alice, name="till", now=now)

        assert token not in str(ApiToken.objects.values().get())

    def test_finds_nobody_when_unknown_or_revoked_or_inactive(
        self, alice: User, bob: User, now: datetime
    ) -> None:
        revoked = create_api_token(user=alice, name="till", now=now)
        ApiToken.objects.update(revoked_at=now)
        inactive = create_api_token(user=bob, name="till", now=now)
        User.objects.filter(pk=bob.pk).update(is_active=False)

        assert [find_api_token(token=token) for token in (revoked, inactive, "", "x\x00")] == [
            None
        ] * 4


class TestCountCall:
    def count(self, now: datetime, n: int) -> list[bool]:
        token = ApiToken.objects.get()
        return [count_call(token_id=token.pk, now=now, most=3) for _ in range(n)]

    def test_stops_after_so_many_in_a_minute(self, alice: User, now: datetime) -> None:
        create_api_token(user=alice, name="till", now=now)

        assert self.count(now, 5) == [True, True, True, False, False]
        assert self.count(now + timedelta(seconds=59), 1) == [False]
        assert self.count(now + timedelta(seconds=60), 4) == [True, True, True, False]

    def test_counts_each_token_by_itself(self, alice: User, now: datetime) -> None:
        for name in ("till", "desk"):
            create_api_token(user=alice, name=name, now=now)

        for token in ApiToken.objects.all():
            assert count_call(token_id=token.pk, now=now, most=1)

    def test_allows_nothing_where_nothing_is_allowed(self, alice: User, now: datetime) -> None:
        create_api_token(user=alice, name="till", now=now)

        assert not count_call(token_id=ApiToken.objects.get().pk, now=now, most=0)


class TestRecordLook:
    def test_keeps_the_last_look_of_each_user(self, alice: User, bob: User, now: datetime) -> None:
        assert last_look(user=alice) is None

        record_look(user=alice, looked_at=now)
        record_look(user=alice, looked_at=now + timedelta(days=1))

        assert last_look(user=alice) == now + timedelta(days=1)
        assert last_look(user=bob) is None

    def test_never_goes_back(self, alice: User, now: datetime) -> None:
        record_look(user=alice, looked_at=now)
        record_look(user=alice, looked_at=now - timedelta(days=1))

        assert last_look(user=alice) == now

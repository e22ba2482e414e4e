"""The access log is written, kept for two years and forgotten then."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from survey.accounts.access_log import KEPT, forget_accesses, record_access, record_command
from survey.accounts.models import AccessEntry, Action, Role, User
from tests.cast import Organisation

pytestmark = pytest.mark.django_db

OLD = datetime(2020, 1, 1, tzinfo=UTC)


def record(user: User, at: datetime) -> AccessEntry:
    record_access(
        user=user, action=Action.SEEN, route="dashboards:teams", what="x=1", status=200, now=at
    )
    return AccessEntry.objects.get(at=at)


class TestRecordAccess:
    def test_keeps_the_roles_that_were_held_then(
        self, now: datetime, organisation: Organisation, bob: User
    ) -> None:
        bob.grants.create(role=Role.TEAM_LEAD, team=organisation.kitchen)

        entry = record(bob, now)
        bob.grants.all().delete()

        entry.refresh_from_db()
        assert (entry.user_name, entry.held) == ("Bob", "LEADER bakery, TEAM_LEAD kitchen")

    def test_outlives_the_account(self, now: datetime, alice: User) -> None:
        key = str(alice.pk)
        record(alice, now)

        alice.delete()

        assert AccessEntry.objects.get().user_key == key

    def test_shortens_what_is_too_long(self, now: datetime, alice: User) -> None:
        record_access(
            user=alice, action=Action.SEEN, route="x", what="w" * 300, status=200, now=now
        )

        assert AccessEntry.objects.get().what == "w" * 199 + "…"


class TestRecordCommand:
    @pytest.mark.parametrize(
        ("name", "action"), [("linkage", Action.EXPORTED), ("create_user", Action.CHANGED)]
    )
    def test_names_the_machines_account(self, now: datetime, name: str, action: str) -> None:
        record_command(name=name, account="root", options=["--role"], status=0, now=now)

        entry = AccessEntry.objects.get()
        assert (entry.user_name, entry.user_key, entry.held) == ("command line", "", "root")
        assert (entry.action, entry.what) == (action, "--role")


class TestOnlyGrows:
    @pytest.mark.parametrize("attempt", ["update", "delete"])
    def test_whoever_tries_to_change_it(self, alice: User, attempt: str) -> None:
        record(alice, timezone.now())
        entries = AccessEntry.objects.all()

        with (
            pytest.raises(IntegrityError, match="access_log_only_grows"),
            transaction.atomic(),
        ):
            entries.update(user_name="Nobody") if attempt == "update" else entries.delete()

        assert AccessEntry.objects.get().user_name == "Alice"

    def test_nor_is_an_old_entry_changed(self, alice: User) -> None:
        entry = record(alice, OLD)

        with pytest.raises(IntegrityError, match="only_grows"), transaction.atomic():
            AccessEntry.objects.filter(pk=entry.pk).update(status=404)


class TestForgetAccesses:
    def test_deletes_what_is_older_than_two_years_a_piece_at_a_time(self, alice: User) -> None:
        today = timezone.now()
        for age in (KEPT + timedelta(days=1), KEPT + timedelta(days=2), timedelta(days=30)):
            record(alice, today - age)

        assert [forget_accesses(now=today, at_most=1) for _ in range(3)] == [1, 1, 0]
        assert AccessEntry.objects.get().at == today - timedelta(days=30)

"""What the database itself refuses."""

import threading
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from survey.organization.models import Membership, RosterImport
from tests.constraints import assert_refused, twice
from tests.factories.organization import MembershipFactory, PersonFactory, TeamFactory

OVERLAP = "membership_periods_do_not_overlap"


@pytest.mark.django_db
class TestMembershipPeriods:
    @pytest.mark.parametrize(
        ("start", "end"),
        [
            (date(2026, 2, 1), date(2026, 3, 1)),
            (date(2025, 12, 1), date(2026, 1, 2)),
            (date(2026, 5, 31), None),
            (date(2025, 1, 1), None),
        ],
    )
    def test_refuse_to_overlap(self, start: date, end: date | None) -> None:
        person = PersonFactory()
        MembershipFactory(person=person, active_from=date(2026, 1, 1), active_to=date(2026, 6, 1))

        with pytest.raises(IntegrityError, match=OVERLAP):
            MembershipFactory(person=person, active_from=start, active_to=end)

    def test_may_touch(self) -> None:
        person = PersonFactory()
        MembershipFactory(person=person, active_from=date(2026, 1, 1), active_to=date(2026, 6, 1))
        MembershipFactory(person=person, active_from=date(2026, 6, 1))
        MembershipFactory(person=person, active_from=date(2025, 1, 1), active_to=date(2026, 1, 1))

        assert person.memberships.count() == 3

    def test_of_others_do_not_matter(self) -> None:
        MembershipFactory(active_from=date(2026, 1, 1))
        MembershipFactory(active_from=date(2026, 1, 1))

    def test_refuse_an_update_into_another(self) -> None:
        person = PersonFactory()
        MembershipFactory(person=person, active_from=date(2026, 1, 1), active_to=date(2026, 6, 1))
        later = MembershipFactory(person=person, active_from=date(2026, 6, 1))

        with pytest.raises(IntegrityError, match=OVERLAP):
            Membership.objects.filter(pk=later.pk).update(active_from=date(2026, 5, 1))

    def test_refuse_two_in_one_statement(self) -> None:
        person, team = PersonFactory(), TeamFactory()
        rows = [
            Membership(person=person, team=team, active_from=date(2026, 1, 1), active_to=end)
            for end in (date(2026, 2, 1), date(2026, 3, 1))
        ]

        with pytest.raises(IntegrityError, match=OVERLAP):
            Membership.objects.bulk_create(rows)

    def test_may_be_open_once(self) -> None:
        person = PersonFactory()
        MembershipFactory(person=person, active_from=date(2027, 1, 1))

        with pytest.raises(IntegrityError), transaction.atomic():
            MembershipFactory(person=person, active_from=date(2028, 1, 1))


@pytest.mark.django_db(transaction=True)
class TestTwoTransactions:
    def test_cannot_slip_past_each_other(self) -> None:
        person, team = PersonFactory(), TeamFactory()
        both_began = threading.Barrier(2)
        refused: list[str] = []

        def join(start: date, end: date) -> None:
            try:
                both_began.wait(timeout=10)
                with transaction.atomic():
                    Membership.objects.create(
                        person=person, team=team, active_from=start, active_to=end
                    )
                    threading.Event().wait(0.2)
            except IntegrityError as error:
                refused.append(str(error))
            finally:
                connection.close()

        threads = [
            threading.Thread(target=join, args=(start, date(2026, 12, 1)))
            for start in (date(2026, 1, 1), date(2026, 2, 1))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert len(refused) == 1
        assert OVERLAP in refused[0]
        assert person.memberships.count() == 1


@pytest.mark.django_db
class TestRosterImports:
    @pytest.mark.parametrize(
        ("name", "wrong"),
        [
            ("roster_import_state_is_known", {"state": "LOST"}),
            ("roster_import_keeps_no_file_once_done", {"state": "APPLIED", "content": b"x"}),
            ("roster_import_keeps_no_file_once_done", {"state": "DISCARDED", "content": b"x"}),
        ],
    )
    def test_refuse_what_cannot_be(self, name: str, wrong: dict[str, object]) -> None:
        assert_refused(name, lambda: make_import(**wrong))

    def test_refuse_a_key_twice_but_not_none(self) -> None:
        make_import()
        make_import()
        assert_refused("roster_import_key_used_once", twice(lambda: make_import(key="k")))


def make_import(**options: object) -> RosterImport:
    moment = datetime(2026, 12, 7, tzinfo=UTC)
    return RosterImport.objects.create(
        **{"name": "a.csv", "source": "api", "created_at": moment} | options
    )

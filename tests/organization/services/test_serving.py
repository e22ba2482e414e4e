"""Who serves whom is added, ended, renamed and brought in line with a file."""

from datetime import date, timedelta

import pytest

from survey.organization.files import FileError
from survey.organization.models import Service, Team
from survey.organization.service_lines import ServiceLine
from survey.organization.service_plans import ServiceDifference
from survey.organization.services import (
    SelfServiceError,
    ServiceDaysError,
    ServiceOverError,
    ServiceOverlapError,
    ServicesMovedOnError,
    ServiceTeamClosedError,
    add_service,
    change_chain,
    end_service,
    import_services,
)
from tests.cast import Organisation
from tests.factories.organization import ServiceFactory

TODAY = date(2026, 3, 2)
LATER = TODAY + timedelta(days=30)
BEFORE = date(2026, 1, 1)


@pytest.fixture
def bread(organisation: Organisation) -> Service:
    """Bakery serves Garden since January."""
    return ServiceFactory(provider=organisation.bakery, consumer=organisation.garden)


def add(provider: Team, consumer: Team, **days: date | None) -> Service:
    begins = days.get("active_from") or TODAY
    return add_service(
        provider=provider,
        consumer=consumer,
        chain=" Bread ",
        active_from=begins,
        active_to=days.get("active_to"),
    )


class TestAddService:
    def test_adds_an_arrow(self, organisation: Organisation) -> None:
        made = add(organisation.bakery, organisation.garden)

        assert (made.chain, made.active_from, made.active_to) == ("Bread", TODAY, None)

    def test_allows_the_way_back(self, bread: Service) -> None:
        assert add(bread.consumer, bread.provider).pk

    def test_refuses_a_team_that_would_serve_itself(self, organisation: Organisation) -> None:
        with pytest.raises(SelfServiceError):
            add(organisation.bakery, organisation.bakery)

    def test_refuses_an_end_before_the_beginning(self, organisation: Organisation) -> None:
        with pytest.raises(ServiceDaysError):
            add(organisation.bakery, organisation.garden, active_to=TODAY)

    def test_refuses_a_team_that_is_closed_by_then(self, organisation: Organisation) -> None:
        Team.objects.filter(code="garden").update(closed_date=LATER)

        with pytest.raises(ServiceTeamClosedError, match="Garden"):
            add(organisation.bakery, organisation.garden, active_from=LATER)
        assert add(organisation.bakery, organisation.garden).pk

    def test_refuses_days_that_overlap(self, bread: Service) -> None:
        with pytest.raises(ServiceOverlapError):
            add(bread.provider, bread.consumer)
        assert add(bread.provider, bread.consumer, active_from=date(2025, 1, 1), active_to=BEFORE)


class TestEndService:
    def test_ends_on_a_day(self, bread: Service) -> None:
        end_service(service_id=bread.pk, day=LATER, today=TODAY)

        bread.refresh_from_db()
        assert bread.active_to == LATER

    def test_deletes_what_never_began(self, organisation: Organisation) -> None:
        made = add(organisation.bakery, organisation.garden, active_from=LATER)

        end_service(service_id=made.pk, day=TODAY, today=TODAY)

        assert not Service.objects.exists()

    def test_refuses_a_day_before_it_began(self, bread: Service) -> None:
        with pytest.raises(ServiceDaysError):
            end_service(service_id=bread.pk, day=BEFORE, today=TODAY)

    def test_refuses_what_has_ended(self, bread: Service) -> None:
        end_service(service_id=bread.pk, day=TODAY, today=TODAY)

        with pytest.raises(ServiceOverError):
            end_service(service_id=bread.pk, day=LATER, today=TODAY)

    def test_refuses_to_run_into_the_next_one(self, bread: Service) -> None:
        end_service(service_id=bread.pk, day=LATER, today=TODAY)
        add(bread.provider, bread.consumer, active_from=LATER)

        with pytest.raises(ServiceOverlapError):
            end_service(service_id=bread.pk, day=LATER + timedelta(days=1), today=TODAY)


class TestChangeChain:
    def test_names_another_chain(self, bread: Service) -> None:
        change_chain(service_id=bread.pk, chain=" Loaves ", today=TODAY)

        bread.refresh_from_db()
        assert bread.chain == "Loaves"

    def test_refuses_what_is_not_there(self, db: None) -> None:
        with pytest.raises(ServiceOverError):
            change_chain(service_id=1, chain="", today=TODAY)


def take_in(*lines: ServiceLine, **options: bool) -> ServiceDifference:
    return import_services(lines=lines, today=TODAY, **options)  # type: ignore[arg-type]


class TestImportServices:
    def test_adds_ends_renames_and_leaves(self, bread: Service, organisation: Organisation) -> None:
        gone = ServiceFactory(provider=organisation.kitchen, consumer=organisation.garden)
        same = ServiceFactory(provider=organisation.garden, consumer=organisation.kitchen)
        difference = take_in(
            ServiceLine(2, "bakery", "garden", "Bread"),
            ServiceLine(3, "kitchen", "garden", None, None, LATER),
            ServiceLine(4, "garden", "kitchen", ""),
            ServiceLine(5, "food", "goods", None, LATER),
        )

        assert [one.chain for one in difference.chain_changed] == ["Bread"]
        assert [one.active_to for one in difference.ended] == [LATER]
        assert [one.provider for one in difference.added] == ["Food"]
        assert difference.n_unchanged == 1
        gone.refresh_from_db()
        assert gone.active_to == LATER
        same.refresh_from_db()
        assert same.active_to is None
        assert Service.objects.get(provider__code="food").active_from == LATER

    def test_writes_nothing_in_a_dry_run(self, bread: Service) -> None:
        line = ServiceLine(2, "garden", "bakery")

        assert take_in(line, dry_run=True, ends_missing=True).n_changes == 2
        assert list(Service.objects.filter(active_to=None)) == [bread]

    def test_ends_what_is_missing_only_where_asked(
        self, bread: Service, organisation: Organisation
    ) -> None:
        add(organisation.kitchen, organisation.garden, active_from=LATER)
        line = ServiceLine(2, "garden", "bakery")

        assert take_in(line).n_changes == 1
        assert len(take_in(line, ends_missing=True).ended) == 2

        bread.refresh_from_db()
        assert bread.active_to == TODAY
        assert Service.objects.count() == 2  # what was announced never was

    def test_changes_nothing_the_second_time(self, bread: Service) -> None:
        lines = [ServiceLine(2, "bakery", "garden"), ServiceLine(3, "garden", "kitchen", "Bread")]
        take_in(*lines)

        again = take_in(*lines, ends_missing=True)

        assert (again.n_changes, again.n_unchanged) == (0, 2)

    def test_brings_back_what_was_ended_as_often_as_it_comes(self, bread: Service) -> None:
        line = ServiceLine(2, "bakery", "garden", None, bread.active_from)
        end_service(service_id=bread.pk, day=TODAY, today=TODAY)

        assert [one.active_from for one in take_in(line).added] == [TODAY]
        assert take_in(line, ends_missing=True).n_changes == 0
        periods = Service.objects.order_by("active_from").values_list("active_from", "active_to")
        assert list(periods) == [(bread.active_from, TODAY), (TODAY, None)]

    def test_leaves_what_is_over_where_the_line_says_so(self, bread: Service) -> None:
        end_service(service_id=bread.pk, day=TODAY, today=TODAY)

        line = ServiceLine(2, "bakery", "garden", None, bread.active_from, TODAY)
        assert take_in(line).n_changes == 0

    def test_brings_nothing_back_in_the_way_of_what_is_announced(self, bread: Service) -> None:
        end_service(service_id=bread.pk, day=TODAY, today=TODAY)
        add(bread.provider, bread.consumer, active_from=LATER)

        with pytest.raises(FileError, match="line 2, from: bakery → garden is there already"):
            take_in(ServiceLine(2, "bakery", "garden", None, bread.active_from))

    def test_refuses_what_is_not_what_was_looked_at(self, bread: Service) -> None:
        lines = (ServiceLine(2, "garden", "bakery"),)
        seen = import_services(lines=lines, today=TODAY, dry_run=True).digest
        take_in(*lines)

        with pytest.raises(ServicesMovedOnError):
            import_services(lines=lines, today=TODAY, seen=seen)

    @pytest.mark.parametrize(
        ("line", "told"),
        [
            (ServiceLine(2, "mill", "garden"), "provider: no team has the code 'mill'"),
            (ServiceLine(2, "food", "food"), "consumer: 'food' cannot serve itself"),
            (ServiceLine(2, "food", "old"), "consumer: the team 'old' has been closed from"),
            (
                ServiceLine(2, "food", "goods", None, LATER, TODAY),
                "to: 2026-03-02 does not come after 2026-04-01",
            ),
            (
                ServiceLine(2, "bakery", "garden", None, TODAY),
                "from: bakery → garden is there already, from 2026-01-01",
            ),
        ],
    )
    def test_names_what_is_wrong_and_does_nothing(
        self, bread: Service, line: ServiceLine, told: str
    ) -> None:
        Team.objects.create(code="old", name="Old", closed_date=BEFORE)

        with pytest.raises(FileError) as caught:
            take_in(ServiceLine(3, "garden", "kitchen"), line)

        assert [str(one).startswith(f"line 2, {told}") for one in caught.value.problems] == [True]
        assert Service.objects.count() == 1

    @pytest.mark.parametrize(
        ("other", "told"),
        [
            (ServiceLine(3, "food", "goods"), "consumer: food → goods stands in line 2 already"),
            (ServiceLine(3, "food", "goods", None, LATER), "from: overlaps line 2"),
        ],
    )
    def test_refuses_one_arrow_twice_on_a_day(
        self, organisation: Organisation, other: ServiceLine, told: str
    ) -> None:
        with pytest.raises(FileError, match=f"line 3, {told}"):
            take_in(ServiceLine(2, "food", "goods"), other)

    def test_takes_one_arrow_on_different_days(self, organisation: Organisation) -> None:
        take_in(
            ServiceLine(2, "food", "goods", "Old", BEFORE, LATER),
            ServiceLine(3, "food", "goods", "New", LATER),
        )

        assert Service.objects.count() == 2

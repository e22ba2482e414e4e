"""Who takes whose calls, and who sees them."""

from datetime import date, datetime, timedelta

import pytest

from survey.accounts.models import Role, User
from survey.followup.callbacks import hand_over_callback, solve_callback
from survey.followup.calling import (
    choose_owner,
    find_line,
    list_duties,
    list_takers,
    open_calls,
    strayed_calls,
    visible_calls,
)
from survey.followup.models import CallbackState, Duty
from survey.organization.models import Team
from survey.questionnaires.models import Audience
from tests.cast import Organisation, make_user
from tests.followup.calls import ask

MONDAY, TUESDAY = 0, 1
SINCE = date(2026, 1, 1)


@pytest.fixture
def dora(db: None) -> User:
    """Customer experience: the office that answers for customers' calls."""
    return make_user("dora", Role.CX_MANAGER)


def put_on_duty(user: User, team: Team | None, *weekdays: int) -> Duty:
    return Duty.objects.create(
        user=user, team=team, weekdays=list(weekdays), active_from=SINCE, last_day=None
    )


class TestChooseOwner:
    def choose(self, team: Team | None, now: datetime) -> User | None:
        team_id = team.pk if team else None
        return choose_owner(audience=Audience.CUSTOMER, team_id=team_id, now=now)

    def test_guesses_no_leader_where_nobody_is_on_duty(
        self, organisation: Organisation, bob: User, dora: User, now: datetime
    ) -> None:
        assert self.choose(organisation.bakery, now) == dora

    def test_finds_the_nearest_duty_upwards(
        self, organisation: Organisation, bob: User, dora: User, now: datetime
    ) -> None:
        frida = make_user("frida", Role.TEAM_LEAD, organisation.food)
        put_on_duty(frida, organisation.food)

        assert self.choose(organisation.bakery, now) == frida
        put_on_duty(bob, organisation.bakery, MONDAY)
        assert self.choose(organisation.bakery, now) == bob
        assert self.choose(organisation.bakery, now + timedelta(days=1)) == frida
        assert self.choose(organisation.garden, now) == dora

    def test_takes_the_day_of_the_organisation(
        self, organisation: Organisation, bob: User, dora: User, settings: pytest.FixtureRequest
    ) -> None:
        put_on_duty(bob, organisation.bakery, TUESDAY)
        late_on_monday = datetime.fromisoformat("2026-03-02T23:30:00+00:00")

        settings.TIME_ZONE = "Europe/Berlin"  # type: ignore[attr-defined]
        assert self.choose(organisation.bakery, late_on_monday) == bob
        settings.TIME_ZONE = "America/New_York"  # type: ignore[attr-defined]
        assert self.choose(organisation.bakery, late_on_monday) == dora

    def test_takes_who_has_the_fewest_open_calls(self, dora: User, now: datetime) -> None:
        emil = make_user("emil", Role.CX_MANAGER)

        owners = [ask(now=now).owner for _time in range(3)]

        assert owners == [dora, emil, dora]

    def test_passes_over_who_lost_the_role_or_left(
        self, organisation: Organisation, bob: User, dora: User, now: datetime
    ) -> None:
        put_on_duty(bob, organisation.bakery)
        bob.grants.all().delete()

        assert self.choose(organisation.bakery, now) == dora

    def test_never_gives_staff_to_their_own_lead(
        self, organisation: Organisation, bob: User, alice: User, dora: User, now: datetime
    ) -> None:
        put_on_duty(bob, organisation.bakery)

        owner = choose_owner(audience=Audience.EMPLOYEE, team_id=organisation.bakery.pk, now=now)

        assert owner == alice

    def test_finds_nobody_where_nobody_is(self, alice: User, now: datetime) -> None:
        assert self.choose(None, now) is None


class TestFindLine:
    def test_follows_what_took_a_teams_place(self, organisation: Organisation) -> None:
        Team.objects.filter(pk=organisation.bakery.pk).update(succeeded_by=organisation.garden)

        line = find_line(team_id=organisation.bakery.pk)

        assert line.own == (organisation.bakery.pk, organisation.garden.pk)
        assert set(line.upwards) == {
            *line.own,
            organisation.food.pk,
            organisation.goods.pk,
            organisation.company.pk,
        }


class TestListDuties:
    def test_leaves_out_those_that_ended(
        self, organisation: Organisation, bob: User, now: datetime
    ) -> None:
        duty = put_on_duty(bob, organisation.bakery)
        Duty.objects.filter(pk=duty.pk).update(last_day=now.date())

        assert list_duties(today=now.date()).get() == duty
        assert not list_duties(today=now.date() + timedelta(days=1)).exists()


class TestListTakers:
    def test_names_the_office_and_who_leads_the_team(
        self, organisation: Organisation, alice: User, bob: User, charlie: User, dora: User
    ) -> None:
        customers = list_takers(audience=Audience.CUSTOMER, team_id=organisation.bakery.pk)
        staff = list_takers(audience=Audience.EMPLOYEE, team_id=organisation.bakery.pk)

        assert customers == [bob, dora]
        assert staff == [alice]


class TestVisibleCalls:
    def test_shows_staff_to_the_people_team_and_customers_to_their_office_and_leads(
        self, organisation: Organisation, alice: User, bob: User, charlie: User, dora: User,
        now: datetime,
    ) -> None:  # fmt: skip
        customers = ask(now=now, team=organisation.bakery)
        staff = ask(now=now, audience=Audience.EMPLOYEE)

        assert list(visible_calls(user=alice)) == [staff]
        assert list(visible_calls(user=dora)) == [customers]
        assert list(visible_calls(user=bob)) == [customers]
        assert not visible_calls(user=charlie)

    @pytest.mark.parametrize("role", [Role.ADMIN, Role.AUDITOR, Role.ANALYST])
    def test_shows_none_to_whoever_runs_and_checks_the_product(
        self, organisation: Organisation, now: datetime, role: Role
    ) -> None:
        somebody = make_user("gita", role)
        callback = ask(now=now, team=organisation.bakery)
        callback.owner = somebody  # even so
        callback.save()

        assert not visible_calls(user=somebody)

    def test_shows_the_calls_of_whoever_stands_in_for_others(
        self, organisation: Organisation, dora: User, now: datetime
    ) -> None:
        frida = make_user("frida", Role.TEAM_LEAD, organisation.food)
        duty = put_on_duty(frida, organisation.food)
        callback = ask(now=now, team=organisation.bakery)
        duty.delete()

        assert callback.owner == frida
        assert list(visible_calls(user=frida)) == [callback]
        assert not strayed_calls()

    @pytest.mark.parametrize("state", [CallbackState.NEW, CallbackState.SOLVED])
    def test_hides_a_call_from_an_owner_who_lost_the_role_for_it(
        self, organisation: Organisation, bob: User, charlie: User, now: datetime, state: str
    ) -> None:
        callback = ask(now=now, team=organisation.bakery)
        callback.owner, callback.state = bob, state
        callback.ended_at = now if state == CallbackState.SOLVED else None
        callback.save()
        assert list(visible_calls(user=bob)) == [callback]

        bob.grants.update(team=organisation.garden)

        assert not visible_calls(user=bob)

    def test_hides_calls_of_people_who_work_here_from_who_left_the_people_team(
        self, organisation: Organisation, alice: User, now: datetime
    ) -> None:
        callback = ask(now=now, audience=Audience.EMPLOYEE)
        assert callback.owner == alice
        alice.grants.update(role=Role.CX_MANAGER)

        assert not visible_calls(user=alice)

    def test_shows_what_was_handed_over_to_everybody_who_may_take_it(
        self, organisation: Organisation, bob: User, dora: User, now: datetime
    ) -> None:
        make_user("lea", Role.LEADER, organisation.food)
        callback = ask(now=now, team=organisation.bakery)
        takers = list_takers(audience=Audience.CUSTOMER, team_id=organisation.bakery.pk)
        assert {one.name for one in takers} >= {"Bob", "Dora", "Lea"}

        for taker in takers:
            hand_over_callback(
                callback_id=callback.pk, user=dora, to_user_id=taker.pk, note="", now=now
            )
            assert list(visible_calls(user=taker)) == [callback]
            assert not strayed_calls()


class TestOpenCalls:
    def test_tells_the_most_urgent_first_and_what_is_late(
        self, organisation: Organisation, dora: User, now: datetime
    ) -> None:
        second = ask(now=now, team=organisation.bakery)
        first = ask(now=now - timedelta(days=3))
        over = ask(now=now - timedelta(days=5))
        solve_callback(callback_id=over.pk, user=dora, note="", now=now)

        calls = open_calls(user=dora, now=now)

        assert [one.key for one in calls] == [first.key, second.key]
        assert [one.is_late for one in calls] == [True, False]
        assert [one.team_name for one in calls] == ["", "Bakery"]
        assert open_calls(user=None, now=now) == calls

    def test_never_stand_with_somebody_who_left(self, dora: User, now: datetime) -> None:
        ask(now=now)
        assert [one.owner_name for one in open_calls(user=dora, now=now)] == ["Dora"]

        User.objects.update(is_active=False)

        assert [one.owner_name for one in open_calls(user=None, now=now)] == [""]
        assert open_calls(user=User.objects.get(), now=now) == ()

    def test_asks_the_database_once(
        self, dora: User, now: datetime, django_assert_num_queries: pytest.FixtureRequest
    ) -> None:
        ask(now=now)
        with django_assert_num_queries(1):  # type: ignore[operator]
            open_calls(user=None, now=now)

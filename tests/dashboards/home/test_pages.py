"""The first page of whoever reads figures."""

from datetime import date, datetime, timedelta

import pytest
from django.contrib.sessions.backends.signed_cookies import SessionStore
from pytest_django import DjangoAssertNumQueries

from survey.accounts.models import Role, User
from survey.campaigns.models import Pairing
from survey.core.timestamps import local_date
from survey.dashboards.access import SEEN_AS, Reader, find_reader
from survey.dashboards.home.pages import HomePage, build_home
from survey.dashboards.promises.pages import build_promise_list
from tests.cast import Organisation, make_user
from tests.dashboards.team.staging import QUARTER, everywhere, release
from tests.factories.aggregation import CLOSED, make_campaign, make_wave
from tests.followup.waiting import make_call, make_promise

AFTER = CLOSED + QUARTER + timedelta(days=2)
DAY = timedelta(days=1)
N_QUERIES = 25
pytest_plugins = ["tests.dashboards.team.company"]


def page(user: User, now: datetime = AFTER, seen_as: User | None = None) -> HomePage:
    session = SessionStore()
    if seen_as is not None:
        session[SEEN_AS] = seen_as.grants.get().pk
    found = build_home(reader=find_reader(user=user, session=session), now=now)
    assert found is not None
    return found


def sentences(found: HomePage) -> str:
    return " ".join(brief.sentence for one in found.news for brief in one.briefs)


class TestFigures:
    def test_are_those_of_ones_own_part_and_lead_to_its_page(
        self, two_quarters: Pairing, bob: User, charlie: User
    ) -> None:
        assert [one.name for one in page(bob).news] == ["Bakery"]
        assert page(bob).news[0].address == "/dashboards/teams/bakery/"
        assert "50 (between 46 and 54)" in sentences(page(bob))
        assert "50 (" not in sentences(page(charlie))

    def test_are_those_of_a_whole_part_to_its_leader(
        self, two_quarters: Pairing, organisation: Organisation
    ) -> None:
        ann = make_user("ann", Role.LEADER, organisation.company)

        (news,) = page(ann).news
        assert news.address == "/dashboards/overview/?scope=company"
        assert len(news.briefs) == 2

    def test_are_those_of_everything_to_an_analyst(self, two_quarters: Pairing) -> None:
        found = page(make_user("anand", Role.ANALYST))

        assert [one.name for one in found.news] == ["The Company"]
        assert (found.leads, found.has_figures) == (False, True)

    def test_are_none_before_anything_was_released(self, team_sides: Pairing, bob: User) -> None:
        make_wave(team_sides.ex, closed_at=AFTER + 5 * DAY, is_open=True)
        found = page(bob)

        assert not found.has_figures
        assert found.first_figures is not None
        assert found.first_figures.day == local_date(AFTER + 5 * DAY)

    def test_say_which_survey_they_are_of(self, two_quarters: Pairing, bob: User) -> None:
        pulse = make_campaign(two_quarters.ex.questionnaire, two_quarters.ex.scope, "pulse")
        release(pulse, everywhere("fair", 61.0), closed_at=CLOSED + QUARTER)

        (news,) = page(bob).news

        assert [one.survey for one in news.briefs] == [
            *["Pulse", "Inside", "Outside"],
        ]


class TestNeeds:
    def test_are_ones_own(self, bob: User, charlie: User) -> None:
        make_call(bob, AFTER)

        assert [one.title for one in page(bob).needs] == ["A call is late"]
        assert page(charlie).needs == ()

    def test_are_not_shown_to_whoever_tries_out_the_role(
        self, bob: User, organisation: Organisation
    ) -> None:
        make_call(bob, AFTER)
        anand = make_user("anand", Role.ANALYST)
        found = page(anand, seen_as=bob)

        assert (found.needs, found.is_seen_as, found.leads) == ((), True, True)
        assert [one.name for one in found.news] == ["Bakery"]


class TestPromises:
    def test_are_counted_as_on_their_own_page(self, bob: User, organisation: Organisation) -> None:
        today = local_date(AFTER)
        make_promise(bob, today, team=organisation.bakery)
        make_promise(bob, today)  # to everybody
        make_promise(bob, today, team=organisation.garden)

        reader = find_reader(user=bob)
        listed = build_promise_list(reader=reader, wanted={}, today=today)
        counts = page(bob).counts
        assert listed.counts == f"0 kept, {counts.open} open, 0 late"
        assert counts.open == 2

    def test_are_those_to_ones_own_teams(
        self, bob: User, charlie: User, organisation: Organisation
    ) -> None:
        today = local_date(AFTER)
        make_promise(bob, today - DAY, team=organisation.bakery)
        make_promise(bob, today, team=organisation.bakery)
        make_promise(bob, today, team=organisation.bakery, state="KEPT", settled_date=today)
        counts = page(bob).counts

        assert (counts.kept, counts.open, counts.late) == (1, 1, 1)
        assert [one.is_late for one in page(bob).promises] == [True, False]
        assert page(charlie).promises == ()


class TestComing:
    def test_says_when_surveys_open_and_their_figures_come(
        self, team_sides: Pairing, bob: User
    ) -> None:
        make_wave(team_sides.ex, closed_at=AFTER + 5 * DAY, is_open=True)
        make_wave(team_sides.cx, closed_at=AFTER + 90 * DAY, is_open=True)
        make_wave(team_sides.ex, closed_at=AFTER + 60 * DAY, is_open=True)
        team_sides.cx.waves.update(opens_at=AFTER - DAY)

        assert [(one.day, one.what) for one in page(bob).coming] == [
            (date(2026, 7, 7), "Inside closes; its figures follow."),
            (date(2026, 8, 1), "New figures of Outside, if enough customers have answered."),
            (date(2026, 8, 17), "Inside opens."),
        ]


class TestBuildHome:
    @pytest.mark.parametrize("role", [Role.ADMIN, Role.AUDITOR])
    def test_is_not_for_those_who_read_no_figures(self, db: None, role: Role) -> None:
        reader: Reader = find_reader(user=make_user("wim", role))

        assert build_home(reader=reader, now=AFTER) is None

    def test_asks_as_much_however_much_there_is(
        self,
        two_quarters: Pairing,
        bob: User,
        organisation: Organisation,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        make_promise(bob, local_date(AFTER), team=organisation.bakery)
        page(bob)  # reads what was asked, once
        with django_assert_num_queries(N_QUERIES, exact=False) as first:
            page(bob)
        for _ in range(4):
            make_promise(bob, local_date(AFTER), team=organisation.bakery)
            make_call(bob, AFTER)
            make_wave(two_quarters.ex, closed_at=AFTER + 5 * DAY, is_open=True)

        with django_assert_num_queries(len(first.captured_queries)):
            page(bob)

"""What the managers' pages of calls show."""

from datetime import date, datetime, timedelta

from survey.accounts.models import Role, User
from survey.console.calls.pages import (
    audiences_of,
    build_calls_page,
    list_duty_lines,
    list_rules,
)
from survey.followup.duties import add_duty
from survey.questionnaires.models import Audience
from tests.cast import make_user
from tests.followup.calls import ask


class TestAudiencesOf:
    def test_keeps_staff_and_customers_apart(self, alice: User) -> None:
        assert audiences_of(user=alice) == (Audience.EMPLOYEE, Audience.COLLEAGUE)
        assert audiences_of(user=make_user("dora", Role.CX_MANAGER)) == (Audience.CUSTOMER,)


class TestBuildCallsPage:
    def test_counts_whole_days(self, db: None, now: datetime) -> None:
        dora = make_user("dora", Role.CX_MANAGER)
        ask(now=now - timedelta(hours=47))

        page = build_calls_page(user=dora, now=now)

        assert [one.days for one in page.waiting] == [1]
        assert page.keeps_rota


class TestListDutyLines:
    def test_says_the_days(self, db: None) -> None:
        dora = make_user("dora", Role.CX_MANAGER)
        add_duty(team=None, user=dora, weekdays=[6, 0], active_from=date(2026, 1, 1))
        add_duty(team=None, user=dora, weekdays=[], active_from=date(2026, 1, 2))

        lines = list_duty_lines(today=date(2026, 3, 2))

        assert [one.days for one in lines] == ["Monday, Sunday", "every day"]
        assert {one.team for one in lines} == {"all teams"}


class TestListRules:
    def test_holds_the_usual_one(self, db: None) -> None:
        [(audience, name, rule)] = list_rules(audiences=[Audience.CUSTOMER])

        assert (audience, name) == (Audience.CUSTOMER, "Customers")
        assert rule["answer_within_hours"] == 24

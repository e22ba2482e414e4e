"""Measures over all periods."""

from survey.accounts.models import User
from survey.aggregation.models import Standing
from survey.campaigns.models import Pairing
from tests.cast import Organisation
from tests.dashboards.overview.material import build, staff
from tests.dashboards.standings import Q1, Q2, Q3

pytest_plugins = ["tests.dashboards.overview.company"]


class TestReadCourses:
    def test_follow_six_measures_over_all_periods(self, alice: User, pairing: Pairing) -> None:
        courses = build(alice).courses

        assert [(one.name, one.style.label) for one in courses] == [
            ("Passionate, %", "staff"),
            ("Fairness", "staff"),
            ("Recommend as a place to work, \u2212100 to 100", "staff"),
            ("How customers are treated", "customers"),
            ("Ease", "customers"),
            ("Recommend score, \u2212100 to 100", "customers"),
        ]
        assert [point.start for point in courses[0].points] == [Q1, Q2, Q3]
        assert (courses[0].low, courses[0].high) == (0, 40)
        assert (courses[1].low, courses[1].high) == (courses[3].low, courses[3].high) == (40, 80)

    def test_know_what_was_not_asked_from_what_is_hidden(
        self, alice: User, pairing: Pairing, organisation: Organisation
    ) -> None:
        metrics = staff()
        del metrics["fairness"]
        Standing.objects.filter(
            campaign=pairing.ex, scope=organisation.company, period_start=Q1
        ).update(metrics=metrics)

        fairness = build(alice).courses[1]

        assert [(point.score is None, point.was_asked) for point in fairness.points] == [
            (True, True),
            (True, False),
            (False, True),
        ]

    def test_are_none_in_the_first_period(self, alice: User, pairing: Pairing) -> None:
        Standing.objects.exclude(period_start=Q3).delete()

        assert build(alice).courses == ()

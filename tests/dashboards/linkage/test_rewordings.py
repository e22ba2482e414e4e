"""Scales that were worded anew among the periods of a study."""

from datetime import date

from survey.campaigns.models import Campaign, Pairing
from survey.dashboards.linkage.rewordings import list_rewordings
from survey.linkage.alignment import list_sides
from survey.linkage.models import Study
from tests.cast import Organisation
from tests.dashboards.rewording import reword, translate
from tests.dashboards.studies import SUMMER, make_study
from tests.dashboards.team.staging import QUARTER, everywhere, make_both_sides, release
from tests.factories.aggregation import CLOSED
from tests.stages import stage

NAMES = {"fair": "Fairness", "treat": "Treatment"}


@stage
def sides(organisation: Organisation) -> Pairing:
    return make_both_sides(organisation.company)


def release_twice(campaign: Campaign, metric: str) -> None:
    for at in (1, 2):
        release(campaign, everywhere(metric, 70.0), closed_at=CLOSED + at * QUARTER)


def make(pairing: Pairing, start: date) -> Study:
    study = make_study(pairing, pairing.ex.scope, 0.4, period_start=start)
    study.results.update(ex_scale="fair", cx_scale="treat")
    return study


def told(study: Study) -> tuple[str, ...]:
    sides = list_sides(study.pairing, with_scales=False)
    return list_rewordings(study, study.results.get(), sides, NAMES)


class TestListRewordings:
    def test_names_the_scale_and_since_when(self, sides: Pairing) -> None:
        release(sides.ex, everywhere("fair", 70.0))
        reword(sides.ex, "fair_1")
        release_twice(sides.ex, "fair")
        release(sides.cx, everywhere("treat", 70.0))
        translate(sides.cx, "treat_1")
        release_twice(sides.cx, "treat")

        assert told(make(sides, SUMMER)) == (
            "Worded differently since Q2 2026: not comparable: Fairness.",
        )

    def test_never_looks_ahead_of_the_study(self, sides: Pairing) -> None:
        release_twice(sides.ex, "fair")
        reword(sides.ex, "fair_1")
        release(sides.ex, everywhere("fair", 70.0), closed_at=CLOSED + 3 * QUARTER)

        assert told(make(sides, SUMMER)) == ()
        assert len(told(make(sides, SUMMER.replace(month=10)))) == 1

"""The cards of scores."""

from survey.accounts.models import User
from survey.aggregation.models import Standing
from survey.campaigns.models import Pairing
from survey.dashboards.overview.exports import make_table
from tests.dashboards.overview.material import build
from tests.dashboards.standings import Q3

pytest_plugins = ["tests.dashboards.overview.company"]


class TestListBlocks:
    def test_splits_wholes_into_facets_or_shown_items(self, alice: User, pairing: Pairing) -> None:
        fairness, others, treatment, rest = build(alice).blocks

        assert [one.measure.name for one in fairness.lines] == [
            *("All questions together", "How decisions are made", "Told why, in time"),
        ]
        assert fairness.caption == "44 staff answered. Out of 100."
        assert [one.measure.code for one in others.lines] == ["passion", "seen"]
        assert others.title == "Other themes of staff"
        assert [one.measure.code for one in treatment.lines] == [
            *("treatment", "item:treated_friendly", "item:treated_concern"),
        ]
        assert [one.measure.code for one in rest.lines] == ["ease"]


class TestListLights:
    def test_keeps_lights_recommendations_and_guesses_apart(
        self, alice: User, pairing: Pairing
    ) -> None:
        page = build(alice)

        assert [one.line.measure.code for one in page.lights] == [
            *("item:survey_trust_1", "item:survey_trust_2"),
        ]
        scores = [one.line.now for one in page.recommends]
        assert [(one.mean, one.low, one.high) for one in scores if one] == [
            (12, 7, 17),
            (34, 29, 39),
        ]
        assert all(one.line.measure.code != "customer_view" for one in page.told)


class TestListRecommends:
    def test_keeps_a_score_without_a_margin(self, alice: User, pairing: Pairing) -> None:
        change_recommend(pairing, {"score": 100, "low": None, "high": None})

        page = build(alice)

        (line,) = [one.line for one in page.recommends if one.style.label == "customers"]
        assert line.now
        assert (line.now.mean, line.now.margin, line.word) == (100, None, "margin not known")
        assert not line.has_changed
        rows = [row for row in make_table(page, "scores").rows if row[1] == "Recommend score"]
        assert [tuple(row[2:6]) for row in rows] == [(320, 100, None, None)]

    def test_keeps_the_row_of_a_score_that_is_hidden(self, alice: User, pairing: Pairing) -> None:
        change_recommend(pairing, {"score": None, "low": None, "high": None})

        lines = {one.line.measure.code: one.line for one in build(alice, compare="").recommends}

        assert lines["recommend"].now is None
        assert lines["recommend_work"].now

    def test_leaves_out_what_was_not_asked(self, alice: User, pairing: Pairing) -> None:
        page = build(alice, period="2026-04-01")  # staff were not asked then

        assert [one.line.measure.code for one in page.recommends if one.line.now] == ["recommend"]


def change_recommend(pairing: Pairing, said: dict[str, int | None]) -> None:
    """Store another recommend score of customers in the newest quarter of the whole company."""
    for standing in Standing.objects.filter(campaign=pairing.cx, period_start=Q3):
        standing.metrics["recommend"]["detail"]["recommend"] = said
        standing.save()

"""The cards of scores."""

from survey.accounts.models import User
from survey.campaigns.models import Pairing
from tests.dashboards.overview.material import build

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

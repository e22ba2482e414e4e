"""What a release says of a scale, against the same computed from single answers."""

import numpy as np
import pandas as pd
import pytest

from survey.aggregation.metrics import Metric
from survey.aggregation.quality import NOT_FROM_COUNTS, describe_scale, find_divided
from survey.aggregation.summaries import Summary
from survey.statistics.agreement import gate, rwg_j
from survey.statistics.reliability import cronbach_alpha
from survey.statistics.rollups import ItemMoments, Moments

ITEMS = ["a", "b", "c"]
METRIC = Metric("s", "s", 1, 5, 4, tuple(ITEMS), frozenset(), n_options=5)


@pytest.fixture
def answers() -> pd.DataFrame:
    """Twelve teams of eight who differ, three items that hang together."""
    rng = np.random.default_rng(4)
    team = np.repeat(np.arange(12), 8)
    level = rng.normal(3, 0.7, 12)[team] + rng.normal(0, 0.5, 96)
    items = np.clip(np.rint(level[:, None] + rng.normal(0, 0.6, (96, 3))), 1, 5)
    return pd.DataFrame(items, columns=ITEMS).assign(team=team)


def summaries(answers: pd.DataFrame) -> dict[str, Summary]:
    return {
        str(team): Summary(Moments.of(rows[ITEMS].mean(axis=1)), items=ItemMoments.of(rows[ITEMS]))
        for team, rows in answers.groupby("team")
    }


class TestDescribeScale:
    def test_equals_what_single_answers_give(self, answers: pd.DataFrame) -> None:
        said = describe_scale(METRIC, summaries(answers), knows_people=True, threshold=5)

        expected = gate(answers[ITEMS], answers["team"], n_options=5)
        assert said["icc1"] == pytest.approx(expected.intraclass.icc1, abs=1e-4)
        assert said["gate"] == expected.level
        assert said["median_rwg"] == pytest.approx(expected.median_rwg, abs=0.01)
        assert said["alpha"] == pytest.approx(cronbach_alpha(answers[ITEMS]).alpha, abs=0.01)
        assert (said["n_groups"], said["n_people"]) == (12, 96)

    def test_measures_agreement_in_steps_of_the_options(self, answers: pd.DataFrame) -> None:
        stretched = answers.assign(**{code: (answers[code] - 1) * 2.5 for code in ITEMS})
        wide = Metric("s", "s", 0, 10, None, tuple(ITEMS), frozenset(), n_options=5)
        near = describe_scale(METRIC, summaries(answers), knows_people=True, threshold=5)
        far = describe_scale(wide, summaries(stretched), knows_people=True, threshold=5)
        assert near == far

    def test_says_what_counts_do_not_tell(self, answers: pd.DataFrame) -> None:
        said = describe_scale(METRIC, summaries(answers), knows_people=False, threshold=5)
        assert said["reason"] == NOT_FROM_COUNTS
        assert said["alpha"] is said["icc1"] is said["gate"] is said["pooled_sd"] is None

    def test_has_a_reason_where_there_are_too_few_groups(self, answers: pd.DataFrame) -> None:
        said = describe_scale(
            METRIC, {"0": summaries(answers)["0"]}, knows_people=True, threshold=5
        )
        assert said["icc1"] is None
        assert said["reason"]

    def test_keeps_the_spread_of_a_single_group_to_itself(self, answers: pd.DataFrame) -> None:
        [(code, only), *_] = summaries(answers).items()

        said = describe_scale(METRIC, {code: only}, knows_people=True, threshold=5)

        assert said["reason"] == "too few groups are shown"
        assert said["pooled_sd"] is said["median_rwg"] is said["alpha"] is None

    @pytest.mark.parametrize(("n_gaps", "is_said"), [(0, True), (1, False), (4, False), (5, True)])
    def test_tells_nothing_of_the_few_who_skipped_an_item(
        self, answers: pd.DataFrame, n_gaps: int, is_said: bool
    ) -> None:
        answers = answers.astype(float)
        answers.loc[: n_gaps - 1, "a"] = np.nan

        said = describe_scale(METRIC, summaries(answers), knows_people=True, threshold=5)

        for name in ("alpha", "alpha_low", "alpha_high", "n_complete", "median_rwg"):
            assert (said[name] is not None) is is_said
        assert said["gate"] is not None
        assert (said["n_people"], said["n_groups"]) == (96, 12)

    def test_tells_no_agreement_in_its_reasons_either(self) -> None:
        rng = np.random.default_rng(4)
        team = np.repeat(np.arange(12), 30)
        items = rng.normal(3, 0.8, 12)[team][:, None] + rng.normal(0, 1.4, (360, 3))
        answers = pd.DataFrame(np.clip(items, 1, 5), columns=ITEMS).assign(team=team)
        whole = describe_scale(METRIC, summaries(answers), knows_people=True, threshold=5)
        answers.loc[0, "a"] = np.nan
        said = describe_scale(METRIC, summaries(answers), knows_people=True, threshold=5)

        assert whole["gate"] == said["gate"] == "AMBER"
        assert "agree with each other only to" in "".join(whole["gate_reasons"])
        assert said["gate_reasons"] == ["How far people in the same team agree is not known."]

    def test_has_no_sign_at_zero(self) -> None:
        rng = np.random.default_rng(9)
        found = [
            describe_scale(
                METRIC,
                summaries(
                    pd.DataFrame(rng.integers(1, 6, (200, 3)), columns=ITEMS).assign(
                        team=np.arange(200) % 10
                    )
                ),
                knows_people=True,
                threshold=5,
            )
            for _ in range(20)
        ]
        numbers = [one for said in found for one in said.values() if isinstance(one, float)]
        assert any(one == 0 for one in numbers)
        assert not any(str(one) == "-0.0" for one in numbers)


class TestFindDivided:
    CAMPS = pd.DataFrame([[1, 1, 1], [5, 5, 5]] * 6, columns=ITEMS)
    AGREED = pd.DataFrame([[3, 4, 3], [4, 4, 3]] * 6, columns=ITEMS)

    def groups(self, **answers: pd.DataFrame) -> dict[str, Summary]:
        return {
            code: Summary(Moments.of(rows.mean(axis=1)), items=ItemMoments.of(rows))
            for code, rows in answers.items()
        }

    def test_names_groups_whose_people_fall_into_camps(self) -> None:
        found = self.groups(camps=self.CAMPS, agreed=self.AGREED)

        assert find_divided(METRIC, found) == {"camps"}

    def test_leaves_out_groups_in_which_fewer_than_ten_answered_everything(self) -> None:
        gaps = self.CAMPS.astype(float)
        gaps.loc[9:, "a"] = np.nan

        assert find_divided(METRIC, self.groups(gaps=gaps, few=self.CAMPS[:9])) == frozenset()

    def test_says_nothing_of_one_item(self) -> None:
        one = Metric("s", "s", 1, 5, 4, ("a",), frozenset(), n_options=5)

        assert find_divided(one, self.groups(camps=self.CAMPS[["a"]])) == frozenset()

    @pytest.mark.parametrize(("apart", "is_divided"), [(10, False), (12, True)])
    def test_draws_the_line_at_half(self, apart: int, is_divided: bool) -> None:
        people = [[1, 1, 1], [5, 5, 5]] * (apart // 2) + [[3, 3, 3]] * (30 - apart)
        rows = pd.DataFrame(people, columns=ITEMS)
        rwg = rwg_j(rows, pd.Series(["team"] * len(rows)), n_options=5)["team"]

        assert bool(rwg < 0.5) is is_divided
        assert bool(find_divided(METRIC, self.groups(team=rows))) is is_divided

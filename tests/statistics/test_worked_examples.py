"""The formulas on a few made-up people and teams, where the published data are not at hand.

The expected numbers come from an independent script, written from the formulas alone: full
covariance matrices, dummy columns, permutations and matrix inverses instead of the sums used here.
"""

import numpy as np
import pandas as pd
import pytest

from survey.statistics import (
    agreement,
    correlation,
    decomposition,
    importance,
    mixed,
    regression,
    reliability,
    scales,
    shrinkage,
    teams,
)

# Nineteen people in teams of uneven size: team, three answers from 1 to 5, the last one reversed.
PEOPLE = pd.DataFrame(
    [
        ("a", 4, 5, 2), ("a", 4, 4, 1), ("a", 5, 4, 2), ("a", 3, 4, 2),
        ("b", 2, 3, 4), ("b", 1, 2, 5), ("b", 3, 2, 4),
        ("c", 3, 4, 3), ("c", 2, 3, 3), ("c", 4, 4, 1), ("c", 3, 3, None), ("c", 4, None, 2),
        ("d", 2, 1, 5), ("d", 1, 5, 1),
        ("e", 4, 4, 3), ("e", 3, 5, 2), ("e", 5, 5, 1), ("e", 4, 3, 2), ("e", None, None, 3),
    ],
    columns=["team", "p", "q", "r"],
)  # fmt: skip
TURNED = PEOPLE[["p", "q", "r"]].assign(r=6 - PEOPLE.r)
SCORES = scales.score(PEOPLE[["p", "q", "r"]], reverse=["r"], minimum=1, maximum=5)

# Twelve teams: two scores, a confounder and the people behind each.
X = np.array([3.1, 4.2, 2.8, 3.9, 4.4, 3.3, 2.5, 3.7, 4.0, 3.3, 2.9, 4.6])
Y = np.array([3.5, 4.1, 3.0, 3.2, 4.3, 3.8, 3.1, 3.6, 3.9, 3.0, 3.4, 3.3])
SIZE = np.array([4.0, 9, 12, 7, 5, 30, 22, 8, 11, 16, 6, 10])
PEOPLE_ASKED = np.array([8.0, 12, 5, 20, 9, 7, 15, 6, 11, 8, 10, 4])

# Five teams over four waves.
WAVES = pd.DataFrame(
    {
        "team": np.repeat(range(5), 4),
        "x": [3, 4, 4, 5, 2, 2, 3, 1, 4, 5, 3, 4, 1, 2, 2, 3, 5, 4, 5, 3],
        "y": [3.0, 3.5, 3.2, 4.0, 4.1, 4.0, 4.6, 3.5, 2.0, 2.6,
              2.2, 2.1, 3.3, 3.0, 3.9, 3.8, 2.5, 2.9, 2.7, 2.2],
    }
)  # fmt: skip


def exactly(*values: float) -> object:
    return pytest.approx(values, abs=1e-8)


class TestPeople:
    def test_are_scored_from_half_of_the_answers(self) -> None:
        assert SCORES.mean() == pytest.approx(3.4074074074074, abs=1e-12)
        assert SCORES.isna().sum() == 1

    def test_have_reliable_scores(self) -> None:
        found = reliability.cronbach_alpha(TURNED)

        assert (found.alpha, found.low, found.high) == exactly(
            0.8218545594, 0.5889910550, 0.9326160115
        )
        assert (found.n_items, found.n_people) == (3, 16)

    def test_differ_between_teams(self) -> None:
        found = agreement.intraclass(SCORES, PEOPLE.team)

        assert (found.icc1, found.icc2) == exactly(0.5653325387, 0.8210534405)
        assert (found.ms_between, found.ms_within) == exactly(2.9350308642, 0.5252136752)
        assert (found.f, found.p_value) == exactly(5.5882605551, 0.0076606138)
        assert found.group_size == pytest.approx(3.5277777778)
        mean_size = agreement.intraclass(SCORES, PEOPLE.team, group_size="mean")
        assert mean_size.icc1 == pytest.approx(0.5603461839, abs=1e-8)

    def test_may_differ_less_between_teams_than_by_chance(self) -> None:
        answers = [1, 5, 2, 4, 1, 4, 5, 2, 3, 2.5]

        found = agreement.intraclass(answers, [0] * 4 + [1] * 4 + [2] * 2)

        assert (found.icc1, found.icc2, found.p_value) == exactly(
            -0.4431372549, -56.5, 0.9828013755
        )
        assert agreement.team_reliability(found.icc1, 4) == 0.0

    @pytest.mark.parametrize(
        ("null", "expected"),
        [
            ("uniform", (0.9255319149, 0.8863636364, 0.7894736842, 0.0, 0.8333333333)),
            ("slight_skew", (0.8800548321, 0.8090145149, 0.6035678890, 0.0, 0.7023809524)),
        ],
    )
    def test_agree_inside_teams_but_for_one(
        self, null: agreement.Null, expected: tuple[float, ...]
    ) -> None:
        """Team d differs by 5.5, more than chance: its agreement is 0, not below."""
        found = agreement.rwg_j(TURNED, PEOPLE.team, n_options=5, null=null)

        assert tuple(found[list("abcde")]) == exactly(*expected)

    def test_link_two_answers_between_and_inside_teams(self) -> None:
        found = decomposition.waba(PEOPLE.p, PEOPLE.r, PEOPLE.team)

        assert (found.r_total, found.r_between, found.r_within) == exactly(
            -0.5549890274, -0.8431628534, -0.1965521569
        )
        assert (found.eta_x, found.eta_y) == exactly(0.7886667181, 0.7058780978)

    def test_have_a_random_level_per_team(self) -> None:
        found = mixed.random_intercept(SCORES, PEOPLE.team)

        assert (found.mu, found.tau2, found.sigma2) == pytest.approx(
            (3.2768420885, 0.7489521392, 0.5268072458), rel=1e-5
        )
        assert found.effects["b"] == pytest.approx(-1.03432903, rel=1e-5)


class TestTeams:
    def test_go_together(self) -> None:
        r, s, tau = (
            one(X, Y) for one in (correlation.pearson, correlation.spearman, correlation.kendall)
        )

        assert (r.r, r.low, r.high, r.p_value) == exactly(
            0.5789738135, 0.0075962244, 0.8653440837, 0.0485474031
        )
        assert (s.r, s.low, s.high, s.p_value) == exactly(
            0.5807017544, -0.0427074893, 0.8786409487, 0.0477218428
        )
        assert (tau.r, tau.low, tau.high, tau.p_value) == exactly(
            0.4923076923, 0.0808422790, 0.7604091087, 0.0274798062
        )

    def test_count_by_their_people(self) -> None:
        found = correlation.pearson(X, Y, weights=PEOPLE_ASKED)

        assert found.r == pytest.approx(0.6244879215, abs=1e-8)

    def test_are_held_steady_on_size(self) -> None:
        found = correlation.partial(X, Y, pd.Series(SIZE))

        assert (found.r, found.low, found.high, found.p_value) == exactly(
            0.5635286099, -0.0549078091, 0.8694790662, 0.0710175813
        )

    def test_are_left_out_one_by_one(self) -> None:
        found = correlation.influence(X, Y)

        assert (found.r_without.min(), found.r_without.max()) == exactly(0.4698733848, 0.7598193961)
        assert found.cooks_d.astype(float).idxmax() == 11
        assert found.cooks_d[11] == pytest.approx(0.8141557559, abs=1e-8)

    def test_lie_on_a_plane(self) -> None:
        frame = pd.DataFrame({"x": X, "size": SIZE})

        found = regression.weighted(Y, frame, PEOPLE_ASKED)

        assert tuple(found.coefficients) == exactly(1.86977812, 0.44344100, 0.00606479)
        assert tuple(found.standard_errors) == exactly(0.81461317, 0.19488973, 0.01736410)

    def test_share_out_what_is_explained(self) -> None:
        frame = pd.DataFrame({"x": X, "size": SIZE, "asked": PEOPLE_ASKED})

        by_order, by_weight = importance.lmg(frame, Y), importance.johnson(frame, Y)

        assert tuple(by_order) == exactly(0.32093472, 0.01601837, 0.00067530)
        assert tuple(by_weight) == exactly(0.32100648, 0.01599556, 0.00062634)
        assert (by_order.sum(), by_weight.sum()) == exactly(0.3376283798, 0.3376283798)

    def test_are_drawn_to_the_mean_of_all(self) -> None:
        variances = 0.5 / PEOPLE_ASKED

        moments = shrinkage.empirical_bayes(Y, variances, method="dl")
        likelihood = shrinkage.empirical_bayes(Y, variances)

        assert (moments.tau2, moments.mu) == exactly(0.1423243697, 3.5241992517)
        assert (moments.shrunken[0], moments.se[0]) == exactly(3.5073841469, 0.2121217667)
        assert (likelihood.tau2, likelihood.mu) == exactly(0.1371070824, 3.5243034930)
        assert likelihood.shrunken[0] == pytest.approx(3.5076097917, abs=1e-8)

    def test_have_a_mean_of_part_of_their_people(self) -> None:
        found = teams.mean(Y[:9], population=14)

        assert (found.mean, found.se) == exactly(3.6111111111, 0.0904378922)
        assert (found.low, found.high) == exactly(3.4025609577, 3.8196612645)

    def test_change_together_over_waves(self) -> None:
        found = correlation.repeated_measures(WAVES, team="team", x="x", y="y")

        assert (found.r, found.low, found.high, found.p_value) == exactly(
            0.7054829832, 0.3225917570, 0.8899591930, 0.0022646469
        )
        assert found.df == 14

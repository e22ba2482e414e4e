from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.statistics.correlation import partial, pearson, repeated_measures

Reference = Callable[[str], pd.DataFrame]


def confounded(rng: np.random.Generator, n: int = 60) -> pd.DataFrame:
    site = rng.integers(0, 2, n)
    x, y = (site + 0.5 * rng.normal(size=n) for _ in range(2))
    return pd.DataFrame({"x": x, "y": y, "size": site * 10.0, "site": np.where(site, "a", "b")})


class TestPartial:
    def test_agrees_with_pingouin(self, reference: Reference) -> None:
        """The second value is printed .4926004027 there; inverting the matrix gives a 7."""
        data = reference("pg_partial_corr")
        one = partial(data.x, data.y, data.cv1)
        assert one.r == pytest.approx(0.5681692357, abs=1e-8)
        three = partial(data.x, data.y, data[["cv1", "cv2", "cv3"]])
        assert three.r == pytest.approx(0.4926007027, abs=1e-8)
        assert (one.df, three.df) == (27, 25)

    def test_agrees_with_r(self, reference: Reference) -> None:
        teams = reference("bh1996").groupby("GRP")[["LEAD", "WBEING", "HRS"]].mean()
        assert partial(teams.LEAD, teams.WBEING, teams.HRS).r == pytest.approx(0.4839741725)

    @given(st.integers(0, 10_000))
    def test_follows_the_formula_of_one_covariate(self, seed: int) -> None:
        x, y, z = np.random.default_rng(seed).normal(size=(3, 25))
        xy, xz, yz = (pearson(*pair).r for pair in ((x, y), (x, z), (y, z)))

        both = partial(x, y, pd.Series(z))
        semi = partial(x, y, pd.Series(z), semi=True)

        assert both.r == pytest.approx((xy - xz * yz) / np.sqrt((1 - xz**2) * (1 - yz**2)))
        assert semi.r == pytest.approx((xy - xz * yz) / np.sqrt(1 - xz**2))
        assert both.low <= both.r <= both.high

    def test_takes_a_confounder_away(self, rng: np.random.Generator) -> None:
        data = confounded(rng)

        assert pearson(data.x, data.y).low > 0
        assert partial(data.x, data.y, data["size"]).low < 0

    def test_reads_words_as_groups(self, rng: np.random.Generator) -> None:
        data = confounded(rng)

        assert partial(data.x, data.y, data.site).r == pytest.approx(
            partial(data.x, data.y, data["size"]).r
        )

    @pytest.mark.parametrize("kind", [object, "Int64", "Float64", "int8"])
    def test_reads_numbers_from_every_kind_of_column(
        self, rng: np.random.Generator, kind: str
    ) -> None:
        data = confounded(rng)
        headcount = pd.Series(rng.integers(3, 40, len(data)))

        found = partial(data.x, data.y, headcount.astype(kind))

        assert found == partial(data.x, data.y, headcount.astype(float))
        assert found.df == 57

    def test_leaves_out_teams_without_a_covariate(self, rng: np.random.Generator) -> None:
        data = confounded(rng).astype({"site": object})
        data.loc[3, "site"] = None
        data.loc[5, "size"] = np.nan

        assert partial(data.x, data.y, data[["site", "size"]]).n_teams == 58

    @pytest.mark.parametrize("covariate", [3.0, 0.0])
    def test_ignores_a_constant_covariate(self, rng: np.random.Generator, covariate: float) -> None:
        data = confounded(rng)

        found = partial(data.x, data.y, pd.Series(covariate, index=data.index))

        assert found.r == pytest.approx(pearson(data.x, data.y).r)

    def test_has_no_interval_from_three_teams(self) -> None:
        flat = pd.Series([1.0, 1.0, 1.0])

        found = partial([1, 2, 3], [2, 1, 3], flat)

        assert found.r == pytest.approx(0.5)
        assert (found.low, found.high, found.p_value, found.df) == (None, None, None, 1)
        assert found.reason == pearson([1, 2, 3], [2, 1, 3]).reason

    def test_counts_a_repeated_covariate_once(self, rng: np.random.Generator) -> None:
        data = confounded(rng)

        twice = partial(data.x, data.y, data[["size"]].assign(again=data["size"] * 2))

        assert twice.df == partial(data.x, data.y, data["size"]).df == 57

    def test_refuses_more_than_one_covariate_per_ten_teams(self, rng: np.random.Generator) -> None:
        data = confounded(rng, 19)

        found = partial(data.x, data.y, pd.DataFrame(rng.normal(size=(19, 2))))

        assert found.r is None
        assert "needs at least 20 teams" in found.reason

    @pytest.mark.parametrize("name", ["x", "y"])
    def test_claims_nothing_once_all_is_explained(
        self, rng: np.random.Generator, name: str
    ) -> None:
        data = confounded(rng)

        found = partial(data.x, data.y, data[name])

        assert (found.r, found.low, found.p_value) == (None, None, None)
        assert "explain" in found.reason

    def test_claims_nothing_from_nothing(self) -> None:
        assert partial([1, 1, 1, 1], [1, 2, 3, 4], pd.Series([1, 2, 4, 3])).reason
        assert partial([], [], pd.DataFrame()).reason


class TestRepeatedMeasures:
    def test_agrees_with_pingouin(self, reference: Reference) -> None:
        data = reference("bland_altman_1995")

        found = repeated_measures(data, team="Subject", x="pH", y="PacO2")

        assert found.r == pytest.approx(-0.5067697422, abs=1e-8)
        assert (found.df, found.n_teams) == (38, 8)
        assert found.p_value == pytest.approx(0.0008471081, abs=1e-8)
        assert (found.low, found.high) == pytest.approx((-0.7067146364, -0.2318631198), abs=1e-8)

    def test_sees_only_changes_inside_teams(self, rng: np.random.Generator) -> None:
        teams = np.repeat(range(6), 4)
        x, y = rng.normal(size=(2, 24))
        frame = pd.DataFrame({"team": teams, "x": x, "y": y})

        plain = repeated_measures(frame, team="team", x="x", y="y")
        lifted = repeated_measures(
            frame.assign(x=x + 100 * teams, y=y - 50 * teams), team="team", x="x", y="y"
        )

        assert lifted.r == pytest.approx(plain.r)
        assert plain.df == 24 - 6 - 1

    def test_counts_what_was_taken_out_before(self, rng: np.random.Generator) -> None:
        """Without links 5 of 100 panels freed from the means of 24 waves look linked; else 8."""
        found = {0: 0, 23: 0}
        for _ in range(1_000):
            x, y = (one - one.mean(axis=0) for one in rng.normal(size=(2, 5, 24)))
            frame = pd.DataFrame({"team": np.repeat(range(5), 24), "x": x.ravel(), "y": y.ravel()})
            for n in found:
                one = repeated_measures(frame, team="team", x="x", y="y", n_taken_out=n)
                assert one.df == 5 * 24 - 5 - 1 - n
                found[n] += (one.p_value or 0) < 0.05

        assert found[23] <= 60 < found[0]

    def test_claims_nothing_where_nothing_is_left(self, rng: np.random.Generator) -> None:
        frame = pd.DataFrame(rng.normal(size=(15, 2)), columns=["x", "y"])
        frame["team"] = np.repeat(range(5), 3)

        assert repeated_measures(frame, team="team", x="x", y="y", n_taken_out=7).df == 2
        assert repeated_measures(frame, team="team", x="x", y="y", n_taken_out=8).r is None

    @pytest.mark.parametrize(
        ("n_teams", "n_waves", "x"), [(4, 5, None), (9, 2, None), (0, 0, None), (6, 4, 1.0)]
    )
    def test_claims_nothing_from_nothing(
        self, rng: np.random.Generator, n_teams: int, n_waves: int, x: float | None
    ) -> None:
        frame = pd.DataFrame({"team": np.repeat(range(n_teams), n_waves)})
        frame["y"] = rng.normal(size=len(frame))
        frame["x"] = rng.normal(size=len(frame)) if x is None else frame.team * x

        found = repeated_measures(frame, team="team", x="x", y="y")

        assert (found.r, found.low, found.p_value) == (None, None, None)
        assert found.reason

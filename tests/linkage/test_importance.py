"""Which staff themes go with a customers' score the most."""

import json
from dataclasses import asdict

import numpy as np
import pandas as pd
import pytest

from survey.linkage.importance import Importance, rank_themes
from survey.statistics.importance import johnson
from tests.linkage.material import NORTH, SIDES, make_part, make_units

SOUTH_ALONE = [float(at) if at % 2 == 0 else float("nan") for at in range(24)]


def scores(n_teams: int = 24) -> dict[str, list[float]]:
    """Return scores in which care follows fair closely and seen hardly."""
    fair, seen, noise = np.random.default_rng(5).normal(60, 5, size=(3, n_teams))
    return {"fair": list(fair), "seen": list(seen), "care": list(fair + 0.2 * seen + 0.2 * noise)}


def importance_of(given: dict[str, list[float]], *, team_id: int = 1) -> Importance:
    units = make_units({"fair": given["fair"], "seen": given["seen"]}, {"care": given["care"]})
    (found,) = rank_themes(make_part(units, team_id=team_id), SIDES, seed=1)
    return found


class TestRankThemes:
    def test_ranks_what_goes_with_the_score_first(self) -> None:
        given = scores()

        found = importance_of(given)

        frame = pd.DataFrame(given)
        expected = johnson(frame[["fair", "seen"]], frame["care"])
        assert (found.cx_scale, found.n_teams, found.reason) == ("care", 24, "")
        assert [one.ex_scale for one in found.shares] == ["fair", "seen"]
        assert [one.share for one in found.shares] == pytest.approx(expected.tolist())
        assert [(one.rank, one.rank_low, one.rank_high) for one in found.shares] == [
            (1, 1, 1),
            (2, 2, 2),
        ]
        assert all(one.low <= one.share <= one.high for one in found.shares)
        assert found.r2 == pytest.approx(sum(one.share for one in found.shares))

    def test_is_plain_data(self) -> None:
        assert json.dumps(asdict(importance_of(scores())), allow_nan=False)

    def test_is_the_same_every_time(self) -> None:
        assert importance_of(scores()) == importance_of(scores())

    @pytest.mark.parametrize("n_shown", [19, 20])
    def test_needs_ten_teams_per_theme(self, n_shown: int) -> None:
        given = scores()
        given["seen"] = given["seen"][:n_shown] + [float("nan")] * (24 - n_shown)

        found = importance_of(given)

        assert found.n_teams == n_shown
        assert bool(found.shares) == (n_shown == 20)
        if n_shown < 20:
            assert found.r2 is None
            assert found.reason == "needs 20 teams, 10 for each staff theme; has 19"

    def test_counts_only_themes_that_are_shown(self) -> None:
        found = importance_of(scores() | {"seen": SOUTH_ALONE}, team_id=NORTH)

        assert [one.ex_scale for one in found.shares] == ["fair"]

    def test_has_nothing_to_rank_without_themes(self) -> None:
        hidden = {"fair": SOUTH_ALONE, "seen": SOUTH_ALONE}

        found = importance_of(scores() | hidden, team_id=NORTH)

        assert (found.r2, found.n_teams, found.reason) == (None, 0, "no team shows a staff theme")

    def test_cannot_rank_what_is_the_same_everywhere(self) -> None:
        found = importance_of(scores() | {"seen": [50.0] * 24})

        assert found.shares == ()
        assert "same scores" in found.reason

    def test_looks_only_inside_the_part(self) -> None:
        given = scores(48)
        elsewhere = {
            code: [value if at % 2 else value * 0.5 + at for at, value in enumerate(values)]
            for code, values in given.items()
        }

        assert importance_of(given, team_id=NORTH) == importance_of(elsewhere, team_id=NORTH)
        assert importance_of(given) != importance_of(elsewhere)

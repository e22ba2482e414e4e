"""A score that means nothing is seldom linked with anything."""

import numpy as np
import pandas as pd

from survey.statistics.correlation import Correlation, kendall, pearson, spearman
from tests.statistics.simulations.draws import repeated

N_REGIONS, TEAMS_PER_REGION, PEOPLE_PER_TEAM = 6, 10, 12
N_TEAMS = N_REGIONS * TEAMS_PER_REGION
LEVEL, MOST_REJECTED = 0.05, 0.10


def draw_scores(rng: np.random.Generator) -> np.ndarray:
    """Draw a score of each team that leans on its region, as satisfaction does."""
    regions = np.repeat(rng.normal(size=N_REGIONS), TEAMS_PER_REGION)
    return 0.35 * regions + rng.normal(size=N_TEAMS)


def rejected(found: list[Correlation]) -> float:
    return float(np.mean([one.p_value < LEVEL for one in found]))


class TestPlacebos:
    @repeated(400, 8000)
    def test_are_seldom_linked_with_a_score(self, count: int) -> None:
        rng = np.random.default_rng(4)
        drawn = [(rng.normal(size=N_TEAMS), draw_scores(rng)) for _ in range(count)]

        for correlate in (pearson, spearman, kendall):
            assert 0.02 <= rejected([correlate(x, y) for x, y in drawn]) <= MOST_REJECTED

    @repeated(200, 2000)
    def test_would_often_be_if_people_counted_as_teams(self, count: int) -> None:
        rng = np.random.default_rng(4)
        found = []
        for _ in range(count):
            team = np.repeat(rng.normal(size=N_TEAMS), PEOPLE_PER_TEAM)
            score = np.repeat(draw_scores(rng), PEOPLE_PER_TEAM)
            people = pd.DataFrame({"x": team, "y": score + rng.normal(size=score.size)})
            found.append(pearson(people.x, people.y))

        assert rejected(found) > 2 * MOST_REJECTED

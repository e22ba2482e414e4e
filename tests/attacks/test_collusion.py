"""All leaders of 50 random organisations put every figure of three waves on one table."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from unittest import mock

import pytest

from survey.aggregation.metrics import Metric
from survey.aggregation.summaries import Summary
from tests.attacks.collusion import Table, collude, part_by_items, read_figures
from tests.attacks.organisations import FAMILIES, METRICS, K, Played, play_waves, release
from tests.attacks.unknowns import Told

N_ORGANISATIONS, N_CONTROLS = 50, 4
PAIRS = tuple(combinations(FAMILIES, 2))
Families = Mapping[str, tuple[Metric, ...]]


def ask_two(seed: int) -> Families:
    """Return two of the five families: every pair is asked five times."""
    return {code: FAMILIES[code] for code in PAIRS[seed % len(PAIRS)]}


def tell(played: Played, families: Families, **changed: Mapping[str, frozenset[str]]) -> list[Told]:
    """Return everything that a release of some families shows."""
    shown = release(played, families=families, **changed)
    return read_figures(played.tree, played.said["at"].tolist(), shown.figures, METRICS)


def show_all_of_five(played: Played) -> dict[str, frozenset[str]]:
    """Return, for every metric, the groups in which five people or more answered."""
    at = played.said["at"]
    paths = {code: set(played.tree.path(code)) for code in played.tree.parents}
    large = frozenset(code for code in paths if sum(code in paths[one] for one in at) >= K)
    return dict.fromkeys(METRICS, large)


def alone(families: Families) -> Families:
    """Return every metric as a family of its own, as if it shared no items with others."""
    metrics = (one for family in families.values() for one in family if not one.profiles)
    return {metric.code: (metric,) for metric in metrics}


def pull_nothing(
    summaries: Mapping[str, Summary], _metrics: Sequence[Metric]
) -> dict[str, tuple[Summary, str]]:
    return {code: (summary, "") for code, summary in summaries.items()}


@pytest.fixture(scope="module")
def controls() -> list[tuple[Played, Families]]:
    return [(one, ask_two(seed)) for seed in range(N_CONTROLS) for one in play_waves(seed)]


class TestLeaders:
    def test_find_nobody_and_no_group_under_k(self) -> None:
        n_waves = n_figures = 0
        for seed in range(N_ORGANISATIONS):
            for played in play_waves(seed):
                told = tell(played, ask_two(seed))
                n_waves, n_figures = n_waves + 1, n_figures + len(told)
                assert collude(played.said, told, k=K) == [], seed

        assert n_waves == 3 * N_ORGANISATIONS
        assert n_figures > 10_000

    @pytest.mark.soak
    def test_find_nobody_where_everything_is_asked(self) -> None:
        for seed in range(1000, 1000 + 4 * N_ORGANISATIONS):
            for played in play_waves(seed):
                assert collude(played.said, tell(played, FAMILIES), k=K) == [], seed


class TestControls:
    def test_leaders_know_who_is_counted_and_how(
        self, controls: list[tuple[Played, Families]]
    ) -> None:
        """Every mean follows from the true answers as the leaders add them up, but for ends."""
        with mock.patch("survey.aggregation.composing.pull_in", pull_nothing):
            tables = [
                Table(played.said, part)
                for played, families in controls
                for part in part_by_items(tell(played, families))
            ]
        told = [pair for table in tables for pair in table.predict()]

        assert sum(table.misread for table in tables) == 0
        assert len(told) > 500
        assert max(abs(mean - printed) for mean, printed in told) < 0.0501

    def test_the_rule_of_five_gives_small_groups_away(
        self, controls: list[tuple[Played, Families]]
    ) -> None:
        found = [
            collude(one.said, tell(one, families, published=show_all_of_five(one)), k=K)
            for one, families in controls
        ]

        assert sum(map(bool, found)) > len(controls) / 2
        assert {isolated.n for each in found for isolated in each} <= set(range(1, K))

    def test_a_rule_per_metric_gives_single_people_away(
        self, controls: list[tuple[Played, Families]]
    ) -> None:
        few = controls[:3]  # there is much to find
        found = [collude(one.said, tell(one, alone(families)), k=K) for one, families in few]

        assert all(found)
        assert 1 in {isolated.n for each in found for isolated in each}

    def test_ends_left_as_they_are_give_single_people_away(
        self, controls: list[tuple[Played, Families]]
    ) -> None:
        with mock.patch("survey.aggregation.composing.pull_in", pull_nothing):
            found = [collude(one.said, tell(one, families), k=K) for one, families in controls]

        assert {one.how.split()[0] for each in found for one in each} == {"bounds"}
        assert sum(map(bool, found)) > len(controls) / 2

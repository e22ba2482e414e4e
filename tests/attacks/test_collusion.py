"""All leaders of 50 random organisations put every figure of three waves on one table."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from unittest import mock

import numpy as np
import pandas as pd
import pytest

from survey.aggregation.metrics import Metric
from survey.aggregation.printing import PrintedFigure
from survey.aggregation.summaries import Summary
from survey.campaigns.cuts import DeclaredCut
from survey.statistics.suppression import Cut
from tests.attacks.bounds import find_pinned
from tests.attacks.collusion import LEAST_ROOM, Table, collude, part_by_items, read_figures
from tests.attacks.organisations import CUTS, FAMILIES, METRICS, K, Played, play_waves, release
from tests.attacks.unknowns import Told

N_ORGANISATIONS, N_CONTROLS = 50, 4
N_CUT = 2  # organisations whose figures are told by cuts too; linear programmes take their time
PAIRS = tuple(combinations(FAMILIES, 2))
Families = Mapping[str, tuple[Metric, ...]]


def ask_two(seed: int) -> Families:
    """Return two of the five families: every pair is asked five times."""
    return {code: FAMILIES[code] for code in PAIRS[seed % len(PAIRS)]}


def tell(
    played: Played,
    families: Families,
    *,
    published: Mapping[str, frozenset[str]] | None = None,
    cuts: Sequence[DeclaredCut] = (),
) -> list[Told]:
    """Return everything that a release of some families shows."""
    shown = release(played, families=families, published=published, cuts=cuts)
    told = read_figures(played.tree, played.said["at"].tolist(), shown.figures, METRICS)
    for one in shown.cuts:
        where = played.said[one.cut].isin(one.levels).to_numpy()
        told.append(Told(METRICS[one.metric], where, one.figure, is_of_cut=True))
    return told


def show_as_declared(
    _cells: pd.DataFrame, _atoms: pd.DataFrame, levels: Mapping[str, pd.DataFrame], **_rules: float
) -> tuple[Cut, ...]:
    """Show every level of every cut, as if nobody looked at what is shown beside it."""
    return tuple(
        Cut(name, tuple((level,) for level in sums.index)) for name, sums in levels.items()
    )


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


def weigh_alone(metrics: Sequence[Metric]) -> pd.DataFrame:
    """Take every scale for one part, as if nothing was told of its items."""
    codes = [metric.code for metric in metrics if metric.is_scale]
    return pd.DataFrame(np.eye(len(codes)), codes, codes)


def find_nobody(seeds: range) -> int:
    """Assert that cuts of some organisations give nobody away; return how many figures they add."""
    n_cuts = 0
    for seed in seeds:
        for played in play_waves(seed):
            told = tell(played, ask_two(seed), cuts=CUTS)
            n_cuts += sum(one.is_of_cut for one in told)
            assert collude(played.said, told, k=K) == [], seed
    return n_cuts


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


class TestLeadersWithCuts:
    def test_find_nobody_where_cuts_cross_the_teams(self) -> None:
        n_cuts = find_nobody(range(N_CUT))

        assert n_cuts > 20

    def test_find_nobody_where_the_items_of_a_scale_are_told_too(self) -> None:
        """Its levels fit each item of a team's less freely than the scale as a whole."""
        (played, *_later) = play_waves(27)
        told = tell(played, ask_two(27), cuts=CUTS)

        assert collude(played.said, told, k=K) == []
        with mock.patch("survey.aggregation.cut_auditing.weigh_parts", weigh_alone):
            told = tell(played, ask_two(27), cuts=CUTS)
        assert [one.how for one in collude(played.said, told, k=K)] == ["bounds of cuts"]

    @pytest.mark.soak
    def test_find_nobody_in_all_organisations(self) -> None:
        assert find_nobody(range(N_ORGANISATIONS)) > 10 * 50

    def test_find_small_cells_where_every_level_is_shown(
        self, controls: list[tuple[Played, Families]]
    ) -> None:
        with mock.patch("survey.aggregation.cut_auditing.audit_cuts", show_as_declared):
            found = [
                isolated.how
                for one, families in controls[:2]
                for isolated in collude(one.said, tell(one, families, cuts=CUTS), k=K)
            ]

        assert "algebra of cuts" in found

    def test_find_a_cell_pinned_by_a_level_at_the_end(self) -> None:
        """Two teams of six in the middle; three of each are new, and all of them at the top."""
        team, is_new = np.repeat([0, 1], 6), np.tile([True, True, True, False, False, False], 2)
        told = [
            Told(METRICS["r"], team == 0, PrintedFigure(6, 50.0)),
            Told(METRICS["r"], team == 1, PrintedFigure(6, 50.0)),
            Told(METRICS["r"], is_new, PrintedFigure(6, 98.0), is_of_cut=True),
        ]
        sets = np.array([one.where for one in told])

        found = list(find_pinned(told, sets, k=K, room=LEAST_ROOM))
        alone = list(find_pinned(told[:2], sets[:2], k=K, room=LEAST_ROOM))

        assert found == [(3, "r")] * 4
        assert alone == []


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

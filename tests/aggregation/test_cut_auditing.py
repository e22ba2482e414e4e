"""The audit of one family, over people in memory."""

from itertools import permutations

import pandas as pd
import pytest

from survey.aggregation.composing import FamilyMaterial, Tree
from survey.aggregation.cut_auditing import ATOM, COLUMN, audit_family, leave_out, place_people
from survey.aggregation.models import CutReason, CutRollup
from survey.aggregation.summaries import Summary
from survey.campaigns.cuts import DeclaredCut
from survey.campaigns.models import Wave
from survey.statistics.rollups import Moments
from tests.factories.scored import METRICS

CUT = DeclaredCut("site", "Site", ("hill", "harbour"))
SCALE = next(one for one in METRICS.values() if one.is_scale and not one.is_recommend)
TREE = Tree({"top": None, "a": "top", "b": "top"}, frozenset("ab"))


def audit(n_at_hill: int, *, scores: tuple[float, ...] = (2, 3, 4)) -> CutRollup:
    """Let two teams of twelve answer, so many of each on the hill; return the one rollup."""
    rows = [(team, "hill" if n < n_at_hill else "harbour") for team in "ab" for n in range(12)]
    told = pd.DataFrame(rows, columns=[ATOM, COLUMN + "site"])
    own = pd.DataFrame({SCALE.code: [float(scores[n % len(scores)]) for n in range(len(rows))]})
    stored = {
        team: {SCALE.code: Summary(Moments(len(one), float(one.sum()), float((one**2).sum())))}
        for team, one in own[SCALE.code].groupby(told[ATOM])
    }
    material = FamilyMaterial((SCALE,), stored, 5, knows_people=True)
    counted = place_people(TREE, material, told, own)
    (rollup,) = audit_family(Wave(threshold=5), "family", [CUT], counted)
    return rollup


class TestAuditFamily:
    def test_sums_up_levels_that_hide_everybody(self) -> None:
        rollup = audit(6)

        assert [(one["values"], one["n"]) for one in rollup.levels] == [
            (["hill"], 12),
            (["harbour"], 12),
        ]
        assert sum(one["totals"][SCALE.code] for one in rollup.levels) == pytest.approx(72)

    def test_does_not_tell_by_the_last_bits_in_which_order_scores_were_added_up(self) -> None:
        orders = list(permutations(2 + part / 7 for part in (1, 2, 4, 5, 8, 9)))[::72]
        totals = [[one["totals"] for one in audit(6, scores=order).levels] for order in orders]

        assert len(totals) == 10
        assert all(one == totals[0] for one in totals)

    def test_leaves_out_a_cut_of_two_levels_one_of_which_has_few(self) -> None:
        assert audit(2).reason == CutReason.TELLS

    def test_leaves_out_a_family_of_which_nothing_is_shown(self) -> None:
        (rollup,) = audit_family(Wave(threshold=5), "family", [CUT], None)

        assert rollup.reason == CutReason.TOO_FEW


class TestLeaveOut:
    def test_says_why(self) -> None:
        rollup = leave_out(Wave(), "family", "site", CutReason.TOO_SLOW)

        assert (rollup.levels, rollup.reason) == ([], "TOO_SLOW")

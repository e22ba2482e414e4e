"""The demo organisations of twenty seeds as stored: the same as test_recovery sees them."""

from datetime import UTC, datetime

import pandas as pd
import pytest

from survey.linkage.models import Result
from survey.samples.organisation import ROOT_CODE
from survey.samples.progress import Silence
from survey.samples.services import build_demo
from survey.samples.truth import SHIPPED_TRUTH
from tests.samples.recovery import NUMBERS, SEEDS, explore
from tests.samples.released import read_contents

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
PAIR = ["ex", "cx"]


def stored_results() -> pd.DataFrame:
    """Read the results over the whole organisation: one row per quarter and pair of scales."""
    results = Result.objects.filter(study__scope__code=ROOT_CODE).select_related("study")
    rows = [
        {"quarter": one.study.period_start, "ex": one.ex_scale, "cx": one.cx_scale}
        | {name: one.numbers[name] for name in NUMBERS}
        | {"code": one.numbers["direction"]["code"]}
        for one in results
    ]
    return pd.DataFrame(rows).sort_values(["quarter", *PAIR], ignore_index=True)


@pytest.mark.soak
@pytest.mark.django_db
@pytest.mark.parametrize("seed", SEEDS)
class TestStoredStudies:
    def test_say_what_was_found_without_a_database(self, seed: int) -> None:
        build_demo(seed=seed, now=NOW, progress=Silence())
        stored = stored_results()
        links, orders = explore(read_contents(), SHIPPED_TRUTH, [seed])
        links = links.sort_values(["quarter", *PAIR], ignore_index=True)
        last = stored[stored.quarter == stored.quarter.max()]

        assert stored[PAIR].equals(links[PAIR])
        for name in NUMBERS:
            expected = links[name].astype(float)
            assert stored[name].astype(float).to_numpy() == pytest.approx(expected, nan_ok=True)
        assert last.code.tolist() == orders.sort_values(PAIR).code.tolist()

"""The sentences that are stored in English: every one can be told again."""

import re

import numpy as np
import pandas as pd
import pytest

from survey.dashboards import skeletons
from survey.dashboards.retelling import fits, retell
from survey.linkage.cascade_study import SAME_WAVE
from survey.statistics import cascade
from survey.statistics.correlation.adjusted import partial

PLACE = re.compile(r"%\((\w+)\)s")


class TestSentences:
    @pytest.mark.parametrize("text", skeletons.SENTENCES)
    def test_fit_with_every_place_filled(self, text: str) -> None:
        said = PLACE.sub("9", text).replace("%%", "%")
        assert fits(said)
        assert retell(said) == said

    def test_are_told_apart_from_any_other(self) -> None:
        assert not fits("Nobody has ever stored this sentence.")

    def test_hold_why_a_cascade_says_nothing(self) -> None:
        assert all(fits(one) for one in (*cascade.REASONS, SAME_WAVE))

    def test_hold_why_nothing_is_known_with_something_held_steady(self) -> None:
        x = np.arange(20.0)
        told = [
            partial(x[:4], x[:4] ** 2, pd.DataFrame({"size": x[:4]})),
            partial(x, x**2, pd.DataFrame({"size": x})),
            partial(x, x**2, pd.DataFrame()),
        ]

        assert len({one.reason for one in told}) == 3
        assert all(fits(one.reason) for one in told)

    def test_stand_there_once(self) -> None:
        assert len(set(skeletons.SENTENCES)) == len(skeletons.SENTENCES)

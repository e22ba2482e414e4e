"""Reading stored answers."""

import numpy as np
import pytest

from survey.aggregation import scores
from survey.aggregation.scores import read_values, score_items, score_metrics
from survey.campaigns.models import Wave
from survey.responses.models import Response
from tests.cast import Organisation
from tests.factories.aggregation import (
    answer,
    fair,
    make_campaign,
    make_instrument,
    make_wave,
    plant,
)
from tests.factories.scored import CONTENT, ITEMS, METRICS


@pytest.fixture
def wave(organisation: Organisation) -> Wave:
    """Seven people of one team, one of whom cannot say."""
    wave = make_wave(make_campaign(make_instrument(), organisation.company))
    group = plant(wave, {"company": None, "bakery": "company"})["bakery"]
    answer(group, [*[fair(4)] * 6, fair(2) | {"fair_1": None}])
    return wave


class TestReadValues:
    def test_reads_every_answer_whatever_the_chunk(
        self, wave: Wave, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(scores, "CHUNK", 3)
        values = read_values(Response.objects.filter(wave=wave), ["fair_1", "unasked"])
        assert sorted(values["fair_1"].dropna()) == [4] * 6
        assert values["unasked"].isna().all()
        assert set(values["cell_id"]) == {0}

    def test_has_its_columns_without_answers(self, db: None) -> None:
        values = read_values(Response.objects.none(), ["fair_1"])
        assert list(values.columns) == ["group_id", "cell_id", "fair_1"]


class TestScoring:
    def test_gives_no_score_for_an_option_that_means_dont_know(self) -> None:
        values = self.row(b5=9)
        assert np.isnan(score_items(values, CONTENT)["b5"]).all()

    def test_turns_reversed_items(self) -> None:
        items = score_items(self.row(b1=5, b3=1, b4=5), CONTENT)
        assert score_metrics(items, [METRICS["b"]])["b"].tolist() == [5.0]

    def row(self, **answers: float):
        frame = read_values(Response.objects.none(), ITEMS)
        frame.loc[0] = [1, 0, *(answers.get(code, np.nan) for code in ITEMS)]
        return frame

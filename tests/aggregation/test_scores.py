"""Reading stored answers."""

import numpy as np
import pandas as pd
import pytest

from survey.aggregation import scores
from survey.aggregation.metrics import list_metrics
from survey.aggregation.scores import fits_profiles, read_values, score_items, score_metrics
from survey.campaigns.models import Wave
from survey.questionnaires.content import ProfileContent
from survey.questionnaires.families import build_families
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
from tests.factories.scored import CONTENT, FACETED, FACETED_ITEMS, ITEMS, METRICS


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

    def test_weighs_the_facets_of_a_whole_by_their_items(self) -> None:
        items = pd.DataFrame([[5, np.nan, 2, 4, 4]], columns=list(FACETED_ITEMS), dtype=float)
        whole, *_ = list_metrics(FACETED, build_families(content=FACETED))["whole"]

        assert score_metrics(items, [whole])["whole"].tolist() == [(2 * 5 + 2 + 2 * 4) / 5]

    def test_gives_a_whole_no_score_without_one_of_its_facets(self) -> None:
        items = pd.DataFrame([[5, 1, np.nan, 4, 4]], columns=list(FACETED_ITEMS), dtype=float)
        whole, *_ = list_metrics(FACETED, build_families(content=FACETED))["whole"]

        assert score_metrics(items, [whole])["whole"].isna().all()

    def row(self, **answers: float):
        frame = read_values(Response.objects.none(), ITEMS)
        frame.loc[0] = [1, 0, *(answers.get(code, np.nan) for code in ITEMS)]
        return frame


class TestFitsProfiles:
    KEEN = ProfileContent("keen", "Keen", "4 or more on both", {"x": 4, "y": 4}, {})
    OTHER = ProfileContent("other", "Other", "the others", {}, {})
    TIRED = ProfileContent("tired", "Tired", "below 3", {}, {"x": 3})

    @pytest.mark.parametrize(
        ("x", "y", "expected"),
        [
            (4, 4, "keen"),
            (5, 3.9, "other"),
            (3, 5, "other"),
            (2.9, 5, "tired"),
            (11 / 3 + 1 / 3, 4, "keen"),  # not a rounding below
        ],
    )
    def test_tells_kinds_of_people_apart(self, x: float, y: float, expected: str) -> None:
        profiles = (self.KEEN, self.OTHER, self.TIRED)
        found = fits_profiles(pd.DataFrame({"x": [x], "y": [y]}), profiles)

        assert [one.code for one, fits in zip(profiles, found, strict=True) if fits] == [expected]

    def test_gives_whoever_fits_two_the_first(self) -> None:
        wide = ProfileContent("wide", "Wide", "3 or more", {"x": 3}, {})
        first, second = fits_profiles(pd.DataFrame({"x": [5.0], "y": [5.0]}), (wide, self.KEEN))

        assert (first.tolist(), second.tolist()) == ([True], [False])

"""The planted truth."""

import numpy as np
import pytest

from survey.questionnaires.bank import read_bank
from survey.samples.truth import (
    CX_SCALES,
    EX_SCALES,
    FACTORS,
    LIGHT_SCALES,
    PLACEBO,
    RATING,
    SHIPPED_TRUTH,
)


class TestTruth:
    def test_is_the_truth_that_the_design_states(self) -> None:
        truth = SHIPPED_TRUTH

        assert (truth.n_teams, truth.n_quarters) == (60, 8)
        assert (truth.ex_per_wave, truth.cx_per_quarter) == ((3, 22), (15, 150))
        assert (truth.icc_ex, truth.icc_cx, truth.alpha, truth.region) == (0.12, 0.05, 0.80, 0.35)
        assert (truth.fairness_to_treatment, truth.treatment_to_employees) == (0.20, 0.10)
        assert (truth.along_a_chain, truth.n_rated_quarters) == (0.35, 4)
        assert truth.linked_to_treatment == {
            "fairness": 0.45,
            "seen": 0.40,
            "passion": 0.30,
            "recommend": 0.35,
            PLACEBO: 0.0,
        }

    def test_is_possible_at_once(self) -> None:
        correlations = SHIPPED_TRUTH.correlations()
        loadings, carry = SHIPPED_TRUTH.region_loadings(), SHIPPED_TRUTH.carry_over()

        for covariance in (
            correlations,
            correlations - np.outer(loadings, loadings),
            correlations - carry @ correlations @ carry.T,
        ):
            assert np.linalg.eigvalsh(covariance).min() > 0

    def test_leaves_the_placebo_alone(self) -> None:
        placebo = FACTORS.index(PLACEBO)

        assert np.delete(SHIPPED_TRUTH.correlations()[placebo], placebo).tolist() == [0.0] * 5
        assert SHIPPED_TRUTH.region_loadings()[placebo] == 0

    @pytest.mark.parametrize(
        "scale", [*EX_SCALES, *CX_SCALES, *LIGHT_SCALES, RATING], ids=lambda scale: scale.code
    )
    def test_names_the_items_of_the_shipped_scales(self, scale: object) -> None:
        shipped = {entry.code: entry for entry in read_bank().scales}.get(scale.code)

        assert shipped is not None or scale.code == PLACEBO
        if shipped is not None:
            assert set(shipped.items) == set(scale.items)
            assert shipped.reversed == scale.reversed_items

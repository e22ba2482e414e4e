"""How strongly two team figures go together, with everything that bounds the answer."""

from survey.statistics.correlation.adjusted import partial, repeated_measures
from survey.statistics.correlation.coefficients import Correlation, kendall, pearson, spearman
from survey.statistics.correlation.influence import influence
from survey.statistics.correlation.limits import Disattenuated, disattenuated, minimum_detectable
from survey.statistics.correlation.pairs import PairFigures, all_pairs
from survey.statistics.correlation.partials import PartialFigures, partial_pairs
from survey.statistics.correlation.robust import SteigerTest, bootstrap, steiger

__all__ = [
    "Correlation",
    "Disattenuated",
    "PairFigures",
    "PartialFigures",
    "SteigerTest",
    "all_pairs",
    "bootstrap",
    "disattenuated",
    "influence",
    "kendall",
    "minimum_detectable",
    "partial",
    "partial_pairs",
    "pearson",
    "repeated_measures",
    "spearman",
    "steiger",
]

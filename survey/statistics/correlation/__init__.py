"""How strongly two team figures go together, with everything that bounds the answer."""

from survey.statistics.correlation.coefficients import Correlation, kendall, pearson, spearman
from survey.statistics.correlation.influence import influence
from survey.statistics.correlation.limits import Disattenuated, disattenuated, minimum_detectable

__all__ = [
    "Correlation",
    "Disattenuated",
    "disattenuated",
    "influence",
    "kendall",
    "minimum_detectable",
    "pearson",
    "spearman",
]

"""When many pairs are tested at once, some look linked by chance alone."""

import numpy as np

from survey.statistics.inputs import FloatArray, Values, numbers


def benjamini_hochberg(p_values: Values) -> FloatArray:
    """Adjust p-values of one declared family, shape (m,), to q-values (Benjamini & Hochberg 1995).

    A missing p-value (None, NaN or not between 0 and 1) stays missing, NaN in its place, and does
    not count as a test.
    """
    p = numbers(p_values)
    tested = (p >= 0) & (p <= 1)
    tests = p[tested]
    falling = np.argsort(-tests, kind="stable")
    ranks = np.arange(tests.size, 0, -1)
    q = np.full(p.shape, np.nan)
    adjusted = np.empty_like(tests)
    adjusted[falling] = np.minimum.accumulate(tests[falling] * tests.size / ranks)
    q[tested] = np.minimum(adjusted, 1.0)
    return q

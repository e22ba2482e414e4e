"""Many 2 x 2 matrices at once, in arrays of shape (2, 2, ...): far faster than one by one."""

import numpy as np

from survey.statistics.inputs import FloatArray

LARGEST_RADIUS = 0.98


def times(a: FloatArray, b: FloatArray) -> FloatArray:
    """Multiply each a with each b, (2, 2, ...)."""
    return a[:, :1] * b[:1] + a[:, 1:] * b[1:]


def determinant(a: FloatArray) -> FloatArray:
    """Return the determinants, (...)."""
    found: FloatArray = a[0, 0] * a[1, 1] - a[0, 1] * a[1, 0]
    return found


def inverse(a: FloatArray) -> FloatArray:
    """Invert matrices whose determinants are not 0, (2, 2, ...)."""
    return np.array([[a[1, 1], -a[0, 1]], [-a[1, 0], a[0, 0]]]) / determinant(a)


def memory(m: FloatArray, n: int) -> FloatArray:
    """Return the sum of (n - j) m^j for j from 0 to n - 1, (2, 2, ...).

    By Cayley and Hamilton every power of m is s m + t, with numbers s and t; so is the sum.
    """
    trace, det = m[0, 0] + m[1, 1], determinant(m)
    s, t = np.float64(0), np.float64(1)
    sum_s, sum_t = n * s, n * t
    for weight in range(n - 1, 0, -1):
        s, t = trace * s + t, -det * s
        sum_s, sum_t = sum_s + weight * s, sum_t + weight * t
    found: FloatArray = sum_s * m
    found[0, 0] += sum_t
    found[1, 1] += sum_t
    return found


def stationary(m: FloatArray) -> FloatArray:
    """Shrink matrices so that their largest eigenvalue stays inside the unit circle."""
    half = (m[0, 0] + m[1, 1]) / 2
    inner = half**2 - determinant(m)
    root = np.sqrt(np.abs(inner))
    radius = np.where(inner >= 0, np.abs(half) + root, np.hypot(half, root))
    shrunken: FloatArray = m * (LARGEST_RADIUS / np.maximum(radius, LARGEST_RADIUS))
    return shrunken

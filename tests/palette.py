"""How colours look to everybody: contrast (WCAG 2) and colour vision (Machado 2009)."""

from math import dist

Triple = tuple[float, float, float]

# Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB
VISIONS: tuple[tuple[Triple, Triple, Triple], ...] = (
    ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
)
LUMINANCE: Triple = (0.2126, 0.7152, 0.0722)
TO_X: Triple = (0.4124, 0.3576, 0.1805)
TO_Z: Triple = (0.0193, 0.1192, 0.9505)
WHITE_X, WHITE_Z = 0.95047, 1.08883


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two #RRGGBB colours."""
    light, dark = sorted((_dot(LUMINANCE, _linear(c)) for c in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def distance(one: str, other: str) -> float:
    """Return the smallest Lab distance of two colours over all kinds of colour vision."""
    return min(dist(_seen(one, vision), _seen(other, vision)) for vision in VISIONS)


def _seen(colour: str, vision: tuple[Triple, Triple, Triple]) -> Triple:
    red, green, blue = (min(max(_dot(row, _linear(colour)), 0.0), 1.0) for row in vision)
    return _lab((red, green, blue))


def _linear(colour: str) -> Triple:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return _expand(red), _expand(green), _expand(blue)


def _expand(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _lab(linear: Triple) -> Triple:
    x, y, z = (
        _root(_dot(row, linear) / white)
        for row, white in ((TO_X, WHITE_X), (LUMINANCE, 1.0), (TO_Z, WHITE_Z))
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _root(value: float) -> float:
    return value ** (1 / 3) if value > 0.008856 else 7.787 * value + 16 / 116


def _dot(row: Triple, column: Triple) -> float:
    return sum(a * b for a, b in zip(row, column, strict=True))

"""Colours of a brand: whether words in them can be read, and the nearest that can."""

import re
from colorsys import hls_to_rgb, rgb_to_hls
from dataclasses import dataclass

READABLE = 4.5  # WCAG 2.2, success criterion 1.4.3
STEPS = 100
SOFT = 0.14  # of the colour in what lies behind a chosen answer

LIGHT = ("#FBF8F3", "#FFFFFF", "#F3EEE5")  # --paper, --card and --sunk of static/css/look.css
DARK = ("#14171D", "#1C2028", "#10131A")


class ColourError(ValueError):
    """What was given is no colour like #0F6B6B."""


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour by its red, green and blue parts, each from 0 to 1."""

    red: float
    green: float
    blue: float

    def __str__(self) -> str:
        return "#" + "".join(f"{round(part * 255):02X}" for part in self.parts)

    @property
    def parts(self) -> tuple[float, float, float]:
        """Return red, green and blue."""
        return (self.red, self.green, self.blue)

    @property
    def luminance(self) -> float:
        """Return how bright it is, from 0 to 1 (WCAG 2.2, relative luminance)."""
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
            for part in self.parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def read_colour(text: str) -> Colour:
    """Return the colour written as #0F6B6B, or raise ColourError."""
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", text):
        raise ColourError(text)
    red, green, blue = (int(text[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return Colour(red, green, blue)


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast of two colours, from 1 to 21 (WCAG 2.2, contrast ratio)."""
    darker, lighter = sorted((one.luminance, other.luminance))
    return (lighter + 0.05) / (darker + 0.05)


def mix(colour: Colour, ground: Colour, share: float = SOFT) -> Colour:
    """Return a ground with a share of a colour in it."""
    return Colour(
        *(a * share + b * (1 - share) for a, b in zip(colour.parts, ground.parts, strict=True))
    )


def least_contrast(colour: Colour, *, is_dark: bool) -> float:
    """Return how well words in a colour can be read on the worst of the grounds they stand on."""
    grounds = [read_colour(ground) for ground in (DARK if is_dark else LIGHT)]
    return min(contrast(colour, ground) for ground in (*grounds, mix(colour, grounds[0])))


def nearest_readable(colour: Colour, *, is_dark: bool) -> Colour:
    """Return the colour itself where it can be read, else the same hue, darker or brighter."""
    hue, start, saturation = rgb_to_hls(*colour.parts)
    end = 1.0 if is_dark else 0.0
    for step in range(STEPS + 1):
        tried = Colour(*hls_to_rgb(hue, start + (end - start) * step / STEPS, saturation))
        written = read_colour(str(tried))
        if least_contrast(written, is_dark=is_dark) >= READABLE:
            return written
    return read_colour("#FFFFFF" if is_dark else "#000000")

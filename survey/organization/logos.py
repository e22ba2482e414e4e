"""Logos of strangers: read, made small, and written anew without anything but the picture."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError, register_namespace, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _
from PIL import Image

MOST_BYTES = 2 * 1024 * 1024
MOST_PIXELS = 4000 * 4000
BOX = (480, 112)  # twice what the page shows, for sharp screens
MOST_KEPT = 24 * 1024  # all that a respondent's page may weigh beside its 6 KB
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
COLOURS = (256, 64, 16)

SVG = "http://www.w3.org/2000/svg"
SVG_TYPE = "image/svg+xml"
SHAPES = re.compile(
    "svg|g|path|rect|circle|ellipse|line|polyline|polygon|defs|linearGradient|radialGradient|stop|"
    "clipPath|mask|title|desc|symbol|text|tspan"
)
TRAITS = re.compile(
    "id|d|[xyr]|[xy][12]|[cfr][xy]|d[xy]|width|height|points|viewBox|version|preserveAspectRatio|"
    "transform|color|opacity|offset|(fill|stroke)(-opacity|-rule|-width|-dasharray|-miterlimit|"
    "-linecap|-linejoin)?|stop-(color|opacity)|gradient(Units|Transform)|spreadMethod|"
    "clip-(path|rule)|clipPathUnits|mask|maskUnits|font-(family|size|weight)|text-anchor|"
    "letter-spacing"
)
URL = re.compile(r"url\s*\((?!#[\w-]+\))|[a-z]+:|//|\\|&|@|expression", re.IGNORECASE)
DEEPEST = 60


class LogoError(ValueError):
    """This cannot be the logo; says why."""


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture as it is served."""

    data: bytes
    media_type: str


def read_logo(data: bytes) -> Logo:
    """Return a picture made small and clean, or raise LogoError saying what is wrong with it."""
    if len(data) > MOST_BYTES:
        raise LogoError(_("The file is larger than 2 MB. Save it smaller."))
    if not data:
        raise LogoError(_("The file is empty."))
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        return Logo(_clean_svg(data), SVG_TYPE)
    return Logo(_redraw(data), "image/png")


def _redraw(data: bytes) -> bytes:
    """Draw a picture of dots anew: what is not picture is left behind."""
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise LogoError(_("The picture has more than 16 million dots. Save it smaller."))
            drawn = picture.convert("RGBA")
    except LogoError:
        raise
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise LogoError(_("This is not a whole PNG, JPEG, WebP, GIF or SVG picture.")) from error
    drawn.thumbnail(BOX)
    return _press(drawn)


def _press(drawn: Image.Image) -> bytes:
    """Write a picture as PNG, with fewer colours and at last smaller where it is too heavy."""
    written = _write(drawn)
    for colours in COLOURS:
        if len(written) <= MOST_KEPT:
            return written
        written = _write(drawn.quantize(colours, method=Image.Quantize.FASTOCTREE))
    if len(written) > MOST_KEPT:
        drawn.thumbnail((BOX[0] // 2, BOX[1] // 2))
        written = _write(drawn.quantize(COLOURS[-1], method=Image.Quantize.FASTOCTREE))
    return written


def _write(drawn: Image.Image) -> bytes:
    written = BytesIO()
    drawn.save(written, "PNG", optimize=True)
    return written.getvalue()


def _clean_svg(data: bytes) -> bytes:
    """Keep shapes and their looks of a drawing: no script, no style sheet, nothing from outside."""
    try:
        root = fromstring(data, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError) as error:
        raise LogoError(_("This drawing cannot be read as SVG.")) from error
    if root.tag not in (f"{{{SVG}}}svg", "svg"):
        raise LogoError(_("This drawing cannot be read as SVG."))
    kept = _keep(root, 0)
    if not len(kept):
        raise LogoError(_("Nothing of this drawing could be kept but an empty sheet."))
    register_namespace("", SVG)
    written: bytes = tostring(kept, encoding="utf-8")
    if len(written) > MOST_KEPT:
        raise LogoError(_("The picture stays too heavy for a phone. Try one with fewer details."))
    return written


def _keep(element: Element, depth: int) -> Element:
    if depth > DEEPEST:
        raise LogoError(_("This drawing is nested too deeply."))
    kept = Element(f"{{{SVG}}}{_local(element.tag)}", dict(_kept_traits(element)))
    kept.text = element.text if _local(element.tag) in ("title", "desc", "text", "tspan") else None
    kept.extend([_keep(child, depth + 1) for child in element if _is_shape(child)])
    return kept


def _is_shape(element: Element) -> bool:
    """Say whether it is a shape of SVG: remarks have no name, other languages another one."""
    name = element.tag if isinstance(element.tag, str) else ""
    local = _local(name)
    return bool(SHAPES.fullmatch(local)) and name in (local, f"{{{SVG}}}{local}")


def _kept_traits(element: Element) -> Iterator[tuple[str, str]]:
    """Yield the looks of a shape, those of its style attribute too: pages allow no styles."""
    styles = (each.partition(":")[::2] for each in element.get("style", "").split(";"))
    for name, value in (*element.attrib.items(), *styles):
        if TRAITS.fullmatch(name.strip()) and not URL.search(value):
            yield name.strip(), value.strip()


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]

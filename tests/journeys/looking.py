"""What is wrong with one page of questions: for axe, for narrow screens, for slow lines."""

import gzip
from functools import cache

import requests
from playwright.sync_api import Page, Response

from tests.journeys import pages

HEAVIEST = 30_000  # bytes over the wire, with styles and scripts
NARROW = {"width": 320, "height": 640}
RESOURCES = "() => performance.getEntriesByType('resource').map(each => each.name)"
CUT_OFF = """() => {
    const width = document.documentElement.clientWidth;
    const isCut = (one) => {
        const box = one.getBoundingClientRect(), style = getComputedStyle(one);
        const isHidden = !box.width || !box.height || one.closest(".vh, .skip");
        const isOutside = box.left < -1 || box.right > width + 1;
        const isTooWide = one.scrollWidth > one.clientWidth + 1 && style.overflowX !== "visible";
        const isTooHigh = one.scrollHeight > one.clientHeight + 1 && style.overflowY !== "visible";
        return !isHidden && (isOutside || isTooWide || isTooHigh);
    };
    const written = "input, textarea, option";
    return [...document.querySelectorAll(`body *:not(${written})`)].filter(isCut)
        .map(one => one.outerHTML.slice(0, 120));
}"""


def find_faults(page: Page) -> list[str]:
    """Return what is wrong with a page as it stands."""
    return [*find_cuts(page), *pages.violations(page)]


def find_cuts(page: Page) -> list[str]:
    """Return what of a page cannot be seen without scrolling sideways, or at all."""
    sideways = ["must be scrolled sideways"] if pages.overflows(page) else []
    return [*sideways, *(f"cut off: {each}" for each in page.evaluate(CUT_OFF))]


def weigh(page: Page, answer: Response) -> int:
    """Return the bytes of a page over the wire, as whoever comes for the first time gets it."""
    files = page.evaluate(RESOURCES)
    return answer.request.sizes()["responseBodySize"] + sum(map(_weigh_file, files))


@cache
def _weigh_file(address: str) -> int:
    """Return the bytes of a file as WhiteNoise compresses it when files are collected."""
    return len(gzip.compress(requests.get(address, timeout=10).content))

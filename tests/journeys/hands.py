"""Two hands that fill in a respondent's page: one by keys alone, one by pointing.

A sheet says what a form would send: the digits of options, days as 2026-01-31, a list of digits
where several may be chosen. Fields that are not on the page are left alone.
"""

from collections.abc import Mapping
from typing import Any, Protocol

from playwright.sync_api import Page, Response

Sheet = Mapping[str, str | list[str]]

FORM = "#answers"
ONWARD = "main button[type=submit]:not([name])"
BACK = "main button[name='form.back']"
MOST_STEPS = 120  # from any field of a page to any other
MOST_OPTIONS = 12
NAMES = """form => [...new Set([...form.elements].map(field => field.name))]
    .filter(name => name && !name.startsWith("form."))"""
VALUES = """form => [...new FormData(form)].filter(([name, value]) =>
    value && !name.startsWith("form.")).map(([name, value]) => `${name}=${value}`).sort()"""
HAS_FOCUS = "selector => document.activeElement.matches(selector)"


class Hand(Protocol):
    """What a hand can do on a page of questions."""

    def fill_in(self, page: Page, sheet: Sheet) -> None:
        """Answer what the page asks."""

    def press(self, page: Page, button: str) -> Response:
        """Press a button; return the page it leads to."""


def names_on(page: Page) -> list[str]:
    """Return the names of the fields on a page, in their order."""
    names: list[str] = page.locator(FORM).evaluate(NAMES)
    return names


def values_on(page: Page) -> list[str]:
    """Return what the form would send as it stands: "name=value", sorted."""
    values: list[str] = page.locator(FORM).evaluate(VALUES)
    return values


def language_button(language: str) -> str:
    """Return the selector of the button that switches to a language."""
    return f"button[name='form.language'][value='{language}']"


def _field(name: str, value: str | None = None) -> str:
    return f'{FORM} [name="{name}"]' + ("" if value is None else f'[value="{value}"]')


def _kind(page: Page, name: str) -> str:
    kind: str = page.locator(_field(name)).first.evaluate("field => field.type")
    return kind


def _several(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [value]


class Pointing:
    """Points at what it wants, as a mouse or a finger does."""

    def fill_in(self, page: Page, sheet: Sheet) -> None:
        """Answer what the page asks."""
        for name in names_on(page):
            if name in sheet:
                self._put(page, name, sheet[name])

    def press(self, page: Page, button: str) -> Response:
        """Press a button; return the page it leads to."""
        with page.expect_navigation() as led:
            page.locator(button).click()
        return led.value

    def _put(self, page: Page, name: str, value: str | list[str]) -> None:
        kind = _kind(page, name)
        if kind in ("radio", "checkbox"):
            for one in _several(value):
                page.locator(_field(name, one)).check()
        elif kind == "select-one":
            page.locator(_field(name)).select_option(value)
        else:
            page.locator(_field(name)).fill(str(value))


class Typing:
    """Has nothing but keys: Tab, the arrows, Space, Enter and letters."""

    def fill_in(self, page: Page, sheet: Sheet) -> None:
        """Answer what the page asks, from where the focus is."""
        for name in names_on(page):
            if name in sheet:
                PUT[_kind(page, name)](page, name, sheet[name])

    def press(self, page: Page, button: str) -> Response:
        """Go to a button and press it; return the page it leads to."""
        go_to(page, button)
        with page.expect_navigation() as led:
            page.keyboard.press("Enter")
        return led.value


def go_to(page: Page, selector: str) -> None:
    """Press Tab until an element has the focus."""
    for _ in range(MOST_STEPS):
        if page.evaluate(HAS_FOCUS, selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no key leads to {selector}")


def _choose(page: Page, name: str, value: Any) -> None:
    go_to(page, _field(name))
    wanted = _field(name, value)
    for _ in range(MOST_OPTIONS):
        if page.evaluate(HAS_FOCUS, wanted):
            break
        page.keyboard.press("ArrowDown")
    if not page.locator(wanted).is_checked():
        page.keyboard.press("Space")
    assert page.locator(wanted).is_checked()


def _tick(page: Page, name: str, value: Any) -> None:
    for box in page.locator(_field(name)).all():
        own = box.get_attribute("value") or ""
        if box.is_checked() != (own in _several(value)):
            go_to(page, _field(name, own))
            page.keyboard.press("Space")


def _write(page: Page, name: str, value: Any) -> None:
    go_to(page, _field(name))
    page.keyboard.press("Control+a")
    page.keyboard.type(value)


def _place(page: Page, name: str, value: Any) -> None:
    go_to(page, _field(name))
    page.keyboard.type(value)


def _date(page: Page, name: str, value: Any) -> None:
    year, month, day = value.split("-")
    go_to(page, _field(name))
    page.keyboard.type(f"{month}{day}{year}")  # as the browser's own language has it


PUT = {
    "radio": _choose,
    "checkbox": _tick,
    "text": _write,
    "textarea": _write,
    "select-one": _place,
    "date": _date,
}

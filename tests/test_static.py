"""Stylesheets, scripts and templates: small, our own, readable for all eyes."""

import gzip
import re
from itertools import combinations
from pathlib import Path

import pytest

from tests import palette

ROOT = Path(__file__).resolve().parent.parent
CSS = ROOT / "static" / "css"
SHEETS = ("look.css", "forms.css", "workspace.css")
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PAGES = [path for path in TEMPLATES if "letters" not in path.parts]  # letters are mail
CSS_BUDGET = 6 * 1024
JS_BUDGET = 3584  # docs/decisions/0020
RESPONDENTS_JS_BUDGET = 1024
SNIPPET = ("embed.js", "frame.js")  # of a frame on somebody else's site: 5 KB, as its own test says
LONGEST_FILE = 250
SERIES = ("inside", "outside", "violet", "night")
SCHEMES = ("light", "dark")
TEXT = ("ink", "ink-2", "ink-3", "inside", "outside", "gold", "violet", "ok", "bad")
SOFT = (("inside", "inside-soft"), ("outside", "outside-soft"), ("gold", "gold-soft"),
        ("ok", "ok-soft"), ("bad", "bad-soft"), ("on-accent", "inside"))  # fmt: skip
HEAT = {"h0": "#1F2430", "h1": "#1F2430", "h2": "#1F2430", "h3": "#1F2430", "h4": "#FFFFFF",
        "hn": "#1F2430"}  # fmt: skip


def tokens(scheme: str) -> dict[str, str]:
    """Return the colours that look.css names, as one colour scheme has them."""
    light, dark = re.findall(r":root \{(.*?)\}", (CSS / "look.css").read_text(), re.S)[:2]
    found = dict(re.findall(r"--([\w-]+): (#[0-9A-F]{6});", light))
    return found | dict(
        re.findall(r"--([\w-]+): (#[0-9A-F]{6});", dark if scheme == "dark" else "")
    )


class TestBudgets:
    def test_keeps_all_style_sheets_under_6_kilobytes(self) -> None:
        together = b"".join((CSS / sheet).read_bytes() for sheet in SHEETS)

        assert len(gzip.compress(together)) <= CSS_BUDGET

    def test_keeps_our_own_scripts_under_three_and_a_half_kilobytes(self) -> None:
        own = (path for path in (ROOT / "static/js").rglob("*.js") if path.name not in SNIPPET)
        together = b"".join(path.read_bytes() for path in own)

        assert 0 < len(gzip.compress(together)) <= JS_BUDGET

    def test_keeps_what_respondents_load_under_1_kilobyte(self) -> None:
        script = (ROOT / "static/js/answer.js").read_bytes()

        assert len(gzip.compress(script)) <= RESPONDENTS_JS_BUDGET

    @pytest.mark.parametrize(
        "path",
        [*(ROOT / "static").rglob("*.css"), *(ROOT / "static").rglob("*.js"), *TEMPLATES],
        ids=lambda path: str(path.relative_to(ROOT)),
    )
    def test_keeps_every_file_readable(self, path: Path) -> None:
        assert len(path.read_text().splitlines()) <= LONGEST_FILE

    def test_holds_no_file_of_others(self) -> None:
        kinds = {path.suffix for path in (ROOT / "static").rglob("*") if path.is_file()}

        assert kinds <= {".css", ".js", ".svg"}
        assert not list((ROOT / "static").rglob("*.min.*"))


class TestTemplates:
    @pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
    def test_obeys_a_strict_content_security_policy(self, path: Path) -> None:
        text = path.read_text()

        assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", text)
        assert not re.search(r"<script(?![^>]*\ssrc=)", text)
        assert not re.search(r"(?:src|href)=.https?://", text)

    def test_gives_respondents_no_script_no_session_and_no_navigation(self) -> None:
        public = (ROOT / "templates/base_public.html").read_text()

        assert not re.search(r"<script|<nav|user\.|messages|csrf|session", public)


class TestContrast:
    @pytest.mark.parametrize("scheme", SCHEMES)
    @pytest.mark.parametrize("ground", ["paper", "card"])
    @pytest.mark.parametrize("colour", TEXT)
    def test_lets_everybody_read_text(self, scheme: str, ground: str, colour: str) -> None:
        named = tokens(scheme)

        assert palette.contrast(named[colour], named[ground]) >= 4.5

    @pytest.mark.parametrize("scheme", SCHEMES)
    @pytest.mark.parametrize(("colour", "ground"), SOFT)
    def test_lets_everybody_read_chips(self, scheme: str, colour: str, ground: str) -> None:
        named = tokens(scheme)

        assert palette.contrast(named[colour], named[ground]) >= 4.5

    @pytest.mark.parametrize("scheme", SCHEMES)
    @pytest.mark.parametrize("colour", ["field", "focus", *SERIES])
    def test_lets_everybody_see_borders_and_marks(self, scheme: str, colour: str) -> None:
        named = tokens(scheme)

        assert palette.contrast(named[colour], named["card"]) >= 3

    @pytest.mark.parametrize(("step", "ink"), HEAT.items())
    def test_lets_everybody_read_the_numbers_of_a_heat_map(self, step: str, ink: str) -> None:
        sheet = (CSS / "workspace.css").read_text()
        shade = re.search(rf"\.{step} a \{{ background: (#[0-9A-F]{{6}});", sheet)

        assert shade is not None
        assert palette.contrast(shade[1], ink) >= 4.5

    @pytest.mark.parametrize("step", HEAT)
    def test_lets_everybody_read_a_heat_map_in_the_dark(self, step: str) -> None:
        sheet = (CSS / "dashboards.css").read_text()
        rule = re.search(
            rf"\.{step} a \{{ background: (#[0-9A-F]{{6}});(?: color: (#\w+);)?", sheet
        )

        assert rule is not None
        assert palette.contrast(rule[1], rule[2] or tokens("dark")["ink"]) >= 4.5


class TestPalette:
    @pytest.mark.parametrize("scheme", SCHEMES)
    def test_stays_apart_for_every_kind_of_colour_vision(self, scheme: str) -> None:
        named = tokens(scheme)

        for one, other in combinations(SERIES, 2):
            assert palette.distance(named[one], named[other]) >= 20, (one, other)

    def test_would_catch_a_plum_that_collapses_onto_teal(self) -> None:
        assert palette.distance("#7A3B69", tokens("light")["inside"]) < 10

"""The book is complete: every setting, command, API route and scale stands in it."""

import re
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"


def read(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def settings_read_from_the_environment() -> set[str]:
    source = (ROOT / "config" / "settings.py").read_text(encoding="utf-8")
    return set(re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", source))


def own_commands() -> set[str]:
    return {name for name, app in get_commands().items() if app.startswith("survey.")}


def api_routes() -> set[str]:
    return set(routes_below(get_resolver().url_patterns, ""))


def routes_below(patterns: list[URLPattern | URLResolver], prefix: str) -> list[str]:
    routes = []
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            routes += routes_below(pattern.url_patterns, route)
        elif route.startswith("api/"):
            routes.append("/" + route)
    return routes


def shipped_scales() -> set[str]:
    folder = ROOT / "survey" / "questionnaires" / "instruments"
    documents = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in folder.glob("*.yaml")]
    return {scale["code"] for document in documents for scale in (document or {}).get("scales", [])}


@pytest.mark.parametrize("name", sorted(settings_read_from_the_environment()))
def test_every_setting_is_explained(name: str) -> None:
    assert f"`{name}`" in read("settings.md")


@pytest.mark.parametrize("name", sorted(own_commands()))
def test_every_command_is_explained(name: str) -> None:
    assert f"manage.py {name}" in read("operations.md")


def test_every_api_route_is_explained() -> None:
    missing = [route for route in api_routes() if route not in read("api.md")]

    assert api_routes()
    assert missing == []


def test_every_shipped_scale_is_explained() -> None:
    missing = [code for code in shipped_scales() if f"`{code}`" not in read("questionnaires.md")]

    assert shipped_scales()
    assert missing == []


def test_every_chapter_stands_in_the_index() -> None:
    chapters = {file.name for file in DOCS.glob("*.md")} - {"index.md"}

    assert {name for name in chapters if f"({name})" not in read("index.md")} == set()


def test_every_relative_link_leads_somewhere() -> None:
    broken = [
        f"{file.relative_to(ROOT)}: {target}"
        for file in [*DOCS.rglob("*.md"), ROOT / "README.md"]
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", file.read_text())
        if not (file.parent / target).exists()
    ]

    assert broken == []


def test_decision_records_are_short() -> None:
    long = [
        file.name for file in (DOCS / "decisions").glob("*.md") if file.read_text().count("\n") > 40
    ]

    assert long == []

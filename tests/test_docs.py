"""The book is complete: every setting, command, API route and scale stands in it."""

import re
from dataclasses import fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import get_commands
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

from survey.linkage.cascade import update_cascades
from survey.linkage.cascade_reading import cascade_document
from survey.linkage.comparing import Influence, Numbers
from survey.linkage.confounders import Adjusted
from survey.linkage.importance import Importance, Share
from survey.linkage.order import Arrow, Asymmetry, LagPoint, Lags, Order
from survey.linkage.over_time import OverTime, Pooled, Split, Within
from survey.linkage.selectors import linkage_document
from survey.linkage.services import update_due_studies
from tests.factories.cascade import make_colleagues, release_quarters
from tests.factories.linkage import ask_customers, ask_employees, make_company, release_all

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


def keys_of(document: Any) -> set[str]:
    """Return the keys of a document and of everything in it."""
    if isinstance(document, list):
        return set().union(*map(keys_of, document))
    if not isinstance(document, dict):
        return set()
    return set(document).union(*map(keys_of, document.values()))


def keys_of_links() -> set[str]:
    """Return the keys of what is found for a pair, also of what a single period has nothing of."""
    parts: tuple[Any, ...] = (Numbers, Influence, Adjusted, OverTime, Pooled, Within, Split, Lags)
    parts += (LagPoint, Order, Arrow, Asymmetry, Importance, Share)
    return {field.name for part in parts for field in fields(part)}


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


@pytest.mark.django_db
def test_every_key_of_a_cascade_is_explained() -> None:
    colleagues = make_colleagues()
    release_quarters(colleagues, 1)
    update_cascades(pairing=colleagues.pairing, now=datetime(2026, 4, 2, tzinfo=UTC))
    document = cascade_document(pairing=colleagues.pairing)
    chapter = read("statistics.md").partition("## The stored and printed keys")[2]
    explained = set(re.findall(r"`(\w+)`", chapter.partition("\n## ")[0]))

    assert document["arrows"]
    assert keys_of(document) <= explained


@pytest.mark.django_db
def test_every_key_of_what_linkage_prints_is_explained() -> None:
    company = make_company(8)
    scores = {code: 2 + at % 3 for at, code in enumerate(company.teams)}
    ask_employees(company, scores)
    ask_customers(company, scores, day=date(2026, 3, 10))
    release_all()
    update_due_studies(now=datetime(2026, 4, 2, tzinfo=UTC))
    document = linkage_document(pairing=company.pairing)
    chapter = read("statistics.md").partition("## The stored and printed keys")[2]
    explained = set(re.findall(r"`(\w+)`", chapter.partition("\n## ")[0]))

    assert document["pairs"]
    assert keys_of(document) | keys_of_links() <= explained
    absent = keys_of_links() - keys_of(document)  # the rest is there, if empty
    assert absent == {"lag", "share", "rank", "rank_low", "rank_high"}


def test_the_address_of_a_trial_stands_in_one_place() -> None:
    others = [
        line
        for file in [*DOCS.glob("*.md"), ROOT / "README.md"]
        for line in file.read_text(encoding="utf-8").splitlines()
        if "localhost:8000" in line and "BASE_URL" not in line
    ]

    assert others == []

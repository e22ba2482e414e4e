"""Nothing that is sent to be answered dry is answered with an error of ours."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from survey.accounts.models import User
from survey.questionnaires.models import ItemKind, Questionnaire
from tests.api.desks import PULSE, URL, Desk, publish_pulse
from tests.api.machines import errors_of
from tests.factories.questionnaires import ItemFactory, publish


@pytest.fixture(autouse=True)
def pulse(db: None) -> Questionnaire:
    return publish_pulse()


@pytest.fixture
def desk(alice: User, now: datetime) -> Desk:
    return Desk(alice, now)


def damaged() -> Iterator[tuple[object, str]]:
    """Bodies with one thing wrong, and the field that is."""
    for body in ([], "x", 5, [{}]):
        yield body, ""
    for value in (None, 5, "x", []):
        yield {"answers": value}, "answers"
        yield {"attributes": value}, "attributes"
        yield {"facts": value}, "facts"
    for value in ({}, [], None, "x" * 201, "a\0b", "\ud800", True):
        yield {"attributes": {"region": value}}, "attributes.region"
    for value in ("yesterday", None, 5, "2026-02-30"):
        yield {"facts": {"date": value}}, "facts.date"
    for value in ("x" * 41, "\0", {}, None):
        yield {"language": value}, "language"
    for value in (-1, 2**48 + 1, "x", [], 1.5):
        yield {"seed": value}, "seed"


HOSTILE = [
    None,
    True,
    -1,
    10**400,
    1.5,
    "",
    "x" * 1_000,
    "\ud800\0",
    [],
    [[1]],
    {"a": [1]},
    [None, "cant_say"],
]


class TestWhatIsSent:
    def test_is_named_where_it_is_wrong(self, desk: Desk) -> None:
        for body, field in damaged():
            response = desk.evaluate(PULSE, body)

            assert response.status_code == 400, body
            assert [name for name, _ in errors_of(response)] == [field], body

    def test_never_breaks_anything(self, desk: Desk) -> None:
        publish([*_one_of_each()], code="each")
        ends = ("", ".other", ".cant_say", ".leave", ".1", "\ud800")
        names = [f"{kind.lower()}{end}" for kind in ItemKind for end in ends]

        for value in HOSTILE:
            response = desk.evaluate(f"{URL}each/1/", {"answers": dict.fromkeys(names, value)})

            assert response.status_code == 200, value
            assert response.json()["errors"], value

    def test_is_bounded(self, desk: Desk) -> None:
        response = desk.evaluate(PULSE, {"answers": {"why": "x" * 70_000}})

        assert response.status_code == 413
        assert errors_of(response) == [("", "too_large")]

    def test_is_json(self, desk: Desk) -> None:
        for body in (b"{", b"NaN", b"\xff", b"[" * 50_000, b"9" * 10_000):
            assert desk.evaluate(PULSE, body).status_code == 400, body


def _one_of_each() -> Iterator[Any]:
    for kind in ItemKind:
        has_options = kind in (ItemKind.CHOICE, ItemKind.MULTIPLE, ItemKind.RANKING)
        options: dict[str, Any] = {} if has_options else {"options": []}
        yield ItemFactory(code=kind.lower(), kind=kind, **options)

"""Thousands of bad inputs, ten in the soak: none breaks anything, and every refusal says why."""

import json
import logging
import random
from collections.abc import Iterator
from unittest import mock
from urllib.parse import quote

import pytest
from django.conf import settings
from django.http import HttpResponse  # noqa: TID251 - stands in for a page
from django.test import override_settings
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from survey.campaigns.models import Interaction
from tests.access.stage import Stage, build_stage
from tests.access.visiting import addresses_of, find_routes, plain_refusals, read_table
from tests.api.machines import URL, make_body
from tests.attacks.bad_input import (
    BODIES,
    HEADERS,
    KINDS,
    TEXTS,
    Sender,
    damage,
    dump,
    encode,
    spoil,
)

pytestmark = pytest.mark.django_db
QUESTIONS = "/api/v1/questionnaires/pulse/1/evaluate/"
QUERIES = (
    "period", "from", "until", "team", "scope", "metric", "scale", "sort", "page", "format",
    "table", "of",
    "campaign", "wave", "pairing", "lang", "a", "site", "again", "shared", "q", "next",
    "audience", "view", "chain",
)  # fmt: skip
READABLE = ("dashboards", "console", "answering", "login", "home", "api")
SENT: list[Sender] = []


@pytest.fixture(scope="module")
def stage(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Stage]:
    logging.disable(logging.CRITICAL)
    with (
        django_db_blocker.unblock(),
        build_stage(tmp_path_factory.mktemp("keys")) as built,
        override_settings(API_CALLS_PER_MINUTE=10**6),
        plain_refusals(),
    ):
        yield built
    logging.disable(logging.NOTSET)


@pytest.fixture
def sender(stage: Stage) -> Iterator[Sender]:
    found = Sender(stage)
    SENT.append(found)
    yield found
    assert found.broken == []
    assert found.mute == []


def pages(stage: Stage, verb: str) -> list[str]:
    """Every address that takes a verb and that the people team may open."""
    return [
        address
        for route, holds in find_routes().items()
        for address in addresses_of(route, holds, stage).values()
        if verb in read_table()[route].verbs
    ]


class TestForms:
    def test_are_answered_whatever_is_in_them(
        self, stage: Stage, sender: Sender, at_length: bool
    ) -> None:
        chance = random.Random(1)  # noqa: S311
        forms = [form for page in pages(stage, "GET") for form in sender.forms_of(page)]

        assert len(forms) > 60
        for form in forms:
            for _ in range(5 if at_length else 2):
                sender.send("POST", form.action.partition("?")[0], spoil(form.fields, chance))

    def test_are_answered_without_a_form(self, stage: Stage, sender: Sender) -> None:
        for number, page in enumerate(pages(stage, "POST")):
            if number % 5 == 0:
                sender.send("POST", page, encode([(str(one), "x") for one in range(5000)]))
                sender.send("POST", page, b"x=" + b"y" * 3_000_000)
            for step in range(2):
                kind = KINDS[(number + step) % len(KINDS)]
                sender.send("POST", page, BODIES[(number * 2 + step) % len(BODIES)], kind=kind)

    def test_of_ten_megabytes_are_refused(self, stage: Stage, sender: Sender) -> None:
        large = b"username=" + b"x" * 10_000_000
        for page in ("/login/", f"/r/{stage.objects['answering token']['']}/", "/api/v1/roster/"):
            assert sender.send("POST", page, large)[0].status_code in (400, 413, 415), page


class TestAddresses:
    def test_may_hold_anything(self, stage: Stage, sender: Sender, at_length: bool) -> None:
        held = [(route, holds) for route, holds in find_routes().items() if holds]
        for number, (route, holds) in enumerate(held):
            address = next(iter(addresses_of(route, holds, stage).values()))
            parts = address.strip("/").split("/")
            place = next(
                (number for number, part in enumerate(parts) if part in map(str, _named(stage))), -1
            )
            for text in TEXTS if at_length else TEXTS[number % 3 :: 3]:
                spoilt = [*parts[:place], text.replace("/", ""), *parts[place + 1 :]]
                sender.send("GET", "/" + "/".join(spoilt) + "/")

    def test_may_ask_for_anything(self, stage: Stage, sender: Sender, at_length: bool) -> None:
        chance = random.Random(2)  # noqa: S311
        for page in pages(stage, "GET"):
            for _ in range(2 if at_length else 1):
                told = [(chance.choice(QUERIES), chance.choice(TEXTS)) for _ in range(2)]
                sender.send("GET", f"{page}?{encode(told).decode()}", who="anand")
        for page in ("overview", "linkage", "figures", "waves", "teams", "teams/bakery", "changes"):
            for name in QUERIES:
                for text in chance.sample(TEXTS, 3 if at_length else 1):
                    query = f"{name}={quote(text, errors='surrogatepass')}"
                    sender.send("GET", f"/dashboards/{page}/?{query}")


class TestHeaders:
    def test_may_say_anything(self, stage: Stage, sender: Sender, at_length: bool) -> None:
        link = f"/r/{stage.objects['answering token']['']}/"
        for number, page in enumerate(("/login/", link, "/privacy/")):
            for name in HEADERS:
                for text in TEXTS[number :: 3 if at_length else 6]:
                    said = text.encode("utf-8", "surrogatepass").decode("latin-1")
                    sender.send("GET", page, who="stranger", **{name: said})

    def test_may_hold_any_cookie(self, sender: Sender) -> None:
        for name in (settings.SESSION_COOKIE_NAME, "csrftoken", "django_language", "messages"):
            for text in TEXTS:
                said = text.encode("utf-8", "surrogatepass").decode("latin-1")
                for page in ("/", "/login/"):
                    sender.send("GET", page, who="stranger", HTTP_COOKIE=f"{name}={said}")


class TestMachines:
    def test_are_told_what_is_wrong_with_each_contact(self, stage: Stage, sender: Sender) -> None:
        chance = random.Random(3)  # noqa: S311
        body = make_body(timezone.now()) | {"channel": "phone"}
        rows = list(damage(body, chance))
        rows += [worse for row in chance.sample(rows, 150) for worse in _twice(row, chance)]
        before = Interaction.objects.count()
        for start in range(0, len(rows), 300):
            some = rows[start : start + 300]
            key = {"HTTP_IDEMPOTENCY_KEY": f"k{start}"}
            _, text = sender.send("POST", URL, dump(some), kind="application/json", **key)
            answer = json.loads(text)
            told = {error["row"] for error in answer["errors"]}
            taken = {receipt["row"] for receipt in answer["receipts"]}
            assert told | taken == set(range(1, len(some) + 1))
        sender.tally[422] += len(rows)
        assert Interaction.objects.count() == before

    def test_are_told_what_is_wrong_with_answers(self, stage: Stage, sender: Sender) -> None:
        body = {
            "answers": {"fair_overall_1": 4}, "attributes": {"site": "north"},
            "facts": {"date": "2026-03-02", "team": "Bakery"}, "language": "en", "seed": 7,
        }  # fmt: skip
        chance = random.Random(4)  # noqa: S311
        for number, worse in enumerate(chance.sample([*damage(body, chance)], 100)):
            headers = {"HTTP_IDEMPOTENCY_KEY": f"e{number}"}
            sender.send("POST", QUESTIONS, dump(worse), kind="application/json", **headers)

    def test_are_told_of_bodies_and_kinds(self, stage: Stage, sender: Sender) -> None:
        for page in (
            URL,
            QUESTIONS,
            "/api/v1/roster/",
            "/api/v1/hooks/till/",
            "/api/v1/mail-events/",
        ):
            for kind in KINDS:
                for body in BODIES[::2]:
                    sender.send("POST", page, body, kind=kind, HTTP_IDEMPOTENCY_KEY="key")
        for name in ("pairing", "apply", "allow_leaving", "name"):
            for text in TEXTS:
                query = f"?{name}={quote(text, errors='surrogatepass')}"
                sender.send("GET", f"/api/v1/linkage/{query}")
                key = {"HTTP_IDEMPOTENCY_KEY": "key"}
                sender.send("POST", f"/api/v1/roster/{query}", b"a,b\n", kind="text/csv", **key)


class TestTally:
    def test_is_many_thousands(self, at_length: bool) -> None:
        """Comes last: what the tests above have sent, all together."""
        if len(SENT) < 10:
            pytest.skip("only a part of this file ran")
        n_sent = sum(sender.tally.total() for sender in SENT)
        assert n_sent > (10_000 if at_length else 5_000)

    def test_would_notice_a_page_that_breaks(
        self, stage: Stage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("survey.dashboards.views.read_request", mock.Mock(side_effect=KeyError))
        sender = Sender(stage)

        sender.send("GET", "/")

        assert len(sender.broken) == 1

    def test_would_notice_a_refusal_without_words(self, stage: Stage) -> None:
        sender = Sender(stage)
        with mock.patch("survey.dashboards.views.render") as render:
            render.return_value = HttpResponse(status=422)
            sender.send("GET", "/", who="nora")

        assert len(sender.mute) == 1


def _twice(row: object, chance: random.Random) -> list[object]:
    """Spoil a spoilt contact once more, in fifty ways."""
    worse = list(damage(row, chance)) if isinstance(row, dict) else []
    return chance.sample(worse, min(50, len(worse)))


def _named(stage: Stage) -> Iterator[object]:
    for variants in stage.objects.values():
        yield from variants.values()

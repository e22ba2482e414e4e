"""An administrator who knows every table before and after the seal, and reads the logs.

Forty people rated the same three teams, each unlike all others. Whoever could join what one person
said of one team to what they said of another would know them by it.
"""

import logging
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar
from unittest import mock

import pytest
from django.db import connection
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from survey.campaigns.links import place_token
from survey.campaigns.models import Credential, Group, Wave
from survey.campaigns.selectors import get_link
from survey.core.tokens import digest_token
from survey.organization.models import Service
from survey.questionnaires.answers import ReadAnswers
from survey.questionnaires.models import Audience
from survey.questionnaires.repeating import code_at
from survey.responses.models import Response
from survey.responses.services import submit_answers
from tests.answering.colleagues import make_colleague
from tests.attacks import stage
from tests.attacks.dumps import BOXES, Dump, dump
from tests.attacks.test_return_links import taken_back
from tests.factories.campaigns import (
    JOINED,
    NOW,
    make_campaign,
    make_open_wave,
    make_teams,
    tokens_of,
)
from tests.factories.questionnaires import ItemFactory, make_scale, publish

pytestmark = pytest.mark.django_db
N_PEOPLE = 40
TOO_GOOD = 8 / N_PEOPLE  # where one is expected: once in a million
PROVIDERS = ("stores", "purchasing", "dispatch")
PAIRS = tuple(pairwise(PROVIDERS))
RESPONSES, CREDENTIALS = "responses_response", "campaigns_credential"
SHARED = 16  # characters in common are no chance any more

T = TypeVar("T")
Answers = tuple[int, ...]


@dataclass(frozen=True)
class Rater:
    """Somebody as nobody should know them: their link, and what they said of each team."""

    token: str
    digests: Mapping[str, str]
    said: Mapping[str, Answers]  # by the code of the serving team; a team may be left out


@dataclass(frozen=True)
class Played:
    """Everybody, every table before the seal and after it, and the answers as they lie."""

    raters: Sequence[Rater]
    before: Dump
    after: Dump
    stored: Mapping[str, Sequence[Answers]]
    credentials: Mapping[str, Sequence[str]]  # digests as they lie, by serving team


def play(blocker: DjangoDbBlocker, *, is_protected: bool) -> Played:
    """Let everybody rate three teams, and seal; without protection nothing is shuffled."""
    with taken_back(blocker), ExitStack() as unprotected:
        if not is_protected:
            unprotected.enter_context(stage.boxes_left_open())
            unprotected.enter_context(stage.nothing_shuffled())
            launching = "survey.campaigns.services.launching.system_random.shuffle"
            unprotected.enter_context(mock.patch(launching))
        wave = _prepare_wave()
        credentials = _credentials()
        raters = list(_rate(wave))
        before = dump()
        stage.seal(wave)
        played = Played(raters, before, dump(), _answers(), credentials)
    return played


def _prepare_wave() -> Wave:
    parents: dict[str, str | None] = {"company": None, "shop": "company"}
    teams = make_teams(parents | dict.fromkeys(PROVIDERS, "company"), {"shop": N_PEOPLE})
    for code in PROVIDERS:
        Service.objects.create(provider=teams[code], consumer=teams["shop"], active_from=JOINED)
    items = [ItemFactory(code=code) for code in stage.ITEMS]
    make_scale("attack", items)
    questionnaire = publish(items, code="attack", audience=Audience.COLLEAGUE)
    company, asked = teams["company"], Audience.COLLEAGUE
    return make_open_wave(make_campaign(company, asked, questionnaire=questionnaire))


def _rate(wave: Wave) -> Iterator[Rater]:
    """Let everybody answer; one in four leaves the second team of their page out."""
    chance = random.Random(1)  # noqa: S311
    codes = iter(chance.sample(range(3 ** len(stage.ITEMS)), N_PEOPLE * len(PROVIDERS)))
    for number, token in enumerate(tokens_of(wave)):
        link = get_link(token=token, now=NOW)
        digests = {_provider_of(one.group): one.credential.digest for one in link.arrows}
        said: dict[str, Answers] = {}
        sent: dict[str, int] = {}
        for place, arrow in enumerate(link.arrows):
            code = next(codes)
            if (number % 4, place) != (0, 1):
                answers = tuple(1 + code // 3**at % 3 for at in range(len(stage.ITEMS)))
                said[_provider_of(arrow.group)] = answers
                sent |= {
                    code_at(item, place): value
                    for item, value in zip(stage.ITEMS, answers, strict=True)
                }
        submit_answers(link=link, token=token, answers=ReadAnswers({**sent}, {}, {}, ()), now=NOW)
        yield Rater(token, digests, said)


def _credentials() -> dict[str, list[str]]:
    return _by_team(
        (row.group, row.digest) for row in Credential.objects.raw(_as_it_lies(Credential))
    )


def _answers() -> dict[str, list[Answers]]:
    return _by_team(
        (row.group, tuple(row.answers["answers"].get(item, 0) for item in stage.ITEMS))
        for row in Response.objects.raw(_as_it_lies(Response))
    )


def _as_it_lies(model: type[Response] | type[Credential]) -> str:
    order = "ctid" if connection.vendor == "postgresql" else "rowid"
    return f"SELECT * FROM {model._meta.db_table} ORDER BY {order}"  # noqa: S608


def _by_team(found: Iterable[tuple[Group, T]]) -> dict[str, list[T]]:
    teams: dict[str, list[T]] = {code: [] for code in PROVIDERS}
    for group, value in found:
        teams[_provider_of(group)].append(value)
    return teams


def _provider_of(group: Group) -> str:
    return group.code.partition(">")[0]


def joined_by_order(found: Mapping[str, Sequence[T]], truth: Sequence[Mapping[str, T]]) -> float:
    """Guess that the n-th rows of two teams are one person's; return the share that is true."""
    known = {
        (one[left], one[right]) for one in truth for left, right in PAIRS if {left, right} <= {*one}
    }
    guesses = [
        pair for left, right in PAIRS for pair in zip(found[left], found[right], strict=False)
    ]
    return sum(pair in known for pair in guesses) / len(guesses)


def joined_by_parts(names: Sequence[str]) -> int:
    """Return how many parts are common to several keys or digests."""
    seen: Counter[str] = Counter()
    for name in names:
        seen.update({name[at : at + SHARED] for at in range(len(name) - SHARED + 1)})
    return sum(n > 1 for n in seen.values())


def rows_that_name(one: Dump, names: Sequence[str], *, but: str) -> int:
    """Return how many rows of other tables hold any of some keys or digests."""
    rows = (row for table, rows in one.items() if table != but for row in rows)
    known = [_text_of(name) for name in names]  # tokens have hyphens too
    return sum(any(name in cell for cell in map(_text_of, row) for name in known) for row in rows)


def _text_of(cell: object) -> str:
    if isinstance(cell, bytes | memoryview):
        return bytes(cell).decode("latin-1")
    return str(cell).replace("-", "")


def sizes_of_boxes(one: Dump) -> set[int]:
    return {len(cell) for row in one[BOXES] for cell in row if isinstance(cell, bytes | memoryview)}


@pytest.fixture(scope="module")
def played(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Played:
    return play(django_db_blocker, is_protected=True)


@pytest.fixture(scope="module")
def careless(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Played:
    return play(django_db_blocker, is_protected=False)


class TestAdministrator:
    def test_joins_no_two_answers_by_order(self, played: Played, careless: Played) -> None:
        assert {len(rows) for rows in played.stored.values()} == {N_PEOPLE}
        assert joined_by_order(played.stored, [one.said for one in played.raters]) <= TOO_GOOD
        assert joined_by_order(careless.stored, [one.said for one in careless.raters]) >= 0.6

    def test_joins_no_two_credentials_by_order(self, played: Played, careless: Played) -> None:
        for one, is_joined in ((played, False), (careless, True)):
            share = joined_by_order(one.credentials, [rater.digests for rater in one.raters])
            assert (share >= 0.9) if is_joined else (share <= TOO_GOOD)

    def test_joins_nothing_by_parts_of_keys_and_digests(self, played: Played) -> None:
        digests = [digest for rows in played.credentials.values() for digest in rows]
        keys = [_text_of(row[0]) for row in played.after[RESPONSES]]
        boxes = [_text_of(row[0]) for row in played.before[BOXES]]

        assert joined_by_parts(digests) == joined_by_parts(keys) == joined_by_parts(boxes) == 0
        assert joined_by_parts([*keys, keys[0][:SHARED] + "planted"]) == 1

    def test_finds_no_row_that_names_two_of_a_person(self, played: Played) -> None:
        """Not even one that names any: no table leads to a credential, a box or an answer."""
        digests = [digest for rows in played.credentials.values() for digest in rows]
        keys = [_text_of(row[0]) for row in played.after[RESPONSES]]
        tokens = [
            place_token(token=rater.token, place=place)
            for rater in played.raters
            for place in range(len(PROVIDERS))
        ]

        assert rows_that_name(played.before, digests, but=CREDENTIALS) == 0
        assert rows_that_name(played.before, tokens, but="") == 0
        assert rows_that_name(played.after, [*digests, *tokens], but="") == 0
        assert rows_that_name(played.after, keys, but=RESPONSES) == 0
        for names, table in (
            (digests, played.before),
            (tokens, played.after),
            (keys, played.after),
        ):
            planted: Dump = {**table, "planted": [(names[0], names[1])]}
            assert rows_that_name(planted, names, but=CREDENTIALS) > rows_that_name(
                table, names, but=CREDENTIALS
            )

    def test_counts_and_weighs_boxes_in_vain(self, played: Played) -> None:
        """Somebody who left a team out sent as many boxes as everybody else, of one size."""
        assert any(len(one.said) < len(PROVIDERS) for one in played.raters)
        assert len(played.before[BOXES]) == N_PEOPLE * len(PROVIDERS)
        assert len(sizes_of_boxes(played.before)) == 1
        weighed = {**played.before, BOXES: [*played.before[BOXES], ("x", 1, b"smaller", None)]}
        assert len(sizes_of_boxes(weighed)) == 2


class TestLogReader:
    def test_finds_no_token_and_no_digest(
        self, client: Client, caplog: pytest.LogCaptureFixture
    ) -> None:
        colleague = make_colleague()
        tokens = [place_token(token=colleague.token, place=place) for place in range(2)]
        secrets = [*tokens, *map(digest_token, tokens)]

        with caplog.at_level(logging.DEBUG):
            page = client.get(colleague.url)
            sent = client.post(colleague.url, colleague.answers(3, 1))
            logging.getLogger("server").info("POST %s", colleague.url)

        assert (page.status_code, sent.status_code) == (200, 302)
        assert not [secret for secret in secrets if secret in caplog.text]
        assert not [secret for secret in secrets[1:] if secret in page.text]
        with mock.patch("config.logs.WithoutTokens.filter", return_value=True):  # the control
            logging.getLogger("server").warning("POST %s", colleague.url)
        assert colleague.token in caplog.text

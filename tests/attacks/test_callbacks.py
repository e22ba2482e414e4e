"""An administrator who looks for a way from somebody who asked for a call to what they answered.

Everybody answers and asks for a call in the same minute. The attacker has all rows of all tables
after the seal, the orders in which the database keeps them, and knows who asked in which order.
"""

import random
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from django.db import connection

from survey.accounts.models import Role
from survey.campaigns.models import Group, Wave
from survey.followup.callbacks import Place, Wish, ask_callback
from survey.followup.models import Callback
from survey.questionnaires.models import Audience
from survey.responses.models import Comment, Response
from survey.responses.services import submit_response
from tests.attacks.dumps import Dump, dump
from tests.cast import make_user
from tests.factories.campaigns import NOW, make_campaign, make_open_wave, make_teams, tokens_of
from tests.factories.responses import close_and_seal, make_answers

pytestmark = pytest.mark.django_db
N_PEOPLE = 40
N_VALUES = 3
TOO_GOOD = 30  # of 40 where 13 are expected: once in ten million seals
OF_CALLS, OF_ANSWERS = re.compile("^followup_callback"), re.compile("^(responses|campaigns_cred)")
SHARED_BY_ALL = 4  # letters: what is shorter tells of nobody
ORDERS = {
    "postgresql": ("id", "ctid", "xmin::text::bigint, cmin::text::bigint, ctid"),
    "sqlite": ("id", "rowid"),
}


def play() -> tuple[Wave, list[int]]:
    """Let everybody answer and ask for a call; return what they answered, in their order."""
    teams = make_teams({"bakery": None}, {"bakery": N_PEOPLE})
    wave = make_open_wave(make_campaign(teams["bakery"]))
    make_user("dora", Role.HR)
    chance = random.Random(7)  # noqa: S311
    values = [chance.randrange(1, N_VALUES + 1) for _person in range(N_PEOPLE)]
    tokens = tokens_of(wave, Group.objects.get(wave=wave, code="bakery"))
    for number, (token, value) in enumerate(zip(tokens, values, strict=True)):
        submit_response(token=token, answers=make_answers(wave, value), now=NOW)
        wish = Wish(f"Person {number:03}", email=f"p{number:03}@example.org")
        place = Place(Audience.EMPLOYEE, None, "en")
        ask_callback(wish=wish, place=place, form_key=uuid4(), now=NOW)
    close_and_seal(wave)
    return wave, values


def telling_values(one: Dump, tables: re.Pattern[str]) -> Iterator[str]:
    """Yield what stands in some tables and could lead somewhere: keys, digests, moments."""
    for table, rows in one.items():
        if tables.match(table):
            yield from (text for row in rows for value in row if (text := _as_text(value)))


def shared(one: Dump) -> set[str]:
    """Return what stands both beside callbacks and beside answers."""
    return set(telling_values(one, OF_CALLS)) & set(telling_values(one, OF_ANSWERS))


def _as_text(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat() if value.tzinfo else value.isoformat()
    if isinstance(value, (UUID, str)):
        text = str(value).replace("-", "").lower()
        return text if len(text) > SHARED_BY_ALL else ""
    if isinstance(value, (bytes, memoryview)):
        return bytes(value).hex()
    return value.isoformat() if isinstance(value, date) else ""


def count_found(values: list[int]) -> int:
    """Return how many people the best pair of orders gives away, matched one to one."""
    orders = ORDERS[connection.vendor]
    return max(
        sum(told == values[number] for number, told in zip(who, answered, strict=True))
        for who in map(_callers, orders)
        for answered in map(_answers, orders)
    )


def _callers(order: str) -> list[int]:
    rows = _query(f"SELECT name FROM followup_callback ORDER BY {order}")  # noqa: S608
    return [int(name.split()[1]) for (name,) in rows]


def _answers(order: str) -> list[int]:
    rows = _query(f"SELECT id FROM responses_response ORDER BY {order}")  # noqa: S608
    kept = {one.pk: next(iter(one.answers["answers"].values())) for one in Response.objects.all()}
    return [kept[key if isinstance(key, UUID) else UUID(key)] for (key,) in rows]


def _query(sql: str) -> list[tuple[str]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


class TestCallbacks:
    def test_lead_to_no_answer(self) -> None:
        wave, values = play()

        assert Response.objects.count() == Callback.objects.count() == N_PEOPLE
        assert shared(dump()) == set()
        assert count_found(values) < TOO_GOOD

        group = Group.objects.get(wave=wave, code="bakery")
        planted = Callback.objects.earliest("pk").form_key  # a planted key is found
        Comment.objects.create(id=planted, group=group, text="x", leave="NONE")
        assert shared(dump()) == {planted.hex}

    def test_would_be_found_by_their_order(self) -> None:
        """The check of orders must be able to fail."""
        wave, values = play()
        group = Group.objects.get(wave=wave, code="bakery")
        some = Response.objects.first()
        assert some is not None
        item = next(iter(some.answers["answers"]))
        Response.objects.all().delete()
        for number, value in enumerate(values):
            Response.objects.create(
                id=UUID(int=number + 1),
                wave=wave,
                group=group,
                answers={**some.answers, "answers": {item: value}},
            )

        assert count_found(values) == N_PEOPLE

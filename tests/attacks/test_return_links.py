"""An administrator after the seal who knows every table, and wants to know whose words are whose.

Forty people answered, each unlike all others, and wrote two comments each; all of them kept their
link, and some were written back to.
"""

import logging
import random
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from unittest import mock

import pytest
from django.core.serializers import serialize
from django.db import connection, transaction
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from survey.accounts.models import AccessEntry, Role
from survey.aggregation.models import Release, ReleasedComment
from survey.campaigns.models import Wave
from survey.campaigns.selectors import get_link
from survey.core.timestamps import local_date
from survey.followup.conversations import reply
from survey.followup.models import Conversation, Message
from survey.followup.writers import answer_as_writer, reveal_as_writer
from survey.questionnaires.answers import ReadAnswers
from survey.responses.models import Comment, Response
from survey.responses.return_keys import box_digest, make_return_key
from survey.responses.services import submit_answers
from tests.attacks import stage
from tests.attacks.dumps import Dump, dump
from tests.cast import make_user
from tests.factories.campaigns import NOW, make_campaign, make_open_wave, make_teams, tokens_of
from tests.factories.questionnaires import ItemFactory, StoryFactory, make_scale, publish

pytestmark = pytest.mark.django_db
N_PEOPLE = 40
TOO_GOOD = 8 / N_PEOPLE  # where one is expected: once in a million seals
WORDS = ("first", "other")
SHARED = 16  # characters in common are no chance any more


class Undo(Exception):  # noqa: N818
    """Takes back what was played."""


@dataclass(frozen=True)
class Writer:
    """Somebody as nobody should know them: what they ticked and the key they kept."""

    number: int
    answers: tuple[int, ...]
    key: str


@dataclass(frozen=True)
class Played:
    """Everybody, and every table before the seal and after it."""

    writers: Sequence[Writer]
    before: Dump
    after: Dump
    responses: Sequence[tuple[int, ...]]  # as they lie
    comments: Sequence[Comment]  # as they lie


@contextmanager
def taken_back(blocker: DjangoDbBlocker) -> Iterator[None]:
    with blocker.unblock(), suppress(Undo), transaction.atomic():
        if connection.vendor == "postgresql":  # so that no row fills a gap of another test's
            with connection.cursor() as cursor:
                tables = f"{Response._meta.db_table}, {Comment._meta.db_table}"
                cursor.execute(f"TRUNCATE {tables} CASCADE")
        yield
        raise Undo


def play(blocker: DjangoDbBlocker, *, is_protected: bool) -> Played:
    """Let everybody answer, seal, release the words, and talk about some of them."""
    with taken_back(blocker), ExitStack() as stack:
        if not is_protected:
            stack.enter_context(stage.boxes_left_open())
            stack.enter_context(stage.nothing_shuffled())
            digest = mock.patch("survey.responses.storing.comment_digest", _careless_digest)
            stack.enter_context(digest)
        wave = _prepare_wave()
        writers = list(_answer(wave))
        before = dump()
        stage.seal(wave)
        responses = [_answers_of(row) for row in Response.objects.raw(_as_it_lies(Response))]
        comments = list(Comment.objects.raw(_as_it_lies(Comment)))
        if is_protected:
            _talk(wave, writers)
        played = Played(writers, before, dump(), responses, comments)
    return played


def _prepare_wave() -> Wave:
    teams = make_teams({"all": None}, {"all": N_PEOPLE})
    items = [ItemFactory(code=code) for code in stage.ITEMS]
    make_scale("attack", items)
    words = [StoryFactory(code=code) for code in WORDS]
    questionnaire = publish([*items, *words], code="attack")
    return make_open_wave(make_campaign(teams["all"], questionnaire=questionnaire))


def _answer(wave: Wave) -> Iterator[Writer]:
    chance = random.Random(1)  # noqa: S311
    codes = chance.sample(range(3 ** len(stage.ITEMS)), N_PEOPLE)
    for number, (code, token) in enumerate(zip(codes, tokens_of(wave), strict=True)):
        answers = tuple(1 + code // 3**place % 3 for place in range(len(stage.ITEMS)))
        texts = {word: f"{word} of {number}" for word in WORDS}
        read = ReadAnswers(
            dict(zip(stage.ITEMS, answers, strict=True)), texts, dict.fromkeys(WORDS, "AS_TOLD"), ()
        )
        key = make_return_key(wave_id=wave.pk)
        link = get_link(token=token, now=NOW)
        assert submit_answers(link=link, token=token, answers=read, now=NOW, return_key=key)
        yield Writer(number, answers, key)


def _talk(wave: Wave, writers: Sequence[Writer]) -> None:
    """Release all words; the lead writes back to ten, who answer, and one says who they are."""
    release = Release.objects.create(wave=wave, made_at=NOW, checksum="c" * 64)
    for comment in Comment.objects.filter(group__wave=wave):
        ReleasedComment.objects.create(release=release, group=comment.group, comment=comment)
    lead, today = make_user("lead", Role.HR), local_date(NOW)
    for writer in writers[:10]:
        comment = Comment.objects.get(text=f"first of {writer.number}")
        reply(comment=comment, user=lead, text="Thank you", today=today)
        answer_as_writer(key=writer.key, item_code="first", text="Gladly", today=today)
    reveal_as_writer(key=writers[0].key, item_code="first", name="Ada")


def _careless_digest(*, digest: str, item_code: str) -> str:
    """Take the protection away: both comments of a writer begin with the same digest."""
    return digest[:50] + item_code


def _as_it_lies(model: type[Response] | type[Comment]) -> str:
    order = "ctid" if connection.vendor == "postgresql" else "rowid"
    return f"SELECT * FROM {model._meta.db_table} ORDER BY {order}"  # noqa: S608


def _answers_of(row: Response) -> tuple[int, ...]:
    return tuple(row.answers["answers"][item] for item in stage.ITEMS)


def joined_pairs(comments: Sequence[Comment]) -> int:
    """Return how many pairs of comments something joins: a part of an id or a digest in common."""
    seen: dict[str, int] = {}
    for comment in comments:
        digest = comment.return_digest
        parts = {digest[at : at + SHARED] for at in range(len(digest) - SHARED + 1)}
        for part in parts | {comment.pk.hex[:SHARED], comment.pk.hex[SHARED:]}:
            seen[part] = seen.get(part, 0) + 1
    return sum(n > 1 for n in seen.values())


def found_in(one: Dump, secrets: Sequence[str]) -> int:
    """Return how many secrets lie in any cell of any table, in plain sight."""
    cells = [
        bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()
        for rows in one.values()
        for row in rows
        for cell in row
    ]
    everything = b"\n".join(cells)
    return sum(secret.encode() in everything for secret in secrets)


def told_by_order(played: Played) -> float:
    """Guess that the n-th comment is by whoever gave the n-th answers; return the share found."""
    first = [comment for comment in played.comments if comment.item_code == "first"]
    by_text = {f"first of {one.number}": one.answers for one in played.writers}
    pairs = zip(first, played.responses, strict=True)
    return sum(by_text[comment.text] == answers for comment, answers in pairs) / N_PEOPLE


@pytest.fixture(scope="module")
def played(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Played:
    return play(django_db_blocker, is_protected=True)


@pytest.fixture(scope="module")
def careless(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Played:
    return play(django_db_blocker, is_protected=False)


class TestAdministrator:
    def test_joins_no_comment_to_an_answer_by_order(self, played: Played, careless: Played) -> None:
        assert told_by_order(played) <= TOO_GOOD
        assert told_by_order(careless) >= 0.95

    def test_joins_no_two_comments_of_a_writer(self, played: Played, careless: Played) -> None:
        assert len(played.comments) == 2 * N_PEOPLE
        assert all(len(comment.return_digest) == 64 for comment in played.comments)
        assert joined_pairs(played.comments) == 0
        assert joined_pairs(careless.comments) >= N_PEOPLE

    def test_finds_no_key_and_no_digest_of_one_in_any_table(
        self, played: Played, careless: Played
    ) -> None:
        for one, found in ((played, 0), (careless, N_PEOPLE)):
            keys = [writer.key for writer in one.writers]
            digests = [box_digest(key=key) for key in keys]
            assert found_in(one.before, keys) == found_in(one.after, keys) == 0
            assert found_in(one.before, digests) == found
            assert found_in(one.after, digests) == 0
        planted = {**played.after, "planted": [(played.writers[0].key,)]}
        assert found_in(planted, [writer.key for writer in played.writers]) == 1

    def test_finds_nothing_in_a_talk_that_stands_beside_answers(self, played: Played) -> None:
        talks = ("followup_conversation", "followup_message")
        assert all(played.after[table] for table in talks)
        ids = {str(row[0]) for row in played.after["responses_response"]}
        cells = {str(cell) for table in talks for row in played.after[table] for cell in row}

        assert not ids & cells
        for model in (Conversation, Message):
            kinds = {field.get_internal_type() for field in model._meta.local_concrete_fields}
            assert not kinds & {"DateTimeField", "TimeField", "GenericIPAddressField"}


class TestLogReader:
    def test_finds_no_key_and_no_visit(
        self, client: Client, caplog: pytest.LogCaptureFixture
    ) -> None:
        key = make_return_key(wave_id=1)
        client.force_login(make_user("curious", Role.HR))
        with caplog.at_level(logging.DEBUG):
            for answered in (client.get(f"/c/{key}/"), client.post(f"/c/{key}/", {"act": "x"})):
                assert answered.status_code == 404
            logging.getLogger("server").info("GET /c/%s/", key)
        assert key not in caplog.text

        with mock.patch("config.logs.WithoutTokens.filter", return_value=True):  # the control
            logging.getLogger("server").warning("GET /c/%s/", key)
        assert key in caplog.text
        assert key not in serialize("json", AccessEntry.objects.all())
        assert not AccessEntry.objects.filter(route__startswith="answering").exists()

"""An administrator of PostgreSQL after the seal: live rows, statistics, write-ahead log."""

import json
import re
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from django.db import connection

from survey.responses.models import Intake, Response
from survey.responses.services import submit_response
from tests.attacks import stage
from tests.attacks.stage import ITEMS, Answers
from tests.factories.campaigns import NOW, make_campaign, make_open_wave, make_teams, tokens_of
from tests.factories.responses import make_answers

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="attacks PostgreSQL"),
]
P = "employee_top_"
WAL_PAGE, WAL_HEADER, FIRST_HEADER = 8192, 24, 40
ROW_ORDERS = (
    "r.ctid",
    "r.xmin::text::bigint, r.cmin::text::bigint, r.ctid",
    "r.id",
    "r.xmin::text::bigint, r.id",
)


class WriteAheadLog:
    """What the server wrote to its write-ahead log since now."""

    def __init__(self) -> None:
        self._first = query("SELECT pg_walfile_name(pg_switch_wal())")[0][0]
        self._folder = Path(query("SHOW data_directory")[0][0]) / "pg_wal"

    def read(self) -> bytes:
        """Return the log as one stream, without the headers of its pages."""
        query("SELECT pg_switch_wal()")
        names = sorted(path.name for path in self._folder.iterdir() if path.is_file())
        last = query("SELECT pg_walfile_name(pg_current_wal_lsn())")[0][0]
        kept = [name for name in names if self._first < name <= last and len(name) == 24]
        return b"".join(page for name in kept for page in self._pages(name))

    def _pages(self, name: str) -> Iterator[bytes]:
        segment = (self._folder / name).read_bytes()
        for start in range(0, len(segment), WAL_PAGE):
            header = WAL_HEADER if start else FIRST_HEADER
            yield segment[start + header : start + WAL_PAGE]


@pytest.fixture(autouse=True)
def new_files() -> None:
    """Leave no room of deleted rows, which new ones would fill in an order that tells nothing."""
    query("TRUNCATE responses_response, responses_comment, responses_intake CASCADE")


@pytest.fixture
def wal() -> WriteAheadLog:
    log = WriteAheadLog()
    try:
        log.read()
    except OSError as error:
        pytest.skip(f"the server's folder cannot be read here: {error}")
    return log


class TestAdministrator:
    def test_finds_nobody_by_live_rows_or_the_log(self, wal: WriteAheadLog) -> None:
        wave = stage.prepare_wave()
        arrived = stage.answer_in_order(wave)
        stage.seal(wave)
        log = wal.read()

        assert Response.objects.count() == stage.N_PEOPLE
        for order in ROW_ORDERS:
            assert stage.found_by_team_order(arrived, rows_in(order)) <= stage.TOO_GOOD
        assert stage.found_by_team_order(arrived, rows_in_log(log)) <= stage.TOO_GOOD
        assert stage.share_found(arrived, plain_answers(log)) == 0
        assert xmins("responses_response") == 1

    def test_finds_everybody_in_boxes_left_open_and_rows_left_in_order(
        self, wal: WriteAheadLog
    ) -> None:
        with stage.boxes_left_open(), stage.nothing_shuffled():
            wave = stage.prepare_wave(stage.FEW_TEAMS, stage.N_FEW)
            arrived = stage.answer_in_order(wave)
            stage.seal(wave)

        assert stage.share_found(arrived, plain_answers(wal.read())) >= 0.95
        assert stage.found_by_team_order(arrived, rows_in("r.ctid")) >= 0.95

    def test_finds_no_samples_in_the_statistics(self) -> None:
        wave = make_open_wave(make_campaign(make_teams({"top": None}, {"top": 5})["top"]))
        Intake.objects.bulk_create(Intake(wave=wave, box=b"box" * 300) for _ in range(300))
        query("ANALYZE responses_intake")
        assert samples() == set()

        query("ALTER TABLE responses_intake ALTER COLUMN id SET STATISTICS 100")
        query("ANALYZE responses_intake")
        kept = samples()
        query("ALTER TABLE responses_intake ALTER COLUMN id SET STATISTICS 0")

        assert kept == {"id"}  # without the migration PostgreSQL keeps them

    def test_finds_no_counter_that_an_answer_moves(self) -> None:
        wave = make_open_wave(make_campaign(make_teams({"top": None}, {"top": 6})["top"]))
        before = counters()
        for token in tokens_of(wave):
            submit_response(token=token, answers=make_answers(wave), now=NOW)

        assert counters() == before
        assert query("SHOW track_commit_timestamp") == [("off",)]

        make_teams({"more": None}, {"more": 1})
        assert counters() != before  # others do move


class TestAdministratorWithWords:
    @pytest.mark.parametrize("is_shuffled", [True, False])
    def test_joins_words_to_numbers_only_where_nothing_is_shuffled(self, is_shuffled: bool) -> None:
        wave = make_open_wave(make_campaign(make_teams({"top": None}, {"top": 27})["top"]))
        for number, token in enumerate(tokens_of(wave)):
            answers = make_answers(wave, story=f"{number}")
            values = (number // 9 + 1, number // 3 % 3 + 1, number % 3 + 1)
            answers.answers.update(zip(answers.answers, values, strict=True))
            submit_response(token=token, answers=answers, now=NOW)
        with nullcontext() if is_shuffled else stage.nothing_shuffled():
            stage.seal(wave)

        n_joined = sum(story == number for story, number in zip(stories(), numbers(), strict=True))

        assert n_joined <= 8 if is_shuffled else n_joined == 27  # by chance 1; 9 once in a million


def stories() -> list[int]:
    """Return what was written, in the order in which it lies."""
    return [int(text) for (text,) in query("SELECT text FROM responses_comment ORDER BY ctid")]


def numbers() -> list[int]:
    """Return the numbers that the answers spell, in the order in which they lie."""
    rows = query("SELECT answers->'answers' FROM responses_response ORDER BY ctid")
    answers = [json.loads(row[0]) for row in rows]
    return [9 * a[f"{P}1"] + 3 * a[f"{P}2"] + a[f"{P}3"] - 13 for a in answers]


def query(sql: str) -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall() if cursor.description else []


def rows_in(order: str) -> list[tuple[str, Answers]]:
    """Return all responses in an order that only an administrator sees."""
    fields = ", ".join(f"(r.answers->'answers'->>'{item}')::int" for item in ITEMS)
    rows = query(
        f"SELECT g.code, {fields} FROM responses_response r "  # noqa: S608
        f"JOIN campaigns_group g ON g.id = r.group_id ORDER BY {order}"
    )
    return [(code, tuple(map(int, answers))) for code, *answers in rows]


def rows_in_log(log: bytes) -> list[tuple[str, Answers]]:
    """Return all responses in the order in which the log first names them."""
    found = [
        (log.find(row.pk.bytes), row.group.code, tuple(row.answers["answers"][i] for i in ITEMS))
        for row in Response.objects.select_related("group")
    ]
    assert min(found)[0] >= 0, "the log was not read whole"
    return [(code, answers) for _, code, answers in sorted(found)]


def plain_answers(log: bytes) -> list[Answers]:
    """Return the answers that lie in the log in plain sight, each once, in its order."""
    pattern = ",".join(f'"{item}":(\\d)' for item in ITEMS).encode()
    found = (tuple(map(int, match.groups())) for match in re.finditer(pattern, log))
    return list(dict.fromkeys(found))


def samples() -> set[str]:
    """Return the columns of the intake of which PostgreSQL keeps sampled values."""
    rows = query(
        "SELECT attname FROM pg_stats WHERE tablename = 'responses_intake' "
        "AND (most_common_vals IS NOT NULL OR histogram_bounds IS NOT NULL)"
    )
    return {name for (name,) in rows}


def counters() -> dict[str, int | None]:
    """Return where every sequence of the database stands."""
    rows = query("SELECT sequencename, last_value FROM pg_sequences")
    return {name: None if last is None else int(last) for name, last in rows}


def xmins(table: str) -> int:
    """Return by how many transactions a table's rows were written."""
    return int(query(f"SELECT count(DISTINCT xmin::text) FROM {table}")[0][0])  # noqa: S608

"""Somebody reads every log, Redis, every error page and the whole database after a real flow."""

import os
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError

import psycopg
import pytest
import redis

from tests import environment
from tests.attacks.searching import find_in_database, find_in_files
from tests.journeys.product import WEB, Product
from tests.services.databases import own_database
from tests.services.programs import MissingProgramError
from tests.services.redis import RedisServer
from tests.services.templates import postgres_template

EMAIL, IP = "planted.person@staff.example.org", "203.0.113.77"
AGENT, WORDS = "PlantedAgent/7.7", "planted words that nobody else would write"
ITEMS = ("planted_1", "planted_2", "planted_3")
KEPT = ("--appendonly", "yes", "--appendfsync", "everysec")  # as in docker-compose.yml
BROKEN = 500
SOON = 20.0  # seconds: what is logged at all is logged at once
WHERE_ADDRESSES_BELONG = {("organization_person", "email"), ("letters_delivery", "email")}


@dataclass
class Played:
    """A product that was used, where it wrote, and what it answered when things went wrong."""

    product: Product
    database_url: str
    files: dict[str, Path]
    tokens: list[str]
    error_pages: list[str] = field(default_factory=list)

    @property
    def planted(self) -> dict[str, str]:
        tokens = {f"token {number}": token for number, token in enumerate(self.tokens)}
        return {"email": EMAIL, "ip": IP, "agent": AGENT, "words": WORDS, **tokens}

    def ask(self, path: str, answers: dict[str, str] | None = None) -> tuple[int, str]:
        """Send a request as the planted person does; return the status and the page."""
        data = urllib.parse.urlencode(answers).encode() if answers else None
        headers = {"X-Forwarded-For": IP, "User-Agent": AGENT}
        request = urllib.request.Request(self.product.url + path, data, headers)  # noqa: S310
        try:
            with urllib.request.urlopen(request, timeout=20) as reply:  # noqa: S310
                return reply.status, reply.read().decode()
        except HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def answer(self, token: str, value: int = 2) -> int:
        """Answer a survey, with words."""
        said = dict.fromkeys(ITEMS, str(value)) | {"planted_story": WORDS}
        return self.ask(f"/r/{token}/", said)[0]

    def stands_in(self, file: str) -> set[str]:
        """Return what of the planted stands in one file or folder."""
        return {what for _, what in find_in_files(self.planted, {file: self.files[file]})}

    def run(self, statement: str) -> list[tuple[object, ...]]:
        with psycopg.connect(self.database_url, autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    """A wave answered by eight people, with mishaps on the way, and sealed by the worker."""
    server = os.environ["HEARTHLINE_SUITE_POSTGRES_URL"]
    folder = tmp_path_factory.mktemp("logs")
    with ExitStack() as stack:
        try:
            keeper = RedisServer(folder / "redis", KEPT)
        except MissingProgramError as error:
            pytest.skip(str(error))
        if not server:
            pytest.skip("PostgreSQL is missing")
        stack.callback(keeper.stop)
        broker = keeper.start()
        name = f"logs_{environment.worker_number()}"
        migrated = own_database(server, name, template=postgres_template(server))
        url = stack.enter_context(migrated)
        product = Product(folder=folder / "product", database_url=url, redis_url=f"{broker}/0")
        stack.callback(product.stop)
        product.start()
        play = f"from tests.attacks.log_play import main; main(email={EMAIL!r})"
        suite = Path(os.environ["HEARTHLINE_SUITE_FOLDER"])
        files = {
            "web": folder / "product/logs/web.log",
            "worker": folder / "product/logs/worker.log",
            "postgresql": suite / "postgres/log",
            "redis": folder / "redis",
        }
        running = Played(product, url, files, product.shell(play).split())
        answer_all(running)
        redis.Redis.from_url(f"{broker}/0").save()
        yield running


def answer_all(running: Played) -> None:
    """Answer with all links, one of them wrongly at first, twice and through a broken database."""
    running.product.wait_for_letters(EMAIL)
    first, *others = running.tokens
    assert running.ask(f"/r/{first}/")[0] == 200
    said = {ITEMS[0]: "99", "planted_story": WORDS}
    assert running.ask(f"/r/{first}/", said)[0] in {200, 400, 422}
    running.run("ALTER TABLE responses_intake RENAME TO away")
    status, page = running.ask(f"/r/{first}/", dict.fromkeys(ITEMS, "2") | {"planted_story": WORDS})
    assert status == BROKEN
    running.run("ALTER TABLE away RENAME TO responses_intake")
    running.error_pages += [page, running.ask(f"/r/{first}x/{WORDS.split()[0]}")[1]]
    assert [running.answer(token) for token in (first, *others[:-1], first)] == [200] * 8


class TestLogReader:
    def test_finds_nothing_before_the_seal(self, played: Played) -> None:
        assert find_in_files(played.planted, played.files) == set()
        assert find_in_database(played.planted, played.database_url) == WHERE_ADDRESSES_BELONG
        assert played.run("SELECT count(*) FROM responses_intake") == [(7,)]

    def test_finds_nothing_on_error_pages(self, played: Played) -> None:
        for page in played.error_pages:
            assert page
            assert [what for what, text in played.planted.items() if text in page] == []
            assert "Traceback" not in page

    def test_finds_words_after_the_seal_only_where_they_belong(self, played: Played) -> None:
        played.run("UPDATE campaigns_wave SET closes_at = now() - interval '1 second'")
        played.product.wait_until(
            lambda: played.run("SELECT 1 FROM campaigns_wave WHERE sealed_at IS NOT NULL")
        )

        assert find_in_files(played.planted, played.files) == set()
        found = find_in_database(played.planted, played.database_url)
        assert found == WHERE_ADDRESSES_BELONG | {("responses_comment", "words")}


class TestControls:
    def test_the_log_of_the_web_server_would_tell(self, played: Played) -> None:
        product = played.product
        product.processes.stop("web")
        bind = ("--bind", f"127.0.0.1:{product.port}", "--access-logfile", "-")
        usual = ("--logger-class", "gunicorn.glogging.Logger")
        product.processes.start("web", (*WEB, *bind, *usual))
        product.wait_until(lambda: product.get("/login/")[0] == 200)
        played.ask(f"/r/{played.tokens[-1]}/?from={IP}")

        wanted = {"agent", "ip", f"token {len(played.tokens) - 1}"}

        product.wait_until(lambda: wanted <= played.stands_in("web"), seconds=SOON)

    def test_the_log_of_the_database_would_tell(self, played: Played) -> None:
        with psycopg.connect(played.database_url) as connection:
            connection.execute("SET log_statement = 'all'")
            connection.execute(f"SELECT '{WORDS}'".encode())

        played.product.wait_until(lambda: "words" in played.stands_in("postgresql"), seconds=SOON)

"""The container files: read here, and their commands run as processes, since no engine is."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import redis
import yaml

from tests import compose, environment
from tests.services import ROOT
from tests.services.databases import own_database
from tests.services.postgres import PostgresServer
from tests.services.processes import Processes
from tests.services.programs import free_port
from tests.services.redis import RedisServer
from tests.services.templates import postgres_template

SERVICES = compose.read_services()
OUR_OWN = ("web", "worker", "beat", "migrate")
SILENT_POSTGRES = {
    "log_statement": "none",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "track_commit_timestamp": "off",
}
BUILT_INTO_GUNICORN = {"WEB_CONCURRENCY", "FORWARDED_ALLOW_IPS"}


class TestComposeFile:
    def test_has_what_production_needs_and_a_mail_catcher_for_developers(self) -> None:
        assert set(SERVICES) == {*OUR_OWN, "postgres", "redis", "mailcatcher"}
        assert [name for name, service in SERVICES.items() if "profiles" in service] == [
            "mailcatcher"
        ]

    @pytest.mark.parametrize("name", sorted(set(SERVICES) - set(OUR_OWN)))
    def test_pins_every_image_by_version(self, name: str) -> None:
        assert re.fullmatch(r"[\w/-]+:v?\d+(\.\d+)*(-alpine)?", SERVICES[name]["image"])

    def test_shows_keys_to_the_workers_alone(self) -> None:
        with_keys = {
            name
            for name, service in SERVICES.items()
            if any(volume.startswith("keys:") for volume in service.get("volumes", []))
            or "KEYS_DIR" in service.get("environment", {})
        }

        assert with_keys == {"worker"}

    def test_ends_slow_statements_of_the_web(self) -> None:
        assert SERVICES["web"]["environment"]["DATABASE_STATEMENT_TIMEOUT"] == "5000"

    def test_lets_the_web_prepare_what_it_asks_again_and_again(self) -> None:
        assert SERVICES["web"]["environment"]["DATABASE_PREPARE_AFTER"] == "5"

    def test_lets_migrations_wait_for_no_lock_for_long(self) -> None:
        assert SERVICES["migrate"]["environment"]["DATABASE_LOCK_TIMEOUT"] == "3000"

    @pytest.mark.parametrize("name", sorted(SERVICES))
    def test_takes_every_secret_from_a_file(self, name: str) -> None:
        names = SERVICES[name].get("environment", {})

        bare = [n for n in names if re.search("SECRET|PASSWORD|DATABASE_URL", n)]
        assert [n for n in bare if not n.endswith("_FILE")] == []

    @pytest.mark.parametrize("name", OUR_OWN)
    def test_sets_only_what_the_settings_read(self, name: str) -> None:
        names = {n.removesuffix("_FILE") for n in SERVICES[name]["environment"]}

        assert names <= environment.settings_read() | BUILT_INTO_GUNICORN

    def test_opens_ports_to_this_machine_only(self) -> None:
        ports = [port for service in SERVICES.values() for port in service.get("ports", [])]

        assert ports
        assert all(port.startswith("127.0.0.1:") for port in ports)

    def test_explains_every_variable_in_the_example(self) -> None:
        text = (ROOT / "docker-compose.yml").read_text()
        example = (ROOT / ".env.example").read_text()

        used = {match["name"] for match in compose.VARIABLE.finditer(text)}
        assert used
        assert {name for name in used if f"\n{name}=" not in example} == set()


class TestDockerfile:
    lines = (ROOT / "Dockerfile").read_text().replace("\\\n", "").splitlines()

    def last(self, instruction: str) -> str:
        return [line for line in self.lines if line.startswith(instruction + " ")][-1]

    def test_runs_as_somebody_without_rights(self) -> None:
        assert self.last("USER") == "USER hearthline"

    def test_starts_and_checks_as_compose_does(self) -> None:
        command = yaml.safe_load(self.last("CMD").removeprefix("CMD "))
        check = yaml.safe_load(self.last("HEALTHCHECK").partition(" CMD ")[2])

        assert command == compose.command_of(SERVICES["web"])
        assert check == compose.health_check_of(SERVICES["web"])

    def test_brings_the_tools_of_the_server_it_is_shipped_with(self) -> None:
        major = SERVICES["postgres"]["image"].partition(":")[2].partition("-")[0]

        assert any(f"postgresql-client-{major} " in line for line in self.lines)

    def test_copies_nothing_but_what_runs(self) -> None:
        ignored, *kept = [
            line for line in (ROOT / ".dockerignore").read_text().splitlines() if line
        ]

        assert ignored == "*"
        assert not {"!secrets", "!var", "!.env", "!tests"} & set(kept)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("compose")


@pytest.fixture(scope="module")
def variables(folder: Path) -> Iterator[dict[str, dict[str, str]]]:
    """The environment of each service of ours, with the suite's servers for its neighbours."""
    postgres_url = os.environ["HEARTHLINE_SUITE_POSTGRES_URL"]
    redis_url = environment.redis_database(os.environ["HEARTHLINE_SUITE_REDIS_URL"], slot=7)
    if not postgres_url or not redis_url:
        pytest.skip("PostgreSQL or Redis is missing")
    name = f"compose_{environment.worker_number()}"
    template = postgres_template(postgres_url)
    with own_database(postgres_url, name, template=template) as database_url:
        secrets = {"secret-key": "x" * 60 + "\n", "database-url": database_url + "\n"}
        found = {}
        for service in OUR_OWN:
            place = folder / service
            place.mkdir()
            found[service] = compose.environment_of(
                SERVICES[service], folder=place, secrets=secrets
            )
            found[service]["REDIS_URL"] = redis_url
        migrate = Processes(found["migrate"], folder)
        migrate.run(compose.command_of(SERVICES["migrate"]))
        yield found


class TestServices:
    def test_the_web_server_answers_its_health_check(
        self, variables: dict[str, dict[str, str]], folder: Path
    ) -> None:
        self.prove("web", variables["web"], folder, ("8000", str(free_port())))

    def test_the_web_server_answers_it_with_the_shipped_example(
        self, variables: dict[str, dict[str, str]], folder: Path
    ) -> None:
        example = compose.read_example()
        web = compose.read_services(example)["web"]["environment"]
        shipped = {name: str(web[name]) for name in example.keys() & web.keys()}

        assert shipped["ALLOWED_HOSTS"] == "feedback.example.org"
        assert shipped["BASE_URL"] == "https://feedback.example.org"
        self.prove("web", variables["web"] | shipped, folder, ("8000", str(free_port())))

    def test_the_worker_answers_its_health_check(
        self, variables: dict[str, dict[str, str]], folder: Path
    ) -> None:
        self.prove("worker", variables["worker"], folder, says=" ready.")

    def test_the_timetable_answers_its_health_check(
        self, variables: dict[str, dict[str, str]], folder: Path
    ) -> None:
        self.prove("beat", variables["beat"], folder)

    def prove(
        self,
        name: str,
        variables: dict[str, str],
        folder: Path,
        port: tuple[str, str] = ("", ""),
        says: str = "",
    ) -> None:
        """Its check fails before it is started, and succeeds afterwards.

        A check that costs seconds of a core is made once it says in its log that it is there.
        """
        command, check = (
            [word.replace(*port) for word in words]
            for words in (
                compose.command_of(SERVICES[name]),
                compose.health_check_of(SERVICES[name]),
            )
        )
        processes = Processes(variables, folder)
        assert not processes.succeeds(
            [word.replace("--timeout 5", "--timeout 1") for word in check]
        )
        try:
            processes.start(name, command)
            processes.wait_until(lambda: says in processes.logs(), seconds=60)
            processes.wait_until(lambda: processes.succeeds(check), seconds=60)
        finally:
            processes.stop()

    def test_postgres_starts_with_its_flags_and_writes_nothing_by_itself(self) -> None:
        program, *flags = compose.command_of(SERVICES["postgres"])
        settings = dict(flag.removeprefix("-c").split("=") for flag in flags)
        server = PostgresServer(
            Path(os.environ["HEARTHLINE_SUITE_FOLDER"]) / "compose-postgres", settings=settings
        )
        try:
            url = server.start()
            with psycopg.connect(url) as connection:
                rows = connection.execute("SELECT name, setting FROM pg_settings").fetchall()
        finally:
            server.stop()

        assert program == "postgres"
        assert SILENT_POSTGRES.items() <= dict(rows).items()

    def test_redis_starts_with_its_flags_and_keeps_what_it_took(self, tmp_path: Path) -> None:
        program, *flags = compose.command_of(SERVICES["redis"])
        server = RedisServer(tmp_path / "redis", options=flags)
        try:
            with redis.Redis.from_url(server.start()) as client:
                found = client.config_get("appendonly") | client.config_get("maxmemory-policy")
        finally:
            server.stop()

        assert program == "redis-server"
        assert found == {"appendonly": "yes", "maxmemory-policy": "noeviction"}

"""The demo's own folder, settings and port."""

import socket
import stat
from pathlib import Path

import pytest
from environ import Env

from survey.samples.demo_product import answers, demo_environment, demo_programs, find_free_port


class TestDemoEnvironment:
    def test_keeps_all_state_in_its_folder(self, tmp_path: Path) -> None:
        variables = demo_environment(folder=tmp_path / "it's 100% mine", port=8000)

        database = Env.db_url_config(variables["DATABASE_URL"])
        letters = Env.email_url_config(variables["EMAIL_URL"])
        assert Path(database["NAME"]).parent == tmp_path / "it's 100% mine"
        assert Path(letters["EMAIL_FILE_PATH"]).parent == tmp_path / "it's 100% mine"

    def test_makes_one_secret_key_and_keeps_it(self, tmp_path: Path) -> None:
        file = Path(demo_environment(folder=tmp_path, port=8000)["SECRET_KEY_FILE"])
        first = file.read_text()
        demo_environment(folder=tmp_path, port=8000)

        assert len(first) >= 50
        assert file.read_text() == first
        assert stat.S_IMODE(file.stat().st_mode) == 0o600

    def test_takes_no_setting_of_another_product(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("REDIS_URL", "redis://production")
        monkeypatch.setenv("DEBUG", "1")

        variables = demo_environment(folder=tmp_path, port=8000)

        assert not {"REDIS_URL", "DEBUG"} & variables.keys()


class TestDemoPrograms:
    def test_are_a_web_server_and_a_worker_with_the_timetable(self) -> None:
        web, worker = demo_programs(port=8123)

        assert "127.0.0.1:8123" in web.command
        assert "--beat" in worker.command


class TestFindFreePort:
    def test_takes_the_next_port_when_one_is_taken(self) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]

            assert find_free_port(port) > port
            assert not answers(find_free_port(port))

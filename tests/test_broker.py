"""The broker that needs no server."""

from pathlib import Path
from queue import Empty
from typing import Any

import pytest
from kombu import Connection
from kombu.transport import filesystem

from config import broker

MESSAGE = {"body": "a task", "properties": {}}


def folders(path: Path) -> dict[str, str]:
    """Return the options of a broker that keeps everything below a folder."""
    (path / "queue").mkdir()
    (path / "processed").mkdir()
    return {
        "data_folder_in": str(path / "queue"),
        "data_folder_out": str(path / "queue"),
        "processed_folder": str(path / "processed"),
        "control_folder": str(path / "control"),
    }


def look_while_written(
    transport: type[filesystem.Transport], path: Path, monkeypatch: pytest.MonkeyPatch
) -> list[object]:
    """Return what a worker takes that looks whenever a message has been partly written."""
    taken: list[object] = []
    with Connection(transport=transport, transport_options=folders(path)) as connection:
        channel: Any = connection.channel()

        def dumps_late(payload: object) -> Any:
            try:
                taken.append(channel._get("celery"))
            except Empty:
                pass
            except ValueError as error:
                taken.append(error)
            return dumps(payload)

        module: Any = broker if transport is broker.Transport else filesystem
        dumps = module.dumps
        monkeypatch.setattr(module, "dumps", dumps_late)
        channel._put("celery", MESSAGE)
        if not taken:
            taken.append(channel._get("celery"))
    return taken


class TestChannel:
    def test_is_what_the_address_without_a_server_means(self) -> None:
        broker.use_whole_messages()

        assert Connection("filesystem://localhost").get_transport_cls() is broker.Transport

    def test_shows_no_message_before_it_is_whole(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert look_while_written(broker.Transport, tmp_path, monkeypatch) == [MESSAGE]

    def test_differs_in_that_from_what_it_is_made_of(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        taken = look_while_written(filesystem.Transport, tmp_path, monkeypatch)

        assert isinstance(taken[0], ValueError)

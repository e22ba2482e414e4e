"""The broker that needs no server: Kombu's folder, in which a message appears as a whole."""

import os
import uuid
from pathlib import Path
from time import monotonic
from typing import Any

from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.encoding import str_to_bytes
from kombu.utils.json import dumps

SCHEME = "filesystem"


class Channel(filesystem.Channel):
    """Kombu writes into the file that a worker may take already; an empty message ends a worker."""

    def _put(self, queue: str, payload: Any, **_: Any) -> None:  # type: ignore[override]
        name = f"{round(monotonic() * 1000)}_{uuid.uuid4()}.{queue}.msg"
        whole = Path(self.data_folder_out) / name
        part = whole.with_suffix(".part")
        part.write_bytes(str_to_bytes(dumps(payload)))
        os.replace(part, whole)


class Transport(filesystem.Transport):
    """Kombu's transport of that name, with messages that appear as a whole."""

    Channel = Channel


def use_whole_messages() -> None:
    """Let addresses that begin with the scheme mean this transport."""
    TRANSPORT_ALIASES[SCHEME] = f"{__name__}:Transport"

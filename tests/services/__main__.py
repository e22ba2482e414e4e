"""Start the named servers, print their addresses, and stop them when standard input ends."""

import json
import os
import shutil
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests.services.postgres import PostgresServer
from tests.services.programs import MissingProgramError
from tests.services.redis import RedisServer

SERVERS = {"postgres": PostgresServer, "redis": RedisServer}


def main(names: list[str]) -> None:
    """Run until whoever holds the other end of standard input has gone."""
    folder = Path(tempfile.mkdtemp(prefix="hearthline-tests-"))
    folder.chmod(0o711)
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        urls = dict.fromkeys(SERVERS, "")
        missing = []
        for name in names:
            try:
                server = SERVERS[name](folder / name)
            except MissingProgramError as error:
                missing.append(str(error))
                continue
            stack.callback(server.stop)
            urls[name] = server.start()
        print(json.dumps({**urls, "folder": str(folder), "missing": missing}), flush=True)  # noqa: T201
        while os.read(sys.stdin.fileno(), 1024):
            pass


if __name__ == "__main__":
    main(sys.argv[1:])

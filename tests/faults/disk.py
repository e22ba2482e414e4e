"""A small disk of the database's own, so that it can be full; only root can have one."""

import os
import subprocess
from contextlib import suppress
from pathlib import Path

MEGABYTES = 400


class Disk:
    """A folder in memory, mounted where that is allowed, and an ordinary folder elsewhere."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(mode=0o711)
        command = ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m,mode=711", "tmpfs", folder]
        self.is_small = (
            os.geteuid() == 0
            and subprocess.run(command, check=False, capture_output=True).returncode == 0
        )
        self._filler = folder / "filler"

    def fill(self) -> None:
        """Leave no room for another byte."""
        assert self.is_small, "the disk of this machine must not be filled"
        with self._filler.open("wb", buffering=0) as file:
            for size in (1 << 20, 1 << 12):
                with suppress(OSError):
                    while True:
                        file.write(bytes(size))

    def free(self) -> None:
        """Give the room back."""
        self._filler.unlink(missing_ok=True)

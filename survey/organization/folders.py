"""The newest roster in a folder below the one that the administrator set aside for them."""

from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext_noop as _

KINDS = frozenset({".csv", ".xlsx"})
SETTLED_SECONDS = 60  # a file that changed a moment ago may still be being written


class FolderError(Exception):
    """No file can be had from there; the message says why."""


def find_folder(*, root: Path, name: str) -> Path:
    """Return a folder below the root, also through links; raise FolderError where it is none."""
    if "\x00" in name:
        raise FolderError(_("this is not the name of a folder"))
    folder = (root / name).resolve()
    if not folder.is_relative_to(root.resolve()):
        raise FolderError(_("only folders below ROSTER_DIR are looked into"))
    if not folder.is_dir():
        raise FolderError(_("there is no such folder below ROSTER_DIR"))
    return folder


def read_newest(*, root: Path, name: str, largest: int, now: datetime) -> tuple[str, bytes]:
    """Return the name and content of the newest settled file; raise FolderError where none is."""
    folder = find_folder(root=root, name=name)
    files = [
        (stat.st_mtime, file)
        for file in folder.iterdir()
        if file.suffix.lower() in KINDS and file.is_file() and not file.is_symlink()
        for stat in (file.stat(),)
        if stat.st_size <= largest
    ]
    settled = [one for one in files if one[0] <= now.timestamp() - SETTLED_SECONDS]
    if not settled:
        raise FolderError(_("there is no .csv or .xlsx file in the folder"))
    newest = max(settled)[1]
    try:
        return newest.name, newest.read_bytes()
    except OSError as error:
        raise FolderError(f"{newest.name} cannot be read: {error.strerror}") from error

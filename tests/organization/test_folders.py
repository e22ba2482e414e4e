"""The newest roster in a folder."""

import os
from pathlib import Path

import pytest

from survey.organization.folders import FolderError, find_folder, read_newest
from tests.organization.arrivals import NOW

LARGE = 1000


def put(folder: Path, name: str, *, seconds_ago: int = 3600, content: bytes = b"x") -> Path:
    """Write a file that changed so many seconds ago."""
    folder.mkdir(exist_ok=True)
    file = folder / name
    file.write_bytes(content)
    moment = NOW.timestamp() - seconds_ago
    os.utime(file, (moment, moment))
    return file


class TestReadNewest:
    def test_takes_the_newest_list(self, tmp_path: Path) -> None:
        put(tmp_path / "hr", "old.csv", seconds_ago=7200)
        put(tmp_path / "hr", "new.XLSX", content=b"new")
        put(tmp_path / "hr", "newer.txt", seconds_ago=600)

        found = read_newest(root=tmp_path, name="hr", largest=LARGE, now=NOW)
        assert found == ("new.XLSX", b"new")

    def test_waits_for_files_that_are_still_written(self, tmp_path: Path) -> None:
        put(tmp_path / "hr", "old.csv", content=b"old")
        put(tmp_path / "hr", "young.csv", seconds_ago=5)

        assert read_newest(root=tmp_path, name="hr", largest=LARGE, now=NOW)[0] == "old.csv"

    def test_leaves_links_and_what_is_too_large(self, tmp_path: Path) -> None:
        secret = put(tmp_path / "else", "secret.csv")
        (tmp_path / "hr").mkdir()
        (tmp_path / "hr" / "link.csv").symlink_to(secret)
        put(tmp_path / "hr", "large.csv", content=bytes(LARGE + 1))

        with pytest.raises(FolderError, match=r"there is no \.csv or \.xlsx file"):
            read_newest(root=tmp_path, name="hr", largest=LARGE, now=NOW)


class TestFindFolder:
    @pytest.mark.parametrize("name", ["..", "../else", "/etc", "hr/../..", "way out", "a\x00b"])
    def test_leaves_the_root_by_no_way(self, tmp_path: Path, name: str) -> None:
        root = tmp_path / "root"
        (root / "hr").mkdir(parents=True)
        (tmp_path / "else").mkdir()
        (root / "way out").symlink_to(tmp_path / "else")

        with pytest.raises(FolderError):
            find_folder(root=root, name=name)

    def test_finds_folders_within(self, tmp_path: Path) -> None:
        (tmp_path / "hr" / "daily").mkdir(parents=True)

        assert find_folder(root=tmp_path, name="hr/daily").is_dir()
        with pytest.raises(FolderError, match="there is no such folder"):
            find_folder(root=tmp_path, name="payroll")

import stat
from pathlib import Path
from uuid import uuid4

import pytest
from nacl.public import PrivateKey
from pytest_django import Settings

from survey.campaigns.keys import (
    BOX,
    LINK,
    KeysMissingError,
    KeysNotWritableError,
    KeysOutOfReachError,
    create_keys,
    destroy_keys,
    key_files,
    key_path,
    keys_exist,
    keys_fit,
    read_link_key,
    read_private_key,
)
from survey.campaigns.models import Wave
from tests.factories.campaigns import make_campaign, make_open_wave, make_teams, spoil_keys

pytestmark = pytest.mark.django_db


@pytest.fixture
def folders(settings: Settings, tmp_path: Path) -> list[Path]:
    settings.KEYS_DIR = tmp_path / "keys"
    settings.KEYS_DIR_COPY = str(tmp_path / "copy")
    return [tmp_path / "keys", tmp_path / "copy"]


@pytest.fixture
def wave(folders: list[Path]) -> Wave:
    wave = Wave(key=uuid4())
    wave.public_key = create_keys(wave=wave)
    return wave


class TestCreateKeys:
    def test_writes_both_keys_to_both_folders_for_our_eyes_only(
        self, wave: Wave, folders: list[Path]
    ) -> None:
        names = {key_path(folder=folders[0], wave=wave, kind=kind).name for kind in (LINK, BOX)}

        for folder in folders:
            assert {path.name for path in folder.iterdir()} == names
            assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
        assert bytes(PrivateKey(read_private_key(wave=wave)).public_key) == wave.public_key

    def test_says_which_folder_cannot_be_written(self, settings: Settings, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("in the way")
        settings.KEYS_DIR = tmp_path / "file"

        with pytest.raises(KeysNotWritableError, match="KEYS_DIR"):
            create_keys(wave=Wave(key=uuid4()))


class TestTwoLaunches:
    def test_never_write_over_each_others_keys(self, wave: Wave) -> None:
        """A worker whose connection died goes on, while another has launched the wave."""
        right = read_link_key(wave=wave), read_private_key(wave=wave)

        create_keys(wave=Wave(key=wave.key))

        assert (read_link_key(wave=wave), read_private_key(wave=wave)) == right
        assert len({path.name for path in key_files(wave=wave)}) == 4
        destroy_keys(wave=wave)
        assert not keys_exist(wave=wave)

    def test_leave_what_the_other_wrote_since(self, wave: Wave) -> None:
        found = key_files(wave=wave)
        other = Wave(key=wave.key)
        other.public_key = create_keys(wave=other)

        destroy_keys(wave=wave, only=found)

        assert keys_fit(wave=other)
        assert not keys_fit(wave=wave)


class TestReadKeys:
    def test_reads_keys_named_as_they_were_once(self, wave: Wave, folders: list[Path]) -> None:
        for folder in folders:
            for kind in (LINK, BOX):
                path = key_path(folder=folder, wave=wave, kind=kind)
                path.rename(folder / f"{wave.key}.{kind}")

        assert keys_fit(wave=wave)

    def test_reads_the_copy_where_the_folder_has_lost_a_key(
        self, wave: Wave, folders: list[Path]
    ) -> None:
        key_path(folder=folders[0], wave=wave, kind=LINK).unlink()

        assert len(read_link_key(wave=wave)) == 32

    def test_reads_the_copy_where_the_folder_holds_a_box_key_that_does_not_fit(
        self, wave: Wave, folders: list[Path]
    ) -> None:
        key_path(folder=folders[0], wave=wave, kind=BOX).write_bytes(b"k" * 32)

        assert bytes(PrivateKey(read_private_key(wave=wave)).public_key) == wave.public_key

    def test_reads_the_copy_where_the_folder_cannot_be_read(
        self, wave: Wave, folders: list[Path]
    ) -> None:
        key_path(folder=folders[0], wave=wave, kind=BOX).unlink()
        key_path(folder=folders[0], wave=wave, kind=BOX).mkdir()

        assert len(read_private_key(wave=wave)) == 32

    def test_refuses_a_box_key_that_does_not_fit(self, wave: Wave) -> None:
        spoil_keys(wave=wave)

        with pytest.raises(KeysMissingError):
            read_private_key(wave=wave)

    def test_reads_the_link_key_that_made_the_links(self, folders: list[Path]) -> None:
        wave = make_open_wave(make_campaign(make_teams({"top": None}, {"top": 6})["top"]))
        right = read_link_key(wave=wave)
        key_path(folder=folders[0], wave=wave, kind=LINK).write_bytes(b"k" * 32)

        assert read_link_key(wave=wave) == right

    def test_says_that_a_key_is_missing(self, wave: Wave) -> None:
        destroy_keys(wave=wave)

        with pytest.raises(KeysMissingError):
            read_private_key(wave=wave)


class TestKeysFit:
    def test_opens_a_canary_with_the_right_keys(self, wave: Wave) -> None:
        assert keys_fit(wave=wave)

    def test_notices_the_keys_of_another_time(self, wave: Wave) -> None:
        spoil_keys(wave=wave)

        assert not keys_fit(wave=wave)

    def test_notices_a_link_key_cut_short(self, wave: Wave, folders: list[Path]) -> None:
        key_path(folder=folders[0], wave=wave, kind=LINK).write_bytes(b"short")
        assert keys_fit(wave=wave)  # the copy is whole

        key_path(folder=folders[1], wave=wave, kind=LINK).write_bytes(b"short")

        assert not keys_fit(wave=wave)

    def test_notices_missing_keys(self, wave: Wave) -> None:
        destroy_keys(wave=wave)

        assert not keys_fit(wave=wave)


class TestDestroyKeys:
    def test_leaves_no_file_in_either_folder(self, wave: Wave, folders: list[Path]) -> None:
        assert keys_exist(wave=wave)

        destroy_keys(wave=wave)

        assert not keys_exist(wave=wave)
        assert [path for folder in folders for path in folder.iterdir()] == []

    def test_leaves_no_key_that_was_half_written(self, wave: Wave, folders: list[Path]) -> None:
        (folders[0] / f"{wave.key}.box.part").write_bytes(b"half")

        destroy_keys(wave=wave)

        assert not list(folders[0].iterdir())

    @pytest.mark.parametrize("missing", [0, 1])
    def test_empties_one_folder_and_says_that_the_other_is_away(
        self, wave: Wave, folders: list[Path], missing: int
    ) -> None:
        folders[missing].rename(folders[missing].with_name("unplugged"))

        with pytest.raises(KeysOutOfReachError, match=str(folders[missing])):
            destroy_keys(wave=wave)
        assert not list(folders[1 - missing].iterdir())

    def test_can_be_done_twice(self, wave: Wave) -> None:
        destroy_keys(wave=wave)
        destroy_keys(wave=wave)

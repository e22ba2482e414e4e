"""Backups: made, refused where they must be, and drilled on both kinds of database."""

import io
import json
import shutil
import stat
import tarfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import DjangoDbBlocker, Settings

from survey.aggregation.models import Figure, Release
from survey.aggregation.services import make_due_releases, refresh_due_rollups
from survey.campaigns.models import Wave
from survey.campaigns.services import destroy_due_keys
from survey.followup.backups import make_backup, restore_backup
from survey.followup.invariants import broken_invariants
from survey.followup.manifests import BackupError
from survey.letters.models import DeliveryState
from survey.responses.models import Intake, Response
from tests.factories.campaigns import NOW, make_campaign, make_open_wave, make_teams
from tests.factories.letters import DeliveryFactory
from tests.factories.responses import answer_wave, close_and_seal
from tests.followup.databases import ENGINES, create_tables, empty_databases, using, with_programs

Database = dict[str, Any]
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture(scope="module", params=ENGINES)
def databases(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[list[Database]]:
    """A database with a sealed wave and an open one, both answered; and three that are empty."""
    folder = tmp_path_factory.mktemp("backups")
    names = ("backed_up", "restored", "untouched", "unlike")
    with (
        django_db_blocker.unblock(),
        with_programs(),
        empty_databases(request.param, folder, *names) as found,
    ):
        with using(found[0]):
            create_tables()
            teams = make_teams({"top": None, "north": "top"}, {"top": 6, "north": 9})
            _play(make_open_wave(make_campaign(teams["top"])), seals=True)
            _play(make_open_wave(make_campaign(teams["top"], code="second")), seals=False)
            DeliveryFactory(state=DeliveryState.SENDING, lease_until=NOW + MINUTE, attempts=1)
        yield found


def _play(wave: Wave, *, seals: bool) -> None:
    answer_wave(wave, wave.groups.get(code="north"), [1, 2, 3, 1, 2, 3])
    if seals:
        close_and_seal(wave)
        refresh_due_rollups(now=NOW)
        make_due_releases(now=NOW)
        destroy_due_keys(now=NOW)


@pytest.fixture(scope="module")
def made(databases: list[Database], tmp_path_factory: pytest.TempPathFactory) -> Path:
    with using(databases[0]):
        return make_backup(target=tmp_path_factory.mktemp("made"), now=NOW, tell=len)[0]


@pytest.fixture
def backup(databases: list[Database], made: Path, tmp_path: Path) -> Iterator[Path]:
    """A backup of the first database, in which Django still is."""
    with using(databases[0]):
        yield Path(shutil.copy(made, tmp_path))


class TestBackup:
    def test_says_what_it_holds_and_what_it_leaves_out(
        self, databases: list[Database], tmp_path: Path
    ) -> None:
        out = io.StringIO()
        with using(databases[0]):
            call_command("backup", str(tmp_path), stdout=out)

        assert "1 releases" in out.getvalue()
        assert "The keys of open waves are not in it, on purpose" in out.getvalue()
        assert "1 waves are not sealed yet" in out.getvalue()
        assert [path.suffix for path in tmp_path.iterdir()] == [".backup"]

    def test_can_be_read_by_its_owner_alone_and_holds_no_key(
        self, backup: Path, settings: Settings
    ) -> None:
        secrets = [path.read_bytes() for path in Path(settings.KEYS_DIR).iterdir()]

        assert stat.S_IMODE(backup.stat().st_mode) == 0o600
        assert secrets
        assert not any(secret in backup.read_bytes() for secret in secrets)

    def test_lies_never_beside_the_keys(self, backup: Path, settings: Settings) -> None:
        with pytest.raises(CommandError, match="in the folder of the keys"):
            call_command("backup", str(settings.KEYS_DIR))

    def test_writes_over_no_other_file(self, backup: Path) -> None:
        with pytest.raises(CommandError, match="exists already"):
            call_command("backup", str(backup))

    def test_says_that_there_is_no_such_folder(self, backup: Path) -> None:
        with pytest.raises(CommandError, match="no folder"):
            call_command("backup", str(backup.parent / "away" / "file"))


class TestRestore:
    def test_brings_everything_back_and_verifies_it(
        self, databases: list[Database], backup: Path
    ) -> None:
        before = {model: set(model.objects.values_list("pk")) for model in KEPT}
        checksums = set(Release.objects.values_list("checksum"))
        out = io.StringIO()
        with using(databases[1]):
            call_command("restore", str(backup), stdout=out)

            assert {model: set(model.objects.values_list("pk")) for model in KEPT} == before
            assert set(Release.objects.values_list("checksum")) == checksums
            assert ["1 stuck" in line for line in broken_invariants(now=NOW + HOUR)] == [True]
            with pytest.raises(CommandError, match=r"empty: it has \d+ tables, among them \w+ \("):
                call_command("restore", str(backup))
        assert all(before.values())
        assert checksums
        assert "every invariant holds" in out.getvalue()

    def test_names_what_differs(self, databases: list[Database], backup: Path) -> None:
        broken = backup.with_name("broken")
        _rewrite(backup, broken, counts={"responses_intake": 7}, releases={"1": "other"})
        with using(databases[3]), pytest.raises(BackupError) as told:
            restore_backup(file=broken, now=NOW, tell=len)

        assert "rows in responses_intake: 7 before, 6 now" in str(told.value)
        assert "checksum of release 1: other before" in str(told.value)

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"digest": "0" * 64}, "is damaged"),
            ({"engine": "oracle"}, "It is a backup of oracle"),
            ({"migrations": []}, "another version of the product"),
            ({"unheard_of": 1}, "another version made it"),
        ],
    )
    def test_refuses_a_backup_that_is_not_for_it(
        self, databases: list[Database], backup: Path, changes: dict[str, Any], words: str
    ) -> None:
        unfit = backup.with_name("unfit")
        _rewrite(backup, unfit, **changes)

        with using(databases[2]), pytest.raises(BackupError, match=words):
            restore_backup(file=unfit, now=NOW, tell=len)

    def test_refuses_what_is_no_backup_or_half_of_one(
        self, databases: list[Database], backup: Path
    ) -> None:
        half = backup.with_name("half")
        half.write_bytes(backup.read_bytes()[:-20_000])
        other = backup.with_name("other")
        with tarfile.open(other, "w") as tar:
            tar.add(half, arcname="something")

        with using(databases[2]):
            for file, words in ((half, "no whole backup"), (other, "manifest.json is missing")):
                with pytest.raises(CommandError, match=words):
                    call_command("restore", str(file))
            with pytest.raises(CommandError, match="no whole backup"):
                call_command("restore", str(half.with_name("away")))


KEPT = (Wave, Intake, Response, Figure)


def _rewrite(backup: Path, target: Path, **changes: Any) -> None:
    """Write a backup again with another manifest."""
    with tarfile.open(backup) as old, tarfile.open(target, "w") as new:
        file = old.extractfile("manifest.json")
        assert file is not None
        manifest = json.loads(file.read())
        for name, value in changes.items():
            manifest[name] = manifest.get(name, {}) | value if isinstance(value, dict) else value
        text = json.dumps(manifest).encode()
        header = tarfile.TarInfo("manifest.json")
        header.size = len(text)
        new.addfile(header, io.BytesIO(text))
        dump = old.getmember("database")
        new.addfile(dump, old.extractfile(dump))

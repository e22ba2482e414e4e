"""Bring in published option counts by unit, and see them through to the linkage."""

import re
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from survey.samples.count_files import read_counts
from survey.samples.count_import import ImportRefusedError, ImportReport, import_counts
from survey.samples.tables import CountsFileError, SourceFile

PAIRING_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,27}")


class Command(BaseCommand):
    help = "Bring in published option counts by unit, through the whole pipeline to the linkage."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the three files, and what to call what is made of them."""
        parser.add_argument("--units", type=Path, required=True, help="unit, parent, name")
        parser.add_argument(
            "--items", type=Path, required=True, help="audience, construct, item, option, score"
        )
        parser.add_argument(
            "--counts", type=Path, required=True, help="unit, audience, item, option, count"
        )
        parser.add_argument("--pairing", required=True, help="the name of the pairing to make")
        parser.add_argument("--ex-audience", default="teacher", help="who works in the units")
        parser.add_argument("--cx-audience", default="parent", help="whom the units serve")

    def handle(
        self,
        *args: Any,
        units: Path,
        items: Path,
        counts: Path,
        pairing: str,
        ex_audience: str,
        cx_audience: str,
        **options: Any,
    ) -> None:
        """Read, bring in, and say in two lines what was done."""
        if not PAIRING_NAME.fullmatch(pairing):
            raise CommandError("Name the pairing with at most 28 of a-z, 0-9, - and _.")
        if ex_audience == cx_audience:
            raise CommandError("The two audiences must differ.")
        try:
            published = read_counts(units=_read(units), items=_read(items), counts=_read(counts))
            with tqdm(disable=None, unit="people") as progress:
                report = import_counts(
                    published=published,
                    pairing=pairing,
                    ex_audience=ex_audience,
                    cx_audience=cx_audience,
                    now=timezone.now(),
                    progress=progress,
                )
        except (CountsFileError, ImportRefusedError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_summarise(report, pairing))


def _read(path: Path) -> SourceFile:
    """Return a file with its name; say plainly when it cannot be read."""
    try:
        return SourceFile(path.name, path.read_bytes())
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error


def _summarise(report: ImportReport, pairing: str) -> str:
    """Say what was done, and what to look at next."""
    if not report.is_new:
        return f"{pairing} was made from these files before: nothing was changed."
    return (
        f"{report.n_units} units: {report.n_ex} people who work there and {report.n_cx} whom they "
        f"serve went through the whole pipeline.\n"
        f"See what was found: manage.py linkage --pairing {pairing}"
    )

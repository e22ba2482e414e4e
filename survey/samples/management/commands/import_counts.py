"""Bring in published option counts by unit, and see them through to the linkage."""

import re
from argparse import ArgumentTypeError
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from survey.core.timestamps import local_date
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
        parser.add_argument(
            "--closed-on",
            type=_read_day,
            metavar="YYYY-MM-DD",
            help="the last day of the survey, which decides its period; today if not told",
        )

    def handle(
        self,
        *args: Any,
        units: Path,
        items: Path,
        counts: Path,
        pairing: str,
        ex_audience: str,
        cx_audience: str,
        closed_on: date | None,
        **options: Any,
    ) -> None:
        """Read, bring in, and say in two lines what was done."""
        if not PAIRING_NAME.fullmatch(pairing):
            raise CommandError(
                f"{pairing!r} cannot name a pairing: take at most 28 letters A to Z or a to z, "
                "digits, - and _, without spaces."
            )
        if ex_audience == cx_audience:
            raise CommandError("The two audiences must differ.")
        now = timezone.now()
        if closed_on is not None and closed_on > local_date(now):
            raise CommandError("--closed-on is a day that has not come yet.")
        try:
            published = read_counts(units=_read(units), items=_read(items), counts=_read(counts))
            with tqdm(disable=None, unit="people") as progress:
                report = import_counts(
                    published=published,
                    pairing=pairing,
                    ex_audience=ex_audience,
                    cx_audience=cx_audience,
                    now=now,
                    progress=progress,
                    closed_at=None if closed_on is None else min(now, _end_of(closed_on)),
                )
        except (CountsFileError, ImportRefusedError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_summarise(report, pairing))


def _read_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is not a day written as YYYY-MM-DD") from error


def _end_of(day: date) -> datetime:
    """Return the local midnight at which a day ends."""
    midnight = datetime.combine(day + timedelta(days=1), time())
    return timezone.make_aware(midnight)


def _read(path: Path) -> SourceFile:
    """Return a file with its name; say plainly when it cannot be read."""
    try:
        return SourceFile(path.name, path.read_bytes())
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error


def _summarise(report: ImportReport, pairing: str) -> str:
    """Say what was done, and what to look at next."""
    held = (
        f"The counts hold {report.n_ex + report.n_cx} people in {report.n_units} units: "
        f"{report.n_ex} who work there and {report.n_cx} whom they serve."
    )
    if not report.is_new:
        return f"{held}\n{pairing} was made from these files before: nothing was changed."
    return (
        f"{held} All went through the whole pipeline.\n"
        f"See what was found: manage.py linkage --pairing {pairing}"
    )

"""Take in who serves whom, or show what a file would change."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from survey.core.timestamps import local_date
from survey.organization.files import FileError
from survey.organization.service_lines import read_services
from survey.organization.service_plans import ServiceChange, ServiceDifference
from survey.organization.services import import_services

SHOWN = 20


class Command(BaseCommand):
    """Print the difference: which arrows are added, end, or belong to another chain."""

    help = (
        "Take in a file of who serves whom: CSV or XLSX with the columns provider and consumer "
        "(codes of teams) and where wanted chain, from and to. Without --apply it only shows the "
        "difference. It is all or nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the file, and whether to write."""
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--apply", action="store_true", help="write what the file says")
        parser.add_argument(
            "--end-missing", action="store_true", help="end today what is not in the file"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, compare or import, and print what changes."""
        path: Path = options["file"]
        try:
            difference = import_services(
                lines=read_services(path.read_bytes()),
                today=local_date(timezone.now()),
                ends_missing=options["end_missing"],
                dry_run=not options["apply"],
            )
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}") from error
        except FileError as error:
            raise CommandError(_refusal(path, error)) from error
        self.stdout.write("\n".join(_report(difference)))
        self.stdout.write(
            self.style.SUCCESS("Done.")
            if options["apply"]
            else "Nothing has been changed yet; --apply does it."
        )


def _refusal(path: Path, error: FileError) -> str:
    n_problems = len(error.problems)
    lines = [f"{path} was refused, nothing has been changed. {n_problems} problem(s):"]
    return "\n".join([*lines, *_list_some([str(problem) for problem in error.problems])])


def _report(difference: ServiceDifference) -> list[str]:
    lines: list[str] = []
    for title, changes in (
        ("added", difference.added),
        ("ended", difference.ended),
        ("with another chain", difference.chain_changed),
    ):
        lines += [f"{len(changes)} {title}", *_list_some([_sentence(one) for one in changes])]
    return [*lines, f"{difference.n_unchanged} as before"]


def _sentence(change: ServiceChange) -> str:
    days = f"from {change.active_from}" + (f" to {change.active_to}" if change.active_to else "")
    chain = f", {change.chain}" if change.chain else ""
    if change.chain_before and change.chain_before != change.chain:
        chain = f", {change.chain_before} -> {change.chain or 'none'}"
    return f"{change.provider} -> {change.consumer}, {days}{chain}"


def _list_some(sentences: Sequence[str]) -> list[str]:
    lines = [f"  {sentence}" for sentence in sentences[:SHOWN]]
    return [*lines, f"  and {len(sentences) - SHOWN} more"] if len(sentences) > SHOWN else lines

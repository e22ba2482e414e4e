"""Take in the list of people, or show what it would change."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from survey.organization.differences import Change, RosterDifference
from survey.organization.lines import RosterError
from survey.organization.services import TooManyLeaveError, import_file

SHOWN = 20
ALLOW = "--allow-leaving"


class Command(BaseCommand):
    """Print the difference: who joined, moved, left or changed, and which teams are new."""

    help = (
        "Take in a roster: a CSV or XLSX file with the columns person_id, name, email and team (or "
        "team_name alone, of which codes are made), "
        "and where wanted team_name, parent, closed, succeeded_by, language, leader, from, phone, "
        "time_zone, manager and declared attributes. A line without a person describes a team. "
        "Whoever is missing has left today; a missing column changes nothing, and a file of teams "
        "only changes nobody. It is all or nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the file, and whether to write."""
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="only show the difference")
        parser.add_argument(
            "--allow-leaving",
            action="store_true",
            help="let more than 30 %% of the people leave; without it such a file is refused",
        )
        parser.add_argument(
            "--column",
            action="append",
            default=[],
            type=_read_column,
            metavar="HEADING=COLUMN",
            help="what a heading of the file means; nothing behind = leaves it out",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, import, and print what changed."""
        path: Path = options["file"]
        dry_run: bool = options["dry_run"]
        try:
            difference = import_file(
                name=path.name,
                content=path.read_bytes(),
                columns=dict(options["column"]),
                now=timezone.now(),
                dry_run=dry_run,
                allow_leaving=options["allow_leaving"],
            )
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}") from error
        except RosterError as error:
            raise CommandError(_refusal(path, error)) from error
        except TooManyLeaveError as error:
            raise CommandError(
                f"{path} was refused, nothing has been changed. {error}: was the file cut off? "
                f"If they did leave, add {ALLOW}."
            ) from error
        self.stdout.write("\n".join(_report(difference)))
        if difference.loses_many and dry_run:
            n_left, n_before = len(difference.left), difference.n_before
            self.stdout.write(
                self.style.WARNING(f"{n_left} of {n_before} people would leave: it takes {ALLOW}.")
            )
        self.stdout.write(
            "Nothing has been changed yet." if dry_run else self.style.SUCCESS("Done.")
        )


def _read_column(text: str) -> tuple[str, str]:
    heading, _, column = text.rpartition("=")
    return heading, column.strip()


def _refusal(path: Path, error: RosterError) -> str:
    n_problems = len(error.problems)
    lines = [f"{path} was refused, nothing has been changed. {n_problems} problem(s):"]
    lines += [f"  {problem}" for problem in error.problems[:SHOWN]]
    if n_problems > SHOWN:
        lines.append(f"  and {n_problems - SHOWN} more")
    return "\n".join(lines)


def _report(difference: RosterDifference) -> list[str]:
    lines = _list_names("new teams", difference.new_teams)
    lines += _list_names("changed teams", difference.changed_teams)
    lines += _list_names("closed teams", difference.closed_teams)
    for title in ("joined", "moved", "left", "changed"):
        changes: tuple[Change, ...] = getattr(difference, title)
        lines += _list_names(title, [_sentence(change) for change in changes])
    return [*lines, f"{difference.n_unchanged} as before"]


def _sentence(change: Change) -> str:
    details = "; ".join(change.details)
    if change.before == change.after and details:
        return f"{change.name}: {details}"
    places = " -> ".join(place for place in (change.before, change.after) if place)
    moved = f"{change.name}: {places}, from {change.from_date}"
    return f"{moved}; {details}" if details else moved


def _list_names(title: str, names: Sequence[str]) -> list[str]:
    lines = [f"{len(names)} {title}"]
    lines += [f"  {name}" for name in names[:SHOWN]]
    if len(names) > SHOWN:
        lines.append(f"  and {len(names) - SHOWN} more")
    return lines

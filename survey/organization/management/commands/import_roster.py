"""Take in the list of people, or show what it would change."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from survey.core.timestamps import local_date
from survey.organization.differences import Change, RosterDifference
from survey.organization.roster import RosterError, read_roster
from survey.organization.services import import_roster

SHOWN = 20


class Command(BaseCommand):
    """Print the difference: who joined, moved, left or changed, and which teams are new."""

    help = (
        "Take in a roster: a CSV file with the columns person_id, name, email and team, and where "
        "wanted team_name, parent, language, leader and from. A line without a person describes "
        "a team. Whoever is missing has left today. It is all or nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the file, and whether to write."""
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="only show the difference")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, import, and print what changed."""
        path: Path = options["file"]
        dry_run: bool = options["dry_run"]
        try:
            with path.open("rb") as file:
                roster = read_roster(file)
            difference = import_roster(
                roster=roster, today=local_date(timezone.now()), dry_run=dry_run
            )
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}") from error
        except RosterError as error:
            raise CommandError(_refusal(path, error)) from error
        self.stdout.write("\n".join(_report(difference)))
        self.stdout.write(
            "Nothing has been changed yet." if dry_run else self.style.SUCCESS("Done.")
        )


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
    for title in ("joined", "moved", "left", "changed"):
        changes: tuple[Change, ...] = getattr(difference, title)
        lines += _list_names(title, [_sentence(change) for change in changes])
    return [*lines, f"{difference.n_unchanged} as before"]


def _sentence(change: Change) -> str:
    places = " -> ".join(place for place in (change.before, change.after) if place)
    return f"{change.name}: {places}, from {change.from_date}"


def _list_names(title: str, names: Sequence[str]) -> list[str]:
    lines = [f"{len(names)} {title}"]
    lines += [f"  {name}" for name in names[:SHOWN]]
    if len(names) > SHOWN:
        lines.append(f"  and {len(names) - SHOWN} more")
    return lines

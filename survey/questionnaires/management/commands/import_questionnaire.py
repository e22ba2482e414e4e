"""Take a questionnaire in from a file, as a draft."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from survey.questionnaires.documents import Document
from survey.questionnaires.reading import DocumentError, read_document
from survey.questionnaires.scales import ScaleChangedError
from survey.questionnaires.services import import_document

LARGEST = 10_000_000  # bytes


class Command(BaseCommand):
    help = "Draft a questionnaire from a JSON file as docs/questionnaire.schema.json describes it."

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the file."""
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, and print what was made and which trends break."""
        try:
            report = import_document(document=_read(options["file"]))
        except (OSError, DocumentError, ScaleChangedError) as error:
            raise CommandError(f"{options['file'].name}: {error}") from error
        self.stdout.write(
            f"Drafted {report.questionnaire}: {report.n_new_items} new item wordings."
        )
        for code in report.reworded:
            self.stdout.write(f"{code} has a new wording: its trend breaks.")


def _read(path: Path) -> Document:
    if path.stat().st_size > LARGEST:
        raise DocumentError("file", "is larger than 10 MB")
    try:
        return read_document(json.loads(path.read_bytes()))
    except (ValueError, RecursionError) as error:
        raise DocumentError("file", "is no JSON") from error

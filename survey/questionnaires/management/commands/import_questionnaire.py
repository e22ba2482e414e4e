"""Take a questionnaire in from a file, as a draft."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from survey.questionnaires.importers import (
    LARGEST,
    ImportedQuestionnaire,
    ImportRefusedError,
    keep_apart,
    list_taken_codes,
    read_file,
)
from survey.questionnaires.reading import DocumentError
from survey.questionnaires.scales import ScaleChangedError
from survey.questionnaires.services import CodeOfOthersError, import_document

REFUSALS = (
    OSError,
    ImportRefusedError,
    DocumentError,
    ScaleChangedError,
    CodeOfOthersError,
)


class Command(BaseCommand):
    help = (
        "Draft a questionnaire from a file of ours (JSON), LimeSurvey (.lss), XLSForm (.xlsx) or "
        "Qualtrics (.qsf); docs/importing.md."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the file."""
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, and print what was made, what was left out and which trends break."""
        try:
            imported = _read(options["file"])
            report = import_document(document=imported.document)
        except REFUSALS as error:
            raise CommandError(f"{options['file'].name}: {error}") from error
        self.stdout.write(
            f"Drafted {report.questionnaire}: {report.n_new_items} new item wordings."
        )
        for code in report.reworded:
            self.stdout.write(f"{code} has a new wording: its trend breaks.")
        for one in imported.left_out:
            self.stdout.write(f"Left out: {one.where}: {one.what} - {one.reason}")
        for mend in imported.mends:
            self.stdout.write(f"To mend before it can be published: {mend}")


def _read(path: Path) -> ImportedQuestionnaire:
    if path.stat().st_size > LARGEST:
        raise ImportRefusedError("the file", "is larger than 10 MB")
    imported = read_file(path.name, path.read_bytes())
    return keep_apart(imported, list_taken_codes(imported.document))

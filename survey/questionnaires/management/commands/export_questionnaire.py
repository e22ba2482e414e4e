"""Write a questionnaire as a file."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from survey.questionnaires.documents import Document, document_to_json
from survey.questionnaires.exporting import export_document
from survey.questionnaires.exporting_xlsform import list_unsaid, to_xlsform
from survey.questionnaires.selectors import find_newest


class Command(BaseCommand):
    help = (
        "Write the newest version of a questionnaire as JSON (docs/questionnaire.schema.json), "
        "or as an XLSForm."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the questionnaire and, for an XLSForm, the file to write."""
        parser.add_argument("code", metavar="CODE")
        parser.add_argument("--xlsform", type=Path, metavar="FILE", help="write an XLSForm (.xlsx)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the document, or write it as an XLSForm and print what that cannot say."""
        questionnaire = find_newest(code=options["code"])
        if questionnaire is None:
            raise CommandError(f"There is no questionnaire “{options['code']}”.")
        document = export_document(questionnaire_id=questionnaire.pk)
        if options["xlsform"]:
            self._write_form(document, options["xlsform"])
        else:
            self.stdout.write(json.dumps(document_to_json(document), ensure_ascii=False, indent=1))

    def _write_form(self, document: Document, path: Path) -> None:
        try:
            path.write_bytes(to_xlsform(document))
        except OSError as error:
            raise CommandError(f"{path}: {error}") from error
        for one in list_unsaid(document):
            self.stdout.write(f"Left out: {one.where}: {one.what} - {one.reason}")

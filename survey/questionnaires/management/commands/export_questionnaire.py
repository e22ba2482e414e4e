"""Write a questionnaire as a file."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from survey.questionnaires.documents import document_to_json
from survey.questionnaires.exporting import export_document
from survey.questionnaires.selectors import find_newest


class Command(BaseCommand):
    help = "Write the newest version of a questionnaire as JSON; docs/questionnaire.schema.json."

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the questionnaire."""
        parser.add_argument("code", metavar="CODE")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the document."""
        questionnaire = find_newest(code=options["code"])
        if questionnaire is None:
            raise CommandError(f"There is no questionnaire “{options['code']}”.")
        document = export_document(questionnaire_id=questionnaire.pk)
        self.stdout.write(json.dumps(document_to_json(document), ensure_ascii=False, indent=1))

"""Offer a questionnaire no more, or again."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from survey.questionnaires.models import QuestionnaireStatus
from survey.questionnaires.selectors import find_newest
from survey.questionnaires.services import reinstate_questionnaire, retire_questionnaire


class Command(BaseCommand):
    help = "Retire the newest published version of a questionnaire; with --undo, offer it again."

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the questionnaire."""
        parser.add_argument("code", metavar="CODE")
        parser.add_argument(
            "--undo", action="store_true", help="offer the newest retired one again"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Retire or reinstate, and say which version."""
        retired, published = QuestionnaireStatus.RETIRED, QuestionnaireStatus.PUBLISHED
        status = retired if options["undo"] else published
        questionnaire = find_newest(code=options["code"], status=status)
        if questionnaire is None:
            raise CommandError(
                f"There is no {status.label} version of a questionnaire “{options['code']}”."
            )
        change = reinstate_questionnaire if options["undo"] else retire_questionnaire
        change(questionnaire_id=questionnaire.pk)
        self.stdout.write(
            f"{questionnaire} is offered again."
            if options["undo"]
            else f"{questionnaire} is offered no more; waves that ask it go on."
        )

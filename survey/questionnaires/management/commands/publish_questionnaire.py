"""Make a draft final."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from survey.questionnaires.models import QuestionnaireStatus
from survey.questionnaires.selectors import find_newest
from survey.questionnaires.services import QuestionnaireUnfinishedError, publish_questionnaire


class Command(BaseCommand):
    help = "Publish the newest draft of a questionnaire, or say what has to be mended first."

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the questionnaire."""
        parser.add_argument("code", metavar="CODE")

    def handle(self, *args: Any, **options: Any) -> None:
        """Publish, or list every fault."""
        draft = find_newest(code=options["code"], status=QuestionnaireStatus.DRAFT)
        if draft is None:
            raise CommandError(f"There is no draft of a questionnaire “{options['code']}”.")
        try:
            publish_questionnaire(questionnaire_id=draft.pk)
        except QuestionnaireUnfinishedError as error:
            raise CommandError("\n".join(map(str, error.faults))) from error
        self.stdout.write(f"Published {draft}.")

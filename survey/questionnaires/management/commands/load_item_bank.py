"""Store the shipped item bank."""

from django.core.management.base import BaseCommand

from survey.questionnaires.services import load_item_bank


class Command(BaseCommand):
    help = "Store the shipped items, scales and ready questionnaires; safe to repeat."

    def handle(self, *args: object, **options: object) -> None:
        """Load the bank and say what was new."""
        report = load_item_bank()
        self.stdout.write(
            f"New: {report.n_constructs} constructs, {report.n_items} item wordings, "
            f"{report.n_scales} scales, {report.n_questionnaires} questionnaires."
        )

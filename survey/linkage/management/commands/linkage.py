"""Print what was found on whether inside and outside go together."""

import json
from argparse import ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from survey.campaigns.models import Pairing
from survey.core.periods import period_start
from survey.linkage.cascade_reading import cascade_document
from survey.linkage.cascade_writing import write_cascade
from survey.linkage.selectors import linkage_document
from survey.linkage.writing import write_text
from survey.organization.models import Team

STUDY = linkage_document, write_text
CASCADE = cascade_document, write_cascade


def read_day(text: str) -> date:
    """Read a day such as 2026-03-01."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text} is not a day such as 2026-03-01") from error


class Command(BaseCommand):
    help = "Print the stored study of a pairing: how employees' scales go with customers' scales."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--pairing", required=True, metavar="CODE")
        parser.add_argument("--format", choices=("text", "json"), default="text")
        parser.add_argument("--scope", metavar="TEAM", help="code of an inner team; default: all")
        parser.add_argument(
            "--cascade", action="store_true", help="how service goes from team to team instead"
        )
        parser.add_argument(
            "--period", type=read_day, metavar="DAY", help="a day in it; default: the latest"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        pairing = find_pairing(options["pairing"])
        day = options["period"]
        read, write = CASCADE if options["cascade"] else STUDY
        document = read(
            pairing=pairing,
            scope=find_team(options["scope"]) if options["scope"] else None,
            period_start=period_start(day, pairing.period) if day else None,
        )
        if options["format"] == "json":
            self.stdout.write(json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False))
        else:
            self.stdout.write("\n".join(write(pairing, document)))


def find_pairing(code: str) -> Pairing:
    """Return a pairing by code, or stop with the codes there are."""
    pairing = Pairing.objects.select_related("ex__scope", "cx").filter(code=code).first()
    if pairing is None:
        known = ", ".join(Pairing.objects.order_by("code").values_list("code", flat=True))
        raise CommandError(f"There is no pairing {code}. There is: {known or 'none yet'}.")
    return pairing


def find_team(code: str) -> Team:
    """Return a team by code, or stop."""
    team = Team.objects.filter(code=code).first()
    if team is None:
        raise CommandError(f"There is no team {code}.")
    return team

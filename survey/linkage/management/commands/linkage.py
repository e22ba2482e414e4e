"""Print what was found on whether inside and outside go together."""

import json
from argparse import ArgumentTypeError
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from survey.campaigns.models import Pairing
from survey.core.periods import period_name, period_start
from survey.linkage.selectors import linkage_document
from survey.organization.models import Team


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
            "--period", type=read_day, metavar="DAY", help="a day in it; default: the latest"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        pairing = find_pairing(options["pairing"])
        day = options["period"]
        document = linkage_document(
            pairing=pairing,
            scope=find_team(options["scope"]) if options["scope"] else None,
            period_start=period_start(day, pairing.period) if day else None,
        )
        if options["format"] == "json":
            self.stdout.write(json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False))
        else:
            self.stdout.write("\n".join(write_text(pairing, document)))


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


def write_text(pairing: Pairing, document: dict[str, Any]) -> Iterator[str]:
    """Yield the lines that a person reads."""
    if document["period"] is None:
        yield f"{pairing}: nothing to compare yet. {document['reason']}"
        return
    period = period_name(date.fromisoformat(document["period"]), pairing.period)
    yield f"{pairing}, {period}, {document['scope']}"
    yield (
        "{n_compared} of {n_groups} groups compared; {n_not_shown} not shown, "
        "{n_no_customers} without customers, {n_few_customers} with too few of them"
    ).format(**document["coverage"])
    yield f"{document['family_size']} pairs tested together"
    for pair in document["pairs"]:
        yield ""
        yield from _write_pair(pair)


def _write_pair(pair: dict[str, Any]) -> Iterator[str]:
    yield f"{pair['ex_scale']} x {pair['cx_scale']}: {pair['verdict']['sentence']}"
    yield (
        f"  r {_number(pair['r'])} ({_number(pair['low'])} to {_number(pair['high'])}), "
        f"Spearman {_number(pair['spearman'])}, q {_number(pair['q_value'])}; "
        f"{pair['n_teams']} teams, {pair['n_ex']} employees, {pair['n_cx']} customers"
    )
    yield (
        f"  ceiling {_number(pair['ceiling'])}, corrected {_number(pair['disattenuated'])}, "
        f"without one team {_number(pair['loo_low'])} to {_number(pair['loo_high'])}, "
        f"shows in 80 of 100 cases from {_number(pair['minimum_detectable'])}"
    )
    for caveat in pair["verdict"]["caveats"]:
        yield f"  {caveat}"
    if pair["reason"]:
        yield f"  ({pair['reason']})"


def _number(value: float | None) -> str:
    return "not known" if value is None else f"{value:.3f}"

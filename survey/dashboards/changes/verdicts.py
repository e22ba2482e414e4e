"""Comparisons of staff and customers whose verdict is another than in the period before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from survey.core.periods import period_name
from survey.dashboards.access import Reader
from survey.dashboards.measures import OUT_OF_TEN
from survey.dashboards.trees import TeamTree
from survey.linkage.models import Result, Study
from survey.questionnaires.models import Scale

WORDS = {
    "TOO_FEW_TEAMS": _("too few teams"),
    "NOT_MEASURABLE": _("cannot be measured"),
    "EARLY": _("too few teams to tell"),
    "RULED_OUT": _("no link that matters"),
    "CANNOT_TELL": _("can’t tell"),
    "HANGS_ON_ONE_TEAM": _("hangs on one team"),
    "HIGHER": _("go together"),
    "LOWER": _("go against each other"),
}


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """One pair of scales in one part, with what was said of it before and what is said now."""

    part: str
    ex_name: str
    cx_name: str
    before: str
    now: str
    period: str
    query: str


def read_verdicts(*, reader: Reader, since: datetime, tree: TeamTree) -> list[VerdictChange]:
    """Return the pairs whose verdict changed in the studies made since a moment.

    Each pairing is read in a reader's widest parts, its newest period beside the one before.
    """
    newest = _newest_studies(reader, since, tree)
    earlier = {pk: study for pk, study in ((one.pk, _before(one)) for one in newest) if study}
    results = _read_codes([*newest, *earlier.values()])
    names = {
        code: name.removesuffix(OUT_OF_TEN)
        for code, name in Scale.objects.values_list("code", "name")
    }
    return [
        change
        for study in newest
        if study.pk in earlier
        for change in _compare(study, earlier[study.pk], results, names)
    ]


def _newest_studies(reader: Reader, since: datetime, tree: TeamTree) -> list[Study]:
    new = reader.studies.filter(computed_at__gt=since)
    keys = list(new.values_list("pairing", "scope", "period_start", "pk"))
    scopes = {scope for _, scope, _, _ in keys}
    widest = {one for one in scopes if scopes.isdisjoint(tree.path(one)[:-1])}
    newest: dict[tuple[int, int], tuple[object, int]] = {}
    for pairing, scope, start, pk in sorted(keys, key=lambda key: key[2]):
        if scope in widest:
            newest[pairing, scope] = start, pk
    found = new.filter(pk__in=[pk for _, pk in newest.values()])
    return list(found.order_by("pairing__name", "scope__name", "pk"))


def _before(study: Study) -> Study | None:
    same = Study.objects.filter(pairing=study.pairing_id, scope=study.scope_id)
    return same.filter(period_start__lt=study.period_start).order_by("-period_start").first()


def _read_codes(studies: list[Study]) -> dict[int, dict[tuple[str, str], Mapping[str, str]]]:
    found: dict[int, dict[tuple[str, str], Mapping[str, str]]] = {}
    rows = Result.objects.filter(study__in=studies).order_by("pk")
    for study, ex, cx, verdict in rows.values_list("study", "ex_scale", "cx_scale", "verdict"):
        found.setdefault(study, {})[ex, cx] = verdict
    return found


def _compare(
    study: Study,
    before: Study,
    results: Mapping[int, Mapping[tuple[str, str], Mapping[str, str]]],
    names: Mapping[str, str],
) -> list[VerdictChange]:
    then = results.get(before.pk, {})
    return [
        VerdictChange(
            part=study.scope.name,
            ex_name=names.get(pair[0], pair[0]),
            cx_name=names.get(pair[1], pair[1]),
            before=str(WORDS[then[pair]["code"]]),
            now=str(WORDS[verdict["code"]]),
            period=period_name(study.period_start, study.pairing.period),
            query=f"?pairing={study.pairing.code}&scope={study.scope.code}",
        )
        for pair, verdict in results.get(study.pk, {}).items()
        if pair in then and then[pair]["code"] != verdict["code"]
    ]

"""The filters of a page, read from its address; what is not there to choose is never shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from survey.core.periods import Period, period_before, period_name
from survey.dashboards.filters import INDENT, Filter, UnknownChoiceError, build_filter
from survey.dashboards.trees import TeamTree
from survey.linkage.models import Result, Study


@dataclass(frozen=True, slots=True)
class Chosen:
    """The study and the pair of scales to show, with the filters that lead to the others."""

    study: Study
    previous: Study | None
    result: Result
    filters: tuple[Filter, ...]

    def address(self, **changes: str) -> str:
        """Return the query of this page with some choices changed."""
        now = {
            "pairing": self.study.pairing.code,
            "period": self.study.period_start.isoformat(),
            "scope": self.study.scope.code,
            "staff": self.result.ex_scale,
            "customers": self.result.cx_scale,
        }
        return "?" + urlencode(now | changes)


def choose_study(
    studies: Sequence[Study], *, wanted: Mapping[str, str], tree: TeamTree
) -> tuple[Study, Study | None, tuple[Filter, ...]]:
    """Pick the wanted study of those a reader may see, else the newest of the widest part.

    Also return the study of the period before and the filters. A comparison, part or period that
    none of the studies is about raises UnknownChoiceError, whether it exists or not.
    """
    _refuse_unknown(studies, wanted)
    scope = wanted.get("scope", "")
    by_width = sorted(_newest_first(studies), key=lambda s: len(tree.path(s.scope_id)))
    pairing = _pick(wanted.get("pairing"), [s.pairing.code for s in by_width])
    of_pairing = [study for study in studies if study.pairing.code == pairing]
    widest = sorted(of_pairing, key=lambda s: (len(tree.path(s.scope_id)), s.scope.name))
    code = _pick(scope, [study.scope.code for study in widest])
    of_scope = _newest_first(study for study in of_pairing if study.scope.code == code)
    period = _pick(wanted.get("period"), [s.period_start.isoformat() for s in of_scope])
    by_start = {study.period_start.isoformat(): study for study in of_scope}
    study = by_start[period]
    before = period_before(study.period_start, study.pairing.period).isoformat()
    return study, by_start.get(before), _filters(studies, widest, of_scope, study, tree)


def _refuse_unknown(studies: Sequence[Study], wanted: Mapping[str, str]) -> None:
    there = {
        "pairing": {study.pairing.code for study in studies},
        "scope": {study.scope.code for study in studies},
        "period": {study.period_start.isoformat() for study in studies},
    }
    for name, codes in there.items():
        if wanted.get(name) and wanted[name] not in codes:
            raise UnknownChoiceError(wanted[name])


def choose_result(
    results: Sequence[Result], *, wanted: Mapping[str, str], names: Mapping[str, str]
) -> tuple[Result, tuple[Filter, ...]]:
    """Pick the wanted pair of scales, else the first: never the one that happens to look best."""
    first = results[0]
    by_pair = {(result.ex_scale, result.cx_scale): result for result in results}
    pair = (wanted.get("staff", first.ex_scale), wanted.get("customers", first.cx_scale))
    result = by_pair.get(pair, first)
    return result, (
        _scales("staff", "Staff question", [r.ex_scale for r in results], result.ex_scale, names),
        _scales(
            "customers", "Customer question", [r.cx_scale for r in results], result.cx_scale, names
        ),
    )


def _newest_first(studies: Iterable[Study]) -> list[Study]:
    return sorted(studies, key=lambda study: study.period_start, reverse=True)


def _pick(wanted: str | None, there: Sequence[str]) -> str:
    return wanted if wanted is not None and wanted in there else there[0]


def _filters(
    studies: Sequence[Study],
    widest: Sequence[Study],
    of_scope: Sequence[Study],
    study: Study,
    tree: TeamTree,
) -> tuple[Filter, ...]:
    pairings = {s.pairing.code: s.pairing.name for s in studies}
    depth = min(len(tree.path(s.scope_id)) for s in widest)
    scopes = {
        s.scope.code: INDENT * (len(tree.path(s.scope_id)) - depth) + s.scope.name
        for s in sorted(widest, key=lambda s: [tree.names[t] for t in tree.path(s.scope_id)])
    }
    length = study.pairing.period
    periods = {s.period_start.isoformat(): period_name(s.period_start, length) for s in of_scope}
    filters = [
        build_filter(
            "period", Period(length).label.capitalize(), periods, study.period_start.isoformat()
        ),
        build_filter("scope", "Part of the organisation", scopes, study.scope.code),
    ]
    if len(pairings) > 1:
        filters.insert(0, build_filter("pairing", "Comparison", pairings, study.pairing.code))
    return tuple(filters)


def _scales(
    name: str, label: str, codes: Sequence[str], chosen: str, names: Mapping[str, str]
) -> Filter:
    return build_filter(name, label, {code: names.get(code, code) for code in codes}, chosen)

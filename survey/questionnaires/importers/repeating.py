"""Earlier answers repeated in later texts, where there are such answers."""

import re
from collections.abc import Mapping

from survey.questionnaires.documents import DocumentItem
from survey.questionnaires.importers.conditions import Names
from survey.questionnaires.importers.reports import Report
from survey.questionnaires.importers.telling import tell as _
from survey.questionnaires.importers.wording import MARK
from survey.questionnaires.models import ItemKind
from survey.questionnaires.piping import FACTS, NOT_KNOWN, PLACEHOLDER
from survey.questionnaires.reading import LONGEST_WORDING


def resolve_repeats(
    texts: Mapping[str, str],
    names: Names,
    before: Mapping[str, DocumentItem],
    where: str,
    report: Report,
) -> dict[str, str]:
    """Return texts in which marks are placeholders of ours; what cannot be repeated is “…”."""
    lost: dict[str, dict[str, None]] = {}

    def tell(name: str, reason: str) -> str:
        lost.setdefault(reason, {})[name] = None
        return NOT_KNOWN

    def of_mark(found: re.Match[str]) -> str:
        target = names.get(found[1])
        if target is None or target.choice is not None:
            return tell(found[1], _("is no answer that can be repeated"))
        return f"{{{{item:{target.item.code}}}}}"

    def of_placeholder(found: re.Match[str]) -> str:
        source, name = found.groups()
        if source == "fact":
            return found[0] if name in FACTS else tell(name, _("is not known here"))
        item = before.get(name)
        if item is None or item.kind == ItemKind.NOTE:
            return tell(name, _("is not answered before it is repeated"))
        return found[0]

    filled = {
        tag: PLACEHOLDER.sub(of_placeholder, MARK.sub(of_mark, text)) for tag, text in texts.items()
    }
    for reason, what in lost.items():
        told = _("the repeated answer “%(name)s”") % {"name": "”, “".join(what)}
        report.add(where, told, reason)
    return {tag: _within_limit(text) for tag, text in filled.items()}


def _within_limit(text: str) -> str:
    """Say “…” for what is repeated where the names of the answers make a text too long."""
    is_short = len(text) <= LONGEST_WORDING
    return text if is_short else PLACEHOLDER.sub(NOT_KNOWN, text)[:LONGEST_WORDING]

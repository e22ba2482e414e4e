"""A text that an XLSForm asks beside one answer: its own words, here."""

import re
from dataclasses import replace

from survey.questionnaires.importers.conditions import Target
from survey.questionnaires.importers.drafts import DraftItem
from survey.questionnaires.importers.telling import tell as _
from survey.questionnaires.importers.xlsform_form import Form
from survey.questionnaires.importers.xlsform_sheets import Line
from survey.questionnaires.models import ItemKind

BESIDE = re.compile(
    r"(?:selected\(\s*\$\{(\S+)\}\s*,\s*|\$\{(\S+)\}\s*=\s*)['\"]([^'\"]*)['\"]\s*\)?"
)
WITH_OTHER = (ItemKind.CHOICE, ItemKind.MULTIPLE)


def take_own_words(line: Line, before: DraftItem | None, form: Form) -> bool:
    """Let the item before take a text as own words beside one answer; say whether it did."""
    said = BESIDE.fullmatch(line.cells.get("relevant", "").strip())
    name = line.cells.get("name", "").strip()
    if said is None or before is None or line.cells["type"].strip() != "text":
        return False
    source = said[1] or said[2]
    target = form.names.get(source)
    if target is None or target.item is not before.item or name != f"{source}_other":
        return False
    value = target.values.get(said[3])
    has_other = any(option.is_other for option in before.item.options)
    if value is None or has_other or before.item.kind not in WITH_OTHER:
        return False
    _take(before, source, replace(target, choice=value), line, form)
    return True


def _take(before: DraftItem, source: str, target: Target, line: Line, form: Form) -> None:
    options = tuple(
        replace(each, is_other=True) if each.value == target.choice else each
        for each in before.item.options
    )
    before.item = replace(before.item, options=options)
    form.names[source] = Target(before.item, target.values)
    where = form.where(line)
    words = form.say(line, "label", where)
    if words != next(dict(each.texts) for each in options if each.is_other):
        reason = _("own words are written beside the answer, without a question of their own")
        form.report.add(where, " / ".join(words.values()), reason)
    form.tell_rest(line, where)

"""Bounds, answers that stand alone and messages of their own, as an XLSForm says them."""

from collections.abc import Mapping
from dataclasses import replace

from survey.questionnaires.documents import DocumentItem
from survey.questionnaires.importers.telling import tell as _
from survey.questionnaires.importers.xlsform_form import Form
from survey.questionnaires.importers.xlsform_sheets import Line
from survey.questionnaires.importers.xlsform_source import read_constraint
from survey.questionnaires.models import ItemKind

REFUSALS: dict[str, tuple[str, ...]] = {
    ItemKind.NUMBER: ("out_of_range",),
    ItemKind.DATE: ("out_of_range",),
    ItemKind.MULTIPLE: ("too_few", "too_many"),
}


def constrain(
    item: DocumentItem, line: Line, values: Mapping[str, int], where: str, form: Form
) -> DocumentItem:
    """Return an item with what its line says of answers that are refused."""
    said, settings = line.cells.get("constraint", "").strip(), dict(item.settings)
    alone: set[int | None] = set()
    if said:
        found = read_constraint(said, item.kind)
        alone = {values.get(code) for code in found.exclusive}
        if found.lost or (alone and item.kind != ItemKind.MULTIPLE):
            what = _("the constraint “%(said)s”") % {"said": said}
            form.report.add(where, what, found.lost or _("only one answer can be chosen anyway"))
        settings |= found.settings
    messages = _messages(item, line, where, form)
    if messages:
        settings["messages"] = messages
    is_several = item.kind == ItemKind.MULTIPLE
    options = tuple(
        replace(each, is_exclusive=True) if is_several and each.value in alone else each
        for each in item.options
    )
    return replace(item, settings=settings, options=options)


def _messages(item: DocumentItem, line: Line, where: str, form: Form) -> dict[str, dict[str, str]]:
    messages = {}
    missing = form.say(line, "required_message", where)
    if missing:
        messages["missing"] = missing
    refused = form.say(line, "constraint_message", where)
    for error in REFUSALS.get(item.kind, ()) if refused else ():
        messages[error] = refused
    if refused and item.kind not in REFUSALS:
        reason = _("these settings have no counterpart here")
        form.report.add(where, "constraint_message", reason)
    return messages

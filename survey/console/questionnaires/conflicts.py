"""Two who fill in the same form: what is stored now, beside what was typed."""

from collections.abc import Iterable

from django.forms import BaseForm, BoundField
from django.utils.translation import gettext as _


def list_stored(stored: Iterable[BaseForm], typed: Iterable[BaseForm]) -> list[tuple[str, str]]:
    """Return the label and the stored value of each field that is filled in otherwise."""
    sent = {form.add_prefix(name): say_value(form[name]) for form in typed for name in form.fields}
    return [
        (str(form[name].label), say_value(form[name]) or "–")
        for form in stored
        for name in form.fields
        if sent.get(form.add_prefix(name), "") != say_value(form[name]) and not form[name].is_hidden
    ]


def say_value(field: BoundField) -> str:
    """Return what a field holds as somebody would read it."""
    value = field.value()
    if isinstance(value, bool):
        return _("yes") if value else ""
    if value is None or value == "":  # what an empty choice is called says nothing
        return ""
    names = {str(code): str(name) for code, name in getattr(field.field, "choices", ())}
    values = value if isinstance(value, list) else [value]
    said = (f"{one:.15g}" if isinstance(one, float) else str(one).strip() for one in values)
    return ", ".join(names.get(one, one) for one in said)

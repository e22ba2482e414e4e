"""What can be said of a promise: kept, moved, worded anew, taken back, refused, not kept."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import forms

from survey.accounts.models import User
from survey.dashboards.promises.forms import DayForm, KeptForm, WhyForm, WordsForm
from survey.followup.models import Commitment, CommitmentState
from survey.followup.promising import (
    change_commitment,
    find_promiser,
    keep_commitment,
    refuse_commitment,
    reopen_commitment,
    withdraw_commitment,
)

KEEP, MOVE, REWORD, WITHDRAW, REFUSE, REOPEN = (
    "keep", "move", "reword", "withdraw", "refuse", "reopen",
)  # fmt: skip
OFFERED: Mapping[str, tuple[str, ...]] = {
    CommitmentState.PROMISED: (KEEP, MOVE, REWORD, WITHDRAW, REFUSE),
    CommitmentState.KEPT: (REOPEN,),
}
WORDS = ("heard", "what", "who_name", "is_shown_outside")
Forms = dict[str, forms.Form]


def build_forms(
    commitment: Commitment, *, done: str, data: Mapping[str, Any] | None, today: date
) -> Forms:
    """Return the forms that a promise takes as it stands, by what they say; one was sent in."""
    return {
        name: _build(name, commitment, data if name == done else None, today)
        for name in OFFERED.get(commitment.state, ())
    }


def keep_typed(forms: Forms, data: Mapping[str, str], *, done: str) -> tuple[str, ...]:
    """Let the forms that were not sent in show what was typed there; return which of them do."""
    others = {name: form for name, form in forms.items() if name != done}
    return tuple(name for name, form in others.items() if _keep(form, data))


def apply_form(
    name: str, form: forms.Form, *, commitment: Commitment, by: User, now: datetime
) -> None:
    """Do what a valid form says."""
    data, key = form.cleaned_data, commitment.key
    said: dict[str, Any] = {"key": key, "by": by, "now": now}
    if name == KEEP:
        keep_commitment(kept_date=data["kept_date"], note=data["note"], **said)
    elif name == MOVE:
        change_commitment(changes={"due_date": data["due_date"]}, why=data["why"], **said)
    elif name == REWORD:
        changes = {field: data[field] for field in WORDS}
        if data["who_name"] != commitment.who_name:
            changes["who"] = find_promiser(name=data["who_name"], otherwise=by)
        change_commitment(changes=changes, why="", **said)
    else:
        ends = {WITHDRAW: withdraw_commitment, REFUSE: refuse_commitment, REOPEN: reopen_commitment}
        ends[name](why=data["why"], **said)


def _keep(form: forms.Form, data: Mapping[str, str]) -> bool:
    """Fill in what was typed into a form; say whether that changes it."""
    if not any(key.startswith(f"{form.prefix}-") for key in data):
        return False
    changed = False
    for name, field in form.fields.items():
        typed = field.widget.value_from_datadict(data, {}, form.add_prefix(name))
        changed = changed or field.has_changed(form.get_initial_for_field(field, name), typed)
        form.initial[name] = typed
    return changed


def _build(
    name: str, commitment: Commitment, data: Mapping[str, Any] | None, today: date
) -> forms.Form:
    if name == KEEP:
        initial: dict[str, Any] = {"kept_date": today}
        return KeptForm(data, prefix=name, initial=initial, made=commitment.made_date, today=today)
    if name == MOVE:
        initial = {"due_date": commitment.due_date}
        return DayForm(data, prefix=name, initial=initial, today=today)
    if name == REWORD:
        initial = {field: getattr(commitment, field) for field in WORDS}
        return WordsForm(data, prefix=name, initial=initial)
    return WhyForm(data, prefix=name)

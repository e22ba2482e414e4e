"""The answers of an item as rows of fields, which grow, shrink and move without JavaScript."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from survey.questionnaires.documents import DocumentItem, DocumentOption
from survey.questionnaires.languages import describe_language
from survey.questionnaires.models import ItemKind

FLAGS = {
    "is_other": gettext_lazy("Own words beside it"),
    "is_exclusive": gettext_lazy("Not together with others"),
    "is_fixed": gettext_lazy("Keeps its place"),
}
OF_KIND: dict[str, tuple[str, ...]] = {
    ItemKind.CHOICE: ("is_other", "is_fixed"),
    ItemKind.MULTIPLE: ("is_other", "is_exclusive", "is_fixed"),
    ItemKind.RANKING: ("is_fixed",),
    ItemKind.RATING: (),
}
ENDS = (0, 10)  # of a rating, which alone have words
MOST = 60

Values = dict[str, Any]


class OptionForm(forms.Form):
    """One answer that may be chosen."""

    value = forms.IntegerField(widget=forms.HiddenInput, min_value=-999, max_value=32767)

    def __init__(self, *args: Any, languages: Sequence[str], kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages, self.kind = tuple(languages), kind
        for tag in self.languages:
            self._add_text(tag)
        if kind == ItemKind.CHOICE:
            self.fields["score"] = forms.FloatField(
                label=_("Counts as"), required=False, min_value=-999, max_value=999
            )
        for flag in OF_KIND.get(kind, ()):
            self.fields[flag] = forms.BooleanField(label=FLAGS[flag], required=False)

    @property
    def texts(self) -> list[forms.BoundField]:
        """Return the fields of its wording."""
        return [self[f"text_{tag}"] for tag in self.languages]

    @property
    def flags(self) -> list[forms.BoundField]:
        """Return the fields to tick."""
        return [self[flag] for flag in OF_KIND.get(self.kind, ())]

    @property
    def option(self) -> DocumentOption:
        """Return what was filled in."""
        filled = self.cleaned_data
        said = {tag: filled[f"text_{tag}"].strip() for tag in self.languages}
        is_end = self.kind == ItemKind.RATING
        return DocumentOption(
            value=filled["value"],
            texts={tag: text for tag, text in said.items() if text},
            score=float(filled["value"]) if is_end else _whole(filled.get("score")),
            **{flag: filled[flag] for flag in OF_KIND.get(self.kind, ())},
        )

    def _add_text(self, tag: str) -> None:
        language = describe_language(tag)
        label = _("What it means") if self.kind == ItemKind.RATING else _("Answer")
        self.fields[f"text_{tag}"] = forms.CharField(
            label=_("%(label)s, %(language)s") % {"label": label, "language": language.name},
            max_length=500,
            required=False,
            widget=forms.TextInput(attrs={"lang": tag, "dir": language.direction}),
        )


class Options:
    """All rows of an item, as stored or as they were sent in."""

    def __init__(
        self, rows: Iterable[Values], *, languages: Sequence[str], kind: str, is_bound: bool
    ) -> None:
        self.languages, self.kind, self.is_bound = tuple(languages), kind, is_bound
        self.rows = [dict(row) for row in rows]
        self.forms = [self._form(number, row) for number, row in enumerate(self.rows)]

    @property
    def may_change(self) -> bool:
        """Say whether there may be more or fewer rows: a rating has its two ends."""
        return self.kind in OF_KIND and self.kind != ItemKind.RATING

    @property
    def n_rows(self) -> int:
        """Return how many rows there are."""
        return len(self.forms)

    def is_valid(self) -> bool:
        """Say whether every row can be read."""
        return all(form.is_valid() for form in self.forms)

    @property
    def read(self) -> tuple[DocumentOption, ...]:
        """Return the answers that were filled in; rows without any words are left out."""
        options = [form.option for form in self.forms]
        return tuple(option for option in options if option.texts)

    def after(self, action: str) -> "Options":
        """Return the rows after a button: add, or remove, up and down with the number of a row."""
        rows = list(self.rows)
        name, _sign, place = action.partition("-")
        at = int(place) if place.isdecimal() and int(place) < len(rows) else -1
        if name == "add" and len(rows) < MOST:
            rows.append(empty_row(rows))
        elif name == "remove" and at >= 0:
            del rows[at]
        elif name == "up" and at > 0:
            rows.insert(at - 1, rows.pop(at))
        elif name == "down" and 0 <= at < len(rows) - 1:
            rows.insert(at + 1, rows.pop(at))
        return Options(rows, languages=self.languages, kind=self.kind, is_bound=False)

    def _form(self, number: int, row: Values) -> OptionForm:
        prefix = f"option-{number}"
        sent = {f"{prefix}-{name}": value for name, value in row.items()} if self.is_bound else None
        return OptionForm(
            sent, prefix=prefix, initial=row, languages=self.languages, kind=self.kind
        )


def stored_options(item: DocumentItem, languages: Sequence[str]) -> Options:
    """Return the rows of a stored item; there are always two to begin with."""
    rows = [_row(option) for option in item.options]
    if item.kind == ItemKind.RATING:
        known = {row["value"]: row for row in rows}
        rows = [known.get(end, {"value": end}) for end in ENDS]
    while len(rows) < 2 and item.kind in OF_KIND:
        rows.append(empty_row(rows))
    return Options(rows, languages=languages, kind=item.kind, is_bound=False)


def sent_options(data: Mapping[str, Any], *, languages: Sequence[str], kind: str) -> Options:
    """Return the rows of a form that was sent in."""
    if kind not in OF_KIND:
        return Options([], languages=languages, kind=kind, is_bound=True)
    names = ("value", "score", *FLAGS, *(f"text_{tag}" for tag in languages))
    rows: list[Values] = []
    while f"option-{len(rows)}-value" in data and len(rows) < MOST:
        sent = ((name, data.get(f"option-{len(rows)}-{name}")) for name in names)
        rows.append({name: value for name, value in sent if value is not None})
    if kind == ItemKind.RATING and [row["value"] for row in rows] != [str(end) for end in ENDS]:
        rows = [{"value": str(end)} for end in ENDS]
    while len(rows) < 2:
        rows.append(empty_row(rows))
    return Options(rows, languages=languages, kind=kind, is_bound=True)


def empty_row(rows: Iterable[Values]) -> Values:
    """Return a row with the next free number."""
    taken = [int(row["value"]) for row in rows if str(row["value"]).lstrip("-").isdecimal()]
    return {"value": str(max(taken, default=0) + 1)}


def _row(option: DocumentOption) -> Values:
    texts = {f"text_{tag}": text for tag, text in option.texts.items()}
    flags = {flag: getattr(option, flag) for flag in FLAGS}
    return {"value": option.value, "score": option.score, **texts, **flags}


def _whole(score: float | None) -> float | None:
    return int(score) if score is not None and score.is_integer() else score

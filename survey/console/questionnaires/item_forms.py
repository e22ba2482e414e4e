"""One question as a form: its wording in every language, its kind, and what the kind needs."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from survey.console.forms import set_choices
from survey.console.questionnaires.words import KINDS
from survey.questionnaires.documents import DocumentItem
from survey.questionnaires.languages import Language, describe_language
from survey.questionnaires.models import ItemKind
from survey.questionnaires.reading import LONGEST_WORDING

SHUFFLED = (ItemKind.CHOICE, ItemKind.MULTIPLE, ItemKind.RANKING)
MESSAGES = {
    "missing": gettext_lazy("When there is no answer"),
    "out_of_range": gettext_lazy("When it is outside of the bounds"),
    "not_a_number": gettext_lazy("When it is no number"),
    "too_few": gettext_lazy("When too few are chosen"),
    "too_many": gettext_lazy("When too many are chosen"),
    "incomplete": gettext_lazy("When an answer has no place"),
    "too_long": gettext_lazy("When it is too long"),
}
MESSAGES_OF: dict[str, tuple[str, ...]] = {
    ItemKind.NUMBER: ("missing", "not_a_number", "out_of_range"),
    ItemKind.DATE: ("missing", "out_of_range"),
    ItemKind.MULTIPLE: ("missing", "too_few", "too_many"),
    ItemKind.RANKING: ("missing", "incomplete"),
    ItemKind.TEXT: ("missing", "too_long"),
    ItemKind.LINE: ("missing", "too_long"),
    ItemKind.NOTE: (),
}
NUMBERS = {
    "decimals": gettext_lazy("Digits after the point"),
    "min_choices": gettext_lazy("Choose at least"),
    "max_choices": gettext_lazy("Choose at most"),
}


class ItemForm(forms.Form):
    """Everything about one question but its options and its condition."""

    kind = forms.ChoiceField(label=gettext_lazy("How it is answered"))
    section = forms.ChoiceField(label=gettext_lazy("In the section"), required=False)
    is_required = forms.BooleanField(
        label=gettext_lazy("It must be answered where it is shown"), required=False
    )
    allows_cant_say = forms.BooleanField(label=gettext_lazy("Offers “I can’t say”"), required=False)
    asks_for_playback = forms.BooleanField(
        label=gettext_lazy("Asks whether the words may be played back"), required=False
    )
    is_fixed = forms.BooleanField(
        label=gettext_lazy("Keeps its place where questions are in a random order"), required=False
    )

    def __init__(
        self,
        *args: Any,
        kind: str,
        languages: Sequence[str],
        sections: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.shown_kind, self.languages = kind, tuple(map(describe_language, languages))
        set_choices(self, "kind", list(KINDS.items()))
        set_choices(self, "section", list(sections))
        for at, language in enumerate(self.languages):
            self._add_wording(language, is_needed=at == 0)
        self._add_settings()
        for field in self._needless():
            del self.fields[field]

    @property
    def wordings(self) -> list[tuple[Language, forms.BoundField, forms.BoundField]]:
        """Return by language the fields of the question and its hint."""
        return [(one, self[f"text_{one.code}"], self[f"hint_{one.code}"]) for one in self.languages]

    @property
    def setting_fields(self) -> list[forms.BoundField]:
        """Return the fields that this kind needs, but those to tick."""
        return [self[name] for name in ("minimum", "maximum", *NUMBERS) if name in self.fields]

    @property
    def tick_fields(self) -> list[forms.BoundField]:
        """Return the fields to tick."""
        return [field for field in self if isinstance(field.field, forms.BooleanField)]

    @property
    def message_fields(self) -> list[forms.BoundField]:
        """Return the fields of the question's own messages."""
        return [field for field in self if field.name.startswith("message_")]

    def clean(self) -> dict[str, Any]:
        """Keep the lower bound below the upper one."""
        cleaned: dict[str, Any] = super().clean() or {}
        for low, high in (("minimum", "maximum"), ("min_choices", "max_choices")):
            least, most = cleaned.get(low), cleaned.get(high)
            if least is not None and most is not None and least > most:
                self.add_error(high, _("Nothing lies between these two bounds."))
        return cleaned

    @property
    def texts(self) -> dict[str, str]:
        """Return the question by language."""
        return self._by_language("text")

    @property
    def hints(self) -> dict[str, str]:
        """Return the hint by language."""
        return self._by_language("hint")

    @property
    def settings(self) -> dict[str, Any]:
        """Return the settings, without what is as it usually is."""
        found = {}
        for name in ("minimum", "maximum", *NUMBERS, "shuffles_options", "is_fixed"):
            value = self.cleaned_data.get(name)
            if value is not None and value is not False and (name, value) != ("decimals", 0):
                found[name] = _plain(value)
        messages = dict(self._messages())
        return found | ({"messages": messages} if messages else {})

    def _messages(self) -> Iterator[tuple[str, dict[str, str]]]:
        for code in MESSAGES:
            texts = self._by_language(f"message_{code}")
            if texts:
                yield code, texts

    def _by_language(self, name: str) -> dict[str, str]:
        filled = self.cleaned_data
        said = {one.code: filled.get(f"{name}_{one.code}", "").strip() for one in self.languages}
        return {tag: text for tag, text in said.items() if text}

    def _add_wording(self, language: Language, *, is_needed: bool) -> None:
        tag, names = language.code, {"language": language.name}
        attributes = {"lang": tag, "dir": language.direction}
        self.fields[f"text_{tag}"] = forms.CharField(
            label=_("The question, %(language)s") % names,
            max_length=LONGEST_WORDING,
            required=is_needed,
            widget=forms.Textarea(attrs={"rows": 2, **attributes}),
        )
        self.fields[f"hint_{tag}"] = forms.CharField(
            label=_("A hint below it, %(language)s") % names,
            max_length=500,
            required=False,
            widget=forms.TextInput(attrs=attributes),
        )
        for code in MESSAGES_OF.get(self.shown_kind, ("missing",)):
            label = _("%(when)s, %(language)s") % {"when": MESSAGES[code], **names}
            widget = forms.TextInput(attrs=attributes)
            self.fields[f"message_{code}_{tag}"] = forms.CharField(
                label=label, max_length=200, required=False, widget=widget
            )

    def _add_settings(self) -> None:
        if self.shown_kind in (ItemKind.NUMBER, ItemKind.DATE):
            self.fields["minimum"] = _bound(self.shown_kind, _("The least that can be answered"))
            self.fields["maximum"] = _bound(self.shown_kind, _("The most that can be answered"))
        names = {
            ItemKind.NUMBER.value: ("decimals",),
            ItemKind.MULTIPLE.value: ("min_choices", "max_choices"),
        }.get(self.shown_kind, ())
        for name in names:
            self.fields[name] = forms.IntegerField(
                label=NUMBERS[name], min_value=0, max_value=6 if name == "decimals" else 60,
                required=False,
            )  # fmt: skip
        if self.shown_kind in SHUFFLED:
            self.fields["shuffles_options"] = forms.BooleanField(
                label=_("Offer the answers in a random order"), required=False
            )

    def _needless(self) -> Iterator[str]:
        if self.shown_kind != ItemKind.TEXT:
            yield "asks_for_playback"
        if self.shown_kind in (ItemKind.TEXT, ItemKind.LINE, ItemKind.NOTE):
            yield "allows_cant_say"
        if self.shown_kind == ItemKind.NOTE:
            yield "is_required"


def initial_of(item: DocumentItem, section: str) -> dict[str, Any]:
    """Return a stored question as its form shows it."""
    initial: dict[str, Any] = {
        "kind": item.kind,
        "section": section,
        "is_required": item.is_required,
        "allows_cant_say": item.allows_cant_say,
        "asks_for_playback": item.asks_for_playback,
        **{name: value for name, value in item.settings.items() if name != "messages"},
    }
    for name, texts in (("text", item.texts), ("hint", item.hints)):
        initial |= {f"{name}_{tag}": text for tag, text in texts.items()}
    messages: Mapping[str, Mapping[str, str]] = item.settings.get("messages", {})
    for code, texts in messages.items():
        initial |= {f"message_{code}_{tag}": text for tag, text in texts.items()}
    return initial


def _bound(kind: str, label: str) -> forms.Field:
    if kind == ItemKind.DATE:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        return forms.DateField(label=label, required=False, widget=widget)
    return forms.FloatField(label=label, required=False, min_value=-1e9, max_value=1e9)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return int(value) if isinstance(value, float) and value.is_integer() else value

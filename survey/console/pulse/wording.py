"""What people are written: the form of the third step, in one language or several."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from survey.console.flows import LetterWords, Translated
from survey.console.forms import LetterFields, set_choices
from survey.letters.models import Letter
from survey.letters.phrases import LANGUAGES
from survey.questionnaires.languages import describe_language

TRANSLATED = ("subject", "body", "signer_role")
REMINDERS = {1: gettext_lazy("First reminder"), 2: gettext_lazy("Last reminder")}


@dataclass(frozen=True, slots=True)
class Group:
    """Some fields that belong together: a translation, or a reminder."""

    title: str
    fields: tuple[forms.BoundField, ...]


class MessageForm(LetterFields):
    """The letter, its translations, and the words of the reminders."""

    has_first_item = forms.BooleanField(
        label=gettext_lazy("Put the first question into the letter"), required=False
    )
    language = forms.ChoiceField(label=gettext_lazy("It is written in"))

    def __init__(
        self, *args: Any, languages: Sequence[str], reminders: Sequence[int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.languages, self.reminders = tuple(languages), tuple(reminders)
        own = self.initial.get("language") or LANGUAGES[0]
        codes = dict.fromkeys((*LANGUAGES, own))
        set_choices(self, "language", [(code, language_name(code)) for code in codes])
        for code in languages:
            self._add(f"subject_{code}", _("Subject"), 150)
            self._add(f"body_{code}", _("Your words"), 4000, rows=6)
            self._add(f"signer_role_{code}", _("Who is"), 150)
        for number in reminders:
            self._add(f"subject_reminder_{number}", _("Subject"), 150)
            self._add(f"body_reminder_{number}", _("Your words"), 4000, rows=4)

    def clean(self) -> dict[str, Any]:
        """Want a subject and words for each translation that was begun, and for each reminder."""
        cleaned: dict[str, Any] = super().clean() or {}
        parts = [*self.languages, *(f"reminder_{number}" for number in self.reminders)]
        for part in parts:
            subject, body = f"subject_{part}", f"body_{part}"
            if cleaned.get(body) and not cleaned.get(subject) and subject not in self.errors:
                self.add_error(subject, _("Give it a subject too."))
            if cleaned.get(subject) and not cleaned.get(body) and body not in self.errors:
                self.add_error(body, _("Give it words too."))
        if cleaned.get("language") in self.languages and cleaned[f"subject_{cleaned['language']}"]:
            self.add_error("language", _("There is a translation into this language below."))
        return cleaned

    def words(self) -> LetterWords:
        """Return the letter that a valid form holds."""
        data = self.cleaned_data
        translations = tuple(
            Translated(code, *(data[f"{name}_{code}"] for name in TRANSLATED))
            for code in self.languages
            if data[f"subject_{code}"]
        )
        return LetterWords(
            subject=data["subject"],
            body=data["body"],
            signer_name=data["signer_name"],
            signer_role=data["signer_role"],
            reply_to=data["reply_to"],
            language=data["language"],
            has_first_item=data["has_first_item"],
            translations=translations,
        )

    def reminder_words(self, number: int) -> tuple[str, str]:
        """Return the subject and the words of a reminder, empty where there is none."""
        data = self.cleaned_data
        return (data[f"subject_reminder_{number}"], data[f"body_reminder_{number}"])

    def letter_fields(self) -> list[forms.BoundField]:
        """Return the fields of the letter itself."""
        names = ("subject", "body", "has_first_item", "signer_name", "signer_role", "reply_to")
        return [self[name] for name in (*names, "language")]

    def translation_groups(self) -> Iterator[Group]:
        """Return the fields of each translation."""
        for code in self.languages:
            yield self._group(language_name(code), [f"{name}_{code}" for name in TRANSLATED])

    def reminder_groups(self) -> Iterator[Group]:
        """Return the fields of each reminder."""
        for number in self.reminders:
            names = [f"{name}_reminder_{number}" for name in ("subject", "body")]
            yield self._group(str(REMINDERS[number]), names)

    def _group(self, title: str, names: list[str]) -> Group:
        return Group(title, tuple(self[name] for name in names))

    def _add(self, name: str, label: str, length: int, *, rows: int = 0) -> None:
        widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
        self.fields[name] = forms.CharField(
            label=label, max_length=length, required=False, widget=widget
        )


def language_name(code: str) -> str:
    """Return what a language is called in itself."""
    return describe_language(code).name


def letter_initial(letter: Letter | None) -> dict[str, Any]:
    """Return what the form starts from, for a stored letter."""
    if letter is None:
        return {}
    names = ("subject", "body", "signer_name", "signer_role", "reply_to", "language")
    initial: dict[str, Any] = {name: getattr(letter, name) for name in names}
    initial["has_first_item"] = letter.has_first_item
    for row in letter.translations.all():
        initial |= {f"{name}_{row.language}": getattr(row, name) for name in TRANSLATED}
    return initial


def shown_languages(initial: Mapping[str, Any], *, added: str = "") -> list[str]:
    """Return the languages of a form's translations, with one that is being added."""
    own = initial.get("language", "en")
    kept = [code for code in LANGUAGES if initial.get(f"subject_{code}") or code == added]
    return [code for code in kept if code != own]

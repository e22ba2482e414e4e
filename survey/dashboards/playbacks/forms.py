"""What is filled in to write back: words, translations, promises, and who signs."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from survey.accounts.models import User
from survey.dashboards.promises.forms import PASSED, day_field, words_field
from survey.followup.commitments import Promise
from survey.followup.stories import ToldStory
from survey.letters.voice import Place, lint_letter
from survey.questionnaires.languages import Language, describe_language

FIELDS = {
    Place.SUBJECT: "title",
    Place.BODY: "body",
    Place.SIGNER: "signer_name",
    Place.REPLY_TO: "reply_to",
}
LONGEST_LABEL = 80


class SpokenForm(forms.Form):
    """A heading and words, in the voice of whoever signs them.

    The page says what stood in it, so that one left open for long takes back nothing newer.
    """

    use_required_attribute = False  # what is left alone may stay empty

    title = forms.CharField(label=_("Heading, and the subject of the letter"), max_length=150)
    body = words_field(
        _("Your words"),
        most=4000,
        rows=8,
        help_text=_("A few sentences, as you would say them. They open the page and the letter."),
    )
    signer_role = forms.CharField(
        label=_("Who is"),
        max_length=150,
        required=False,
        help_text=_("As in: who leads the region. May be empty."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.show_hidden_initial = True


class WordsForm(SpokenForm):
    """What somebody says and signs; words of marketers are refused, as in every letter."""

    signer_name = forms.CharField(label=_("Signed by"), max_length=100)
    reply_to = forms.EmailField(
        label=_("Answers go to"), help_text=_("An address that this person reads.")
    )
    language = forms.ChoiceField(label=_("It is written in"))

    field_order = ("title", "body", "signer_name", "signer_role", "reply_to", "language")

    def __init__(self, *args: Any, languages: Iterable[Language], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "language", [(one.code, one.name) for one in languages])

    def clean(self) -> dict[str, Any]:
        """Say beside its field what no person would write to another."""
        cleaned: dict[str, Any] = super().clean() or {}
        _lint(self, {name: cleaned.get(name, "") for name in (*FIELDS.values(), "language")})
        return cleaned


class TranslationForm(SpokenForm):
    """The same words in another language; left empty, there is none."""

    def __init__(
        self, *args: Any, language: str, written_in: str, signer: dict[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.language, self.written_in, self.signer = language, written_in, signer
        self.translates_to = describe_language(language)
        for name in ("title", "body"):
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        """Ask for both or neither, and for a person's voice."""
        cleaned: dict[str, Any] = super().clean() or {}
        if bool(cleaned.get("title")) != bool(cleaned.get("body")):
            missing = "body" if cleaned.get("title") else "title"
            self.add_error(missing, gettext("Write both, the heading and the words, or neither."))
        elif cleaned.get("title") and self.language == self.written_in:
            self.add_error("title", gettext("Your own words are in this language already."))
        elif cleaned.get("title"):
            words = {name: cleaned.get(name, "") for name in ("title", "body")}
            _lint(self, words | self.signer | {"language": self.language})
        return cleaned


class AddingForm(forms.Form):
    """Something to add, or to leave empty."""

    use_required_attribute = False


class PartForm(AddingForm):
    """Something that was promised or told already."""

    prefix = "part"

    promise = forms.ChoiceField(label=_("A promise"), required=False)
    story = forms.ChoiceField(label=_("A story that it answers"), required=False)

    def __init__(
        self, *args: Any, promises: Iterable[Promise], stories: Iterable[ToldStory], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "promise", [(str(one.key), _cut(one.what)) for one in promises], _("none"))
        _offer(self, "story", _stories(stories), _("none"))

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two at least."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not (self.errors or cleaned.get("promise") or cleaned.get("story")):
            self.add_error("promise", gettext("Choose a promise, a story, or both."))
        return cleaned


class AnswerForm(AddingForm):
    """A promise, or a no, that answers what was heard."""

    story = forms.ChoiceField(label=_("In answer to a story"), required=False)
    heard = words_field(_("Or to this, in your own words"), most=500, required=False)
    what = words_field(_("What"), most=500)
    who_name = forms.CharField(label=_("Who promises"), max_length=200, show_hidden_initial=True)

    def __init__(self, *args: Any, stories: Iterable[ToldStory], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "story", _stories(stories), _("none"))


class WillForm(AnswerForm):
    """We will, by a day."""

    prefix = "will"

    due_date = day_field(_("By when"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_due_date(self) -> date:
        """Take a day that has not passed."""
        day: date = self.cleaned_data["due_date"]
        if day < self.today:
            raise forms.ValidationError(str(PASSED))
        return day


class WontForm(AnswerForm):
    """We won't, and why."""

    prefix = "wont"

    because = words_field(_("Why not"), most=1000, rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].label = _("What we won’t do")
        self.fields["who_name"].label = _("Who says so")


class HandOverForm(forms.Form):
    """To somebody else who writes back."""

    prefix = "hand"

    owner = forms.TypedChoiceField(label=_("Who writes and signs it"), coerce=int)

    def __init__(self, *args: Any, signers: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "owner", [(one.pk, one.name) for one in signers])


def _offer(form: forms.Form, name: str, choices: list[Any], nothing: Any = "") -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the types only
    field.choices = [("", nothing), *choices] if nothing else choices


def _stories(stories: Iterable[ToldStory]) -> list[tuple[str, str]]:
    return [(str(one.id), _cut(one.text)) for one in stories]


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_LABEL else f"{line[: LONGEST_LABEL - 1]}…"


def _lint(form: forms.Form, words: dict[str, str]) -> None:
    findings = lint_letter(
        subject=words["title"],
        body=words["body"],
        signer_name=words["signer_name"],
        reply_to=words["reply_to"],
        language=words["language"],
    )
    for finding in findings:
        field = FIELDS[finding.place]
        if finding.is_blocking and field in form.fields and field not in form.errors:
            form.add_error(field, f"“{finding.quote}”. {finding.why}")

"""What is filled in about a questionnaire as a whole."""

from collections.abc import Collection, Iterable
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from survey.console.forms import set_choices
from survey.console.questionnaires.words import AUDIENCES, PAGES
from survey.questionnaires.languages import describe_language
from survey.questionnaires.models import Questionnaire
from survey.questionnaires.reading import LANGUAGE, UNWRITABLE

LONGEST_NAME = 150
USUAL = "en"


def name_field() -> forms.CharField:
    """Return the field of what a questionnaire is called."""
    writable = RegexValidator(
        UNWRITABLE,
        gettext_lazy("Take out the characters that cannot be shown."),
        inverse_match=True,
    )
    return forms.CharField(
        label=gettext_lazy("Name"), max_length=LONGEST_NAME, validators=[writable]
    )


class LanguagesField(forms.CharField):
    """Language tags, one after another; the first is the questionnaire's own."""

    def __init__(self, **kwargs: Any) -> None:
        defaults: dict[str, Any] = {
            "label": gettext_lazy("Languages"),
            "max_length": 200,
            "help_text": gettext_lazy(
                "Tags, the questionnaire’s own language first: en, es, ar. What is missing in one "
                "language keeps it from being published."
            ),
            "widget": forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        }
        super().__init__(**defaults | kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show a list of tags as it is typed."""
        return ", ".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> list[str]:
        """Return the tags, each once."""
        typed = super().clean(value)
        tags = list(dict.fromkeys(typed.replace(",", " ").replace(";", " ").split()))
        for tag in tags:
            if not LANGUAGE.fullmatch(tag):
                text = _("“%(tag)s” is no language tag; write en, pt-BR or zh-Hant.")
                raise forms.ValidationError(text % {"tag": tag})
        return tags


class QuestionnaireChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the questionnaires that somebody may see."""

    def label_from_instance(self, obj: Questionnaire) -> str:
        """Return its name, version and audience."""
        return _("%(name)s, version %(version)d (%(audience)s)") % {
            "name": obj.name,
            "version": obj.version,
            "audience": AUDIENCES[obj.audience],
        }


class NewForm(forms.Form):
    """A questionnaire that begins empty, or like another one."""

    name = name_field()
    like = QuestionnaireChoice(
        label=gettext_lazy("Begin like"),
        queryset=Questionnaire.objects.none(),
        required=False,
        empty_label=gettext_lazy("Nothing: an empty one"),
        help_text=gettext_lazy(
            "A copy asks the same people in the same languages, with the same wording."
        ),
    )
    audience = forms.ChoiceField(label=gettext_lazy("Who is asked"))
    languages = LanguagesField(initial=USUAL)

    def __init__(
        self,
        *args: Any,
        audiences: Collection[str],
        models: QuerySet[Questionnaire],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "audience", [(code, AUDIENCES[code]) for code in audiences])
        self.fields["like"].queryset = models  # type: ignore[attr-defined]


class CopyForm(forms.Form):
    """What a copy is called."""

    name = name_field()


class SettingsForm(forms.Form):
    """How a questionnaire is asked as a whole."""

    name = name_field()
    languages = LanguagesField()
    page = forms.ChoiceField(
        label=gettext_lazy("How it is laid out"), choices=list(PAGES.items()), required=False
    )
    shuffles_items = forms.BooleanField(
        label=gettext_lazy("Ask the questions of a section in a random order"),
        required=False,
        help_text=gettext_lazy(
            "The first question, texts, and what hangs on other answers keep their places."
        ),
    )
    pool = forms.MultipleChoiceField(
        label=gettext_lazy("Drawn at random"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    n = forms.IntegerField(
        label=gettext_lazy("How many of them each person is asked"), min_value=1, required=False
    )

    def __init__(self, *args: Any, items: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "pool", list(items))

    def clean(self) -> dict[str, Any]:
        """Want a number with what is drawn, and one that can be drawn."""
        cleaned: dict[str, Any] = super().clean() or {}
        pool, n = cleaned.get("pool") or [], cleaned.get("n")
        if "n" in self.errors:
            return cleaned
        if pool and n is None:
            self.add_error("n", _("Say how many of the ticked questions each person is asked."))
        elif pool and n is not None and n > len(pool):
            text = ngettext(
                "Only %(n)d question is ticked.", "Only %(n)d questions are ticked.", len(pool)
            )
            self.add_error("n", text % {"n": len(pool)})
        return cleaned

    @property
    def settings(self) -> dict[str, Any]:
        """Return the settings that were filled in, without what is as it usually is."""
        filled, found = self.cleaned_data, {}
        if filled["page"]:
            found["page"] = filled["page"]
        if filled["shuffles_items"]:
            found["shuffles_items"] = True
        if filled["pool"]:
            found["sample"] = {"pool": filled["pool"], "n": filled["n"]}
        return found


class SectionForm(forms.Form):
    """What a section is called in each language."""

    def __init__(self, *args: Any, languages: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages = tuple(languages)
        for tag in self.languages:
            language = describe_language(tag)
            self.fields[f"text_{tag}"] = forms.CharField(
                label=_("Heading, %(language)s") % {"language": language.name},
                max_length=300,
                required=False,
                widget=forms.TextInput(attrs={"lang": tag, "dir": language.direction}),
            )

    @property
    def texts(self) -> dict[str, str]:
        """Return the headings that were filled in."""
        filled = {tag: self.cleaned_data[f"text_{tag}"].strip() for tag in self.languages}
        return {tag: text for tag, text in filled.items() if text}

"""Files that are brought in: questionnaires of any program, and translations."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from survey.console.forms import set_choices
from survey.console.questionnaires.words import AUDIENCES
from survey.questionnaires import importers, translations


class BringForm(forms.Form):
    """A questionnaire of another program, and who is asked it: no format says that."""

    file = forms.FileField(
        label=gettext_lazy("The file"),
        help_text=gettext_lazy(
            "LimeSurvey (.lss), XLSForm (.xlsx), Qualtrics (.qsf) or Hearthline (.json), up to "
            "10 MB."
        ),
        widget=forms.FileInput(attrs={"accept": ".lss,.xlsx,.qsf,.json"}),
    )
    audience = forms.ChoiceField(label=gettext_lazy("Who is asked"))

    def __init__(self, *args: Any, audiences: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "audience", [(code, AUDIENCES[code]) for code in audiences])

    def clean_file(self) -> Any:
        """Refuse what is too large before it is read."""
        file = self.cleaned_data["file"]
        if file.size > importers.LARGEST:
            raise forms.ValidationError(_("This file is larger than 10 MB."))
        return file


class TranslationsForm(forms.Form):
    """A file of translations."""

    file = forms.FileField(
        label=gettext_lazy("The file"),
        help_text=gettext_lazy("The .xlsx or .po that was downloaded here, up to 2 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.po"}),
    )

    def clean_file(self) -> Any:
        """Refuse what is too large before it is read."""
        file = self.cleaned_data["file"]
        if file.size > translations.LARGEST:
            raise forms.ValidationError(_("This file is larger than 2 MB."))
        return file


class LanguageForm(forms.Form):
    """One more language, by its tag or its name."""

    tag = forms.CharField(
        label=gettext_lazy("Add a language"),
        max_length=60,
        help_text=gettext_lazy("Its tag or name: es, pt-BR, Deutsch."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_tag(self) -> str:
        """Return the tag as it is always written."""
        typed: str = self.cleaned_data["tag"]
        tag = translations.normalise_tag(typed)
        if tag is None:
            text = _("“%(tag)s” is no language we know; write es, pt-BR or zh-Hant.")
            raise forms.ValidationError(text % {"tag": typed})
        return tag

"""What HR fills in about who serves whom; every error says what to do."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from survey.organization.models import Team
from survey.organization.service_lines import LARGEST

LONGEST_CHAIN = 100
no_formula = RegexValidator(
    r"\A[=+\-@]",
    inverse_match=True,
    message=_("Begin with a letter or a digit: a spreadsheet would take this for a formula."),
)


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _chain() -> forms.CharField:
    return forms.CharField(
        label=_("Chain (optional)"),
        max_length=LONGEST_CHAIN,
        required=False,
        validators=[no_formula],
        help_text=_("A name for services that follow each other, such as Parcels or Invoices."),
    )


class ServiceForm(forms.Form):
    """One team serves another."""

    provider: "forms.ModelChoiceField[Team]" = forms.ModelChoiceField(
        label=_("This team serves"), queryset=Team.objects.none()
    )
    consumer: "forms.ModelChoiceField[Team]" = forms.ModelChoiceField(
        label=_("This team is served"), queryset=Team.objects.none()
    )
    chain = _chain()
    active_from = forms.DateField(label=_("From"), widget=_day())
    active_to = forms.DateField(
        label=_("Until (optional)"),
        widget=_day(),
        required=False,
        help_text=_("The first day on which it holds no more."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = Team.objects.open_on(today).order_by("name", "pk")
        for name in ("provider", "consumer"):
            self.fields[name].queryset = teams  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """From which day on a service holds no more."""

    day = forms.DateField(
        label=_("Ends on"),
        widget=_day(),
        help_text=_("The first day on which it holds no more."),
    )


class ChainForm(forms.Form):
    """To which chain a service belongs."""

    chain = _chain()


class ImportForm(forms.Form):
    """A file of who serves whom."""

    file = forms.FileField(
        label=_("The file, CSV or XLSX"),
        help_text=_("One line per arrow. Nothing is changed before you have seen the differences."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,text/csv"}),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("This file is empty."),
        },
    )
    ends_missing = forms.BooleanField(label=_("End today what is not in the file."), required=False)

    def clean_file(self) -> Any:
        """Refuse what is larger than any such file."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            message = gettext("Such a file has at most %(n)s MB.") % {"n": LARGEST // 1024**2}
            raise forms.ValidationError(message)
        return file


class ConfirmForm(forms.Form):
    """Somebody looked at the differences, and says yes; the file comes back sealed."""

    kept = forms.CharField(widget=forms.HiddenInput)
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)

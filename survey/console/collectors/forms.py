"""What is filled in to ask without invitations."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from survey.campaigns.services.collectors import PIN
from survey.console.forms import set_choices, team_choices
from survey.console.pulse.repeating import day_field
from survey.organization.selectors import TeamRow
from survey.questionnaires.models import Questionnaire


class OpenWaveForm(forms.Form):
    """What is asked at the teams of a part of the organisation, and until when."""

    scope = forms.TypedChoiceField(
        label=_("At which teams"),
        coerce=int,
        help_text=_("Every team below gets a code of its own."),
    )
    questionnaire = forms.TypedChoiceField(label=_("Questions"), coerce=int)
    closes_date = day_field(_("Last day for answers"))

    def __init__(
        self,
        *args: Any,
        teams: list[TeamRow],
        questionnaires: list[Questionnaire],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        set_choices(self, "scope", team_choices(teams))
        set_choices(self, "questionnaire", [(row.pk, str(row)) for row in questionnaires])

    def clean_closes_date(self) -> date:
        """Leave a day at least."""
        last_day: date = self.cleaned_data["closes_date"]
        if last_day <= self.today:
            raise forms.ValidationError(gettext("Choose a day that is still to come."))
        return last_day


class PinForm(forms.Form):
    """The PIN with which staff leave the tablets of a wave."""

    pin = forms.RegexField(
        PIN,
        label=_("PIN for the tablets"),
        strip=False,
        help_text=_(
            "Four to eight digits. Staff type it to leave the questions; it is kept as a "
            "fingerprint and never shown again."
        ),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": _("Four to eight digits, nothing else.")},
    )

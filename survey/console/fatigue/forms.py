"""How often somebody may be asked; every error names its field and says what to do."""

from django import forms
from django.utils.translation import gettext_lazy as _

from survey.campaigns.fatigue import Rule
from survey.campaigns.services.fatigue_rules import MOST_ASKINGS, MOST_DAYS


class RuleForm(forms.Form):
    """So often in so many days, and so many days from one letter to the next."""

    at_most = forms.IntegerField(
        label=_("Ask at most so often"), min_value=1, max_value=MOST_ASKINGS
    )
    within_days = forms.IntegerField(
        label=_("In so many days"), min_value=1, max_value=MOST_DAYS, help_text=_("30 is a month.")
    )
    gap_days = forms.IntegerField(
        label=_("Days from one letter to the next"),
        min_value=0,
        max_value=MOST_DAYS,
        help_text=_("At least so many, whichever survey the letters are of."),
    )

    @property
    def rule(self) -> Rule:
        """Return what was filled in, once it is valid."""
        return Rule(**self.cleaned_data)

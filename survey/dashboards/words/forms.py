"""What is filled in to bring hidden words back."""

from django import forms
from django.utils.translation import gettext_lazy as _


class BringBackForm(forms.Form):
    """Why words can be read again."""

    reason = forms.CharField(label=_("Why it can be read again"), max_length=300)

"""What is filled in about customers; every error names its field and says what to do."""

import json
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from survey.campaigns.contact_files import LARGEST
from survey.campaigns.customer_rules import Rules
from survey.campaigns.hooks import FIELDS
from survey.campaigns.models import Campaign, ContactSource, Fact
from survey.console.pulse.repeating import time_field
from survey.questionnaires.models import Audience

UNITS = [(1, _("minutes")), (60, _("hours")), (24 * 60, _("days"))]
MOST_DELAY = timedelta(days=60)


class RulesForm(forms.Form):
    """When and how customers of a campaign are asked."""

    delay = forms.IntegerField(
        label=_("Write so long after the contact"), min_value=0, max_value=999
    )
    unit = forms.TypedChoiceField(label=_("In"), choices=UNITS, coerce=int)
    sample_percent = forms.IntegerField(
        label=_("Ask about so many of a hundred contacts"),
        min_value=1,
        max_value=100,
        help_text=_("Of the others only the number by team and day is kept."),
    )
    uses_email = forms.BooleanField(label=_("By e-mail"), required=False)
    uses_sms = forms.BooleanField(
        label=_("By text message, where there is no e-mail address"), required=False
    )
    told_facts = forms.MultipleChoiceField(
        label=_("Questions may repeat, where they are worded so"),
        choices=[
            (Fact.DATE, _("the day of the contact")),
            (Fact.TEAM, _("the team that served them")),
            (Fact.CHANNEL, _("how they were in touch")),
            (Fact.SERVED_BY, _("who served them, by name")),
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    quiet_from = time_field(_("Write nothing from"), required=False)
    quiet_until = time_field(_("Until"), required=False)
    expires_days = forms.IntegerField(
        label=_("The link works for so many days after the contact"),
        min_value=1,
        max_value=365,
        required=False,
        help_text=_("Empty: until the survey closes."),
    )
    minimum_interval_days = forms.IntegerField(
        label=_("Days between two letters about the same team"),
        min_value=0,
        max_value=365,
        help_text=_("How often somebody is asked over all surveys is a rule of its own."),
    )

    def clean(self) -> dict[str, Any]:
        """Keep the rules from contradicting each other."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not (cleaned.get("uses_email") or cleaned.get("uses_sms")):
            self.add_error("uses_email", gettext("Choose e-mail, text messages, or both."))
        if bool(cleaned.get("quiet_from")) != bool(cleaned.get("quiet_until")):
            missing = "quiet_until" if cleaned.get("quiet_from") else "quiet_from"
            self.add_error(missing, gettext("Give both ends of the quiet hours, or neither."))
        if not self.errors:
            self._check_delay(cleaned)
        return cleaned

    def _check_delay(self, cleaned: dict[str, Any]) -> None:
        rules = self.rules
        if rules.delay > MOST_DELAY:
            self.add_error("delay", gettext("Write within 60 days; nobody remembers for longer."))
        elif rules.expires_after is not None and rules.delay >= rules.expires_after:
            self.add_error(
                "expires_days", gettext("The link would be dead before the letter arrives.")
            )

    @property
    def rules(self) -> Rules:
        """Return the rules that were filled in."""
        cleaned = self.cleaned_data
        days = cleaned["expires_days"]
        return Rules(
            delay=timedelta(minutes=cleaned["delay"] * cleaned["unit"]),
            sample_percent=cleaned["sample_percent"],
            expires_after=timedelta(days=days) if days else None,
            uses_email=cleaned["uses_email"],
            uses_sms=cleaned["uses_sms"],
        )


def initial_rules(campaign: Campaign, rules: Rules) -> dict[str, object]:
    """Return a campaign's rules as its form shows them."""
    minutes = int(rules.delay.total_seconds() // 60)
    unit = max(size for size, _name in UNITS if minutes % size == 0) if minutes else 60
    return {
        "delay": minutes // unit,
        "unit": unit,
        "sample_percent": rules.sample_percent,
        "told_facts": campaign.told_facts,
        "uses_email": rules.uses_email,
        "uses_sms": rules.uses_sms,
        "expires_days": rules.expires_after.days if rules.expires_after else None,
        "quiet_from": campaign.quiet_from,
        "quiet_until": campaign.quiet_until,
        "minimum_interval_days": campaign.minimum_interval_days,
    }


class UploadForm(forms.Form):
    """A file of contacts."""

    file = forms.FileField(label=_("The file"), help_text=_("CSV, up to 100,000 contacts."))

    def clean_file(self) -> Any:
        """Refuse what no honest file is."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(gettext("This file is larger than 32 MiB; split it."))
        return file


class SourceForm(forms.Form):
    """Another system that reports contacts, and what its JSON calls our fields."""

    name = forms.CharField(label=_("What the system is called"), max_length=100)
    campaign = forms.ModelChoiceField(
        label=_("For which campaign"),
        queryset=Campaign.objects.none(),
        required=False,
        empty_label=_("Whichever asks about the team"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        campaigns = Campaign.objects.filter(audience=Audience.CUSTOMER).order_by("name")
        self.fields["campaign"].queryset = campaigns  # type: ignore[attr-defined]
        for place in FIELDS:
            self.fields[_field_of(place)] = forms.CharField(
                label=place, max_length=100, required=False
            )

    @property
    def code(self) -> str:
        """Return a free code made of the name."""
        start = slugify(self.cleaned_data["name"])[:34] or "source"
        taken = set(
            ContactSource.objects.filter(code__startswith=start).values_list("code", flat=True)
        )
        numbered = (f"{start}-{number}" for number in range(2, len(taken) + 3))
        return next(code for code in (start, *numbered) if code not in taken)

    @property
    def places(self) -> dict[str, str]:
        """Return where the system keeps our fields, where it is not under our own names."""
        filled = {place: self.cleaned_data[_field_of(place)].strip() for place in FIELDS}
        return {place: path for place, path in filled.items() if path and path != place}

    @property
    def place_fields(self) -> list[forms.BoundField]:
        """Return the fields that say where something is kept."""
        return [self[_field_of(place)] for place in FIELDS]


class TryForm(forms.Form):
    """A sample of what a system sends."""

    sample = forms.CharField(
        label=_("A sample of its JSON"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
    )

    def clean_sample(self) -> str:
        """Refuse what is no JSON at all."""
        sample: str = self.cleaned_data["sample"]
        try:
            json.loads(sample)
        except (ValueError, RecursionError):
            raise forms.ValidationError(gettext("This is no JSON.")) from None
        return sample


class CodesForm(forms.Form):
    """How many codes for customers of which team."""

    team = forms.ChoiceField(label=_("Customers of"))
    n = forms.IntegerField(label=_("How many"), min_value=1, max_value=400, initial=50)

    def __init__(self, *args: Any, teams: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = teams  # type: ignore[attr-defined]


def _field_of(place: str) -> str:
    return f"place_{place.replace('.', '_')}"

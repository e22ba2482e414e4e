"""Who is on duty, and how soon people are called back; every error says what to do."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from survey.accounts.models import TEAM_ROLES, Role, User
from survey.followup.duties import MOST_HOURS
from survey.organization.models import Team

WEEKDAYS = [
    ("0", _("Monday")),
    ("1", _("Tuesday")),
    ("2", _("Wednesday")),
    ("3", _("Thursday")),
    ("4", _("Friday")),
    ("5", _("Saturday")),
    ("6", _("Sunday")),
]


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class DutyForm(forms.Form):
    """Somebody takes the calls of a team on some days of the week."""

    user = forms.ModelChoiceField(
        label=_("Who"), queryset=User.objects.none(), empty_label=_("choose somebody")
    )
    team: "forms.ModelChoiceField[Team]" = forms.ModelChoiceField(
        label=_("For the customers of"),
        queryset=Team.objects.none(),
        required=False,
        empty_label=_("all teams"),
        help_text=_("Of this team and all below it, unless somebody is on duty nearer to them."),
    )
    weekdays = forms.MultipleChoiceField(
        label=_("On these days"),
        choices=WEEKDAYS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Every day, where you choose none."),
    )
    active_from = forms.DateField(label=_("From"), widget=_day())
    last_day = forms.DateField(
        label=_("Until (optional)"),
        widget=_day(),
        required=False,
        help_text=_("The last day on which it holds: for one day only, the same day as above."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = Q(grants__role=Role.CX_MANAGER) | Q(grants__role__in=TEAM_ROLES)
        users = User.objects.filter(held, is_active=True).distinct().order_by("name", "pk")
        self.fields["user"].queryset = users  # type: ignore[attr-defined]
        teams = Team.objects.open_on(today).order_by("name", "pk")
        self.fields["team"].queryset = teams  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the beginning."""
        data: dict[str, Any] = super().clean() or {}
        begins, ends = data.get("active_from"), data.get("last_day")
        if begins and ends and ends < begins:
            self.add_error("last_day", _("The last day cannot be before the first."))
        return data


class RuleForm(forms.Form):
    """Within how many hours people are called back."""

    answer_within_hours = forms.IntegerField(
        label=_("Get in touch within so many hours"),
        min_value=1,
        max_value=MOST_HOURS,
        help_text=_("24 is a day. People read this when they ask."),
    )
    remind_before_hours = forms.IntegerField(
        label=_("Remind so many hours before that"),
        min_value=0,
        max_value=MOST_HOURS,
        help_text=_("0: no reminder before it is late."),
    )
    counts_weekends = forms.BooleanField(label=_("Saturdays and Sundays count"), required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a reminder that would come as soon as somebody asks, or sooner."""
        data: dict[str, Any] = super().clean() or {}
        hours, sooner = data.get("answer_within_hours"), data.get("remind_before_hours")
        if hours is not None and sooner is not None and sooner >= hours:
            words = _("Remind later: so many hours before is when somebody asks, or sooner.")
            self.add_error("remind_before_hours", words)
        return data

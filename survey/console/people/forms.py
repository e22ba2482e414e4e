"""What HR fills in about people; every error names its field and says what to do."""

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from survey.organization.columns import ATTRIBUTE, OPTIONAL, REQUIRED
from survey.organization.services import WrongLocationError, check_location
from survey.organization.sheets import LARGEST

MEANINGS = {
    "person_id": _("personnel number"),
    "name": _("name"),
    "email": _("e-mail address"),
    "team": _("code of the team"),
    "team_name": _("name of the team"),
    "parent": _("code of the team above"),
    "closed": _("day the team closes"),
    "succeeded_by": _("code of the team that takes over"),
    "language": _("language"),
    "leader": _("leads the team, yes or no"),
    "from": _("in this team from"),
    "phone": _("phone number"),
    "time_zone": _("time zone"),
    "manager": _("personnel number of the manager"),
}
NOTHING = ("", _("leave it out"))


class UploadForm(forms.Form):
    """A list of people."""

    file = forms.FileField(
        label=_("The list, CSV or XLSX"),
        help_text=_(
            "One line per person. Nothing is changed before you have seen the differences."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx,text/csv"}),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("This file is empty."),
        },
    )

    def clean_file(self) -> Any:
        """Refuse what is larger than any list."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            message = gettext("A list has at most %(n)s MB.") % {"n": LARGEST // 1024**2}
            raise forms.ValidationError(message)
        return file


class ColumnsForm(forms.Form):
    """What each heading of a file means."""

    def __init__(
        self,
        *args: Any,
        columns: Mapping[str, str],
        attributes: Collection[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choices: list[tuple[str, Any]] = [NOTHING]
        choices += [(name, MEANINGS[name]) for name in (*REQUIRED, *OPTIONAL)]
        choices += [(ATTRIBUTE + code, name) for code, name in attributes]
        self.headings = list(columns)
        for place, heading in enumerate(self.headings):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=heading, choices=choices, initial=columns[heading], required=False
            )

    def told(self) -> dict[str, str]:
        """Return what was chosen for each heading."""
        return {
            heading: self.cleaned_data[f"column_{place}"]
            for place, heading in enumerate(self.headings)
        }


class ConfirmForm(forms.Form):
    """Somebody looked at the differences, and says yes."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    is_sure = forms.BooleanField(
        label=_("I have looked at who moved and who left."),
        error_messages={"required": _("Look at the differences, then tick this.")},
    )
    may_lose_many = forms.BooleanField(required=False)

    def __init__(
        self, *args: Any, moves_people: bool, losing: tuple[int, int] | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if not moves_people:
            del self.fields["is_sure"]
        if losing is None:
            del self.fields["may_lose_many"]
            return
        field = self.fields["may_lose_many"]
        label = ngettext(
            "%(n)s of %(all)s people has really left.",
            "%(n)s of %(all)s people have really left.",
            losing[0],
        )
        field.label = label % {"n": losing[0], "all": losing[1]}
        field.required = True
        field.error_messages["required"] = _("So many at once? If the file is whole, tick this.")


class FeedForm(forms.Form):
    """Where lists are picked up, and when."""

    name = forms.CharField(label=_("What you call it"), max_length=100)
    location = forms.CharField(
        label=_("Folder or address"),
        max_length=500,
        help_text=_(
            "A folder below the one your administrator set aside, or an https:// address "
            "on the public internet."
        ),
    )
    at = forms.TimeField(
        label=_("Looked at every day from"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    applies_by_itself = forms.BooleanField(
        label=_("Take each list in without asking me, unless many people would leave."),
        required=False,
    )

    def clean_location(self) -> str:
        """Refuse what nothing may be picked up from."""
        location: str = self.cleaned_data["location"].strip()
        try:
            check_location(location)
        except WrongLocationError as error:
            message = gettext("Not from there: %(reason)s.") % {"reason": gettext(str(error))}
            raise forms.ValidationError(message) from error
        return location


class AttributeForm(forms.Form):
    """Something the lists may say of people beside their team."""

    name = forms.CharField(
        label=_("Name"),
        max_length=40,
        help_text=_("Such as Tenure or Site. It is a column of the list."),
    )

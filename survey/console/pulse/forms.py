"""What is asked, and of whom: the forms of the first two steps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from survey.campaigns.contact_cuts import CONTACT_CHANNEL, LONGEST_NAME, read_names
from survey.campaigns.cuts import FEWEST_LEVELS, MOST_CUTS, MOST_LEVELS
from survey.campaigns.models import Campaign
from survey.campaigns.models.campaign import MOST_ARROWS
from survey.console.forms import set_choices, team_choices
from survey.organization.selectors import TeamRow
from survey.questionnaires.models import Questionnaire

ATTRIBUTE = "attribute_"
DEEPEST = 6  # steps by which a team is set in; those further below stand as far


@dataclass(frozen=True, slots=True)
class TeamTick:
    """The box of one team: its depth in the tree, and above it whatever stands there."""

    tick: forms.boundfield.BoundWidget
    depth: int
    above: str


class QuestionsForm(forms.Form):
    """Which questionnaire is asked, and which campaign of the other side it is compared with."""

    questionnaire = forms.TypedChoiceField(label=_("Questionnaire"), coerce=int)
    compare_with = forms.TypedChoiceField(
        label=_("Compare with"), coerce=int, empty_value=None, required=False
    )

    def __init__(
        self,
        *args: Any,
        questionnaires: Sequence[Questionnaire],
        others: Sequence[Campaign] | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "questionnaire", [(row.pk, str(row)) for row in questionnaires])
        if others is None:  # whoever asks may not say what is compared
            del self.fields["compare_with"]
            return
        nothing: list[tuple[int | str, str]] = [("", gettext("nothing yet"))]
        set_choices(self, "compare_with", nothing + [(row.pk, row.name) for row in others])


class PeopleForm(forms.Form):
    """Who is asked: a part of the organisation, whole teams of it, people by what is declared."""

    scope = forms.TypedChoiceField(
        label=_("About which teams"), coerce=int, help_text=_("With everything below.")
    )
    team_ids = forms.TypedMultipleChoiceField(
        label=_("Only these teams of it"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    arrows_per_person = forms.IntegerField(
        label=_("Teams that one person is asked about, at most"),
        min_value=1,
        max_value=MOST_ARROWS,
        help_text=_("More than three tire people. It stays as it is once a wave has gone out."),
    )
    cut_codes = forms.MultipleChoiceField(
        label=_("Also tell the figures of everybody by"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    channels = forms.CharField(
        label=_("Channels, one on each line"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text=_("As your own systems call them, such as phone or till. Empty: by teams alone."),
    )

    def __init__(
        self,
        *args: Any,
        teams: list[TeamRow],
        below: list[TeamRow],
        attributes: Mapping[str, tuple[str, Sequence[str]]],
        is_customers: bool = False,
        tells_cuts: bool = True,
        limits_arrows: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if not limits_arrows:
            del self.fields["arrows_per_person"]
        if not is_customers:
            del self.fields["channels"]
        set_choices(self, "scope", team_choices(teams))
        set_choices(self, "team_ids", [(row.pk, _team(row)) for row in below])
        self._below = below
        cuts = [(code, name) for code, (name, of) in attributes.items() if len(of) <= MOST_LEVELS]
        set_choices(self, "cut_codes", cuts if tells_cuts else [])
        for code, (name, values) in attributes.items():
            self.fields[ATTRIBUTE + code] = forms.MultipleChoiceField(
                label=name,
                required=False,
                choices=[(value, value) for value in values],
                widget=forms.CheckboxSelectMultiple,
            )

    def team_ticks(self) -> list[TeamTick]:
        """Return the boxes of the teams, each with how far below the chosen part it stands."""
        top = min((len(row.path) for row in self._below), default=0)
        return [
            TeamTick(tick, min(len(row.path) - top, DEEPEST), " / ".join(row.path[1:-1]))
            for tick, row in zip(self["team_ids"], self._below, strict=True)
        ]

    def clean_cut_codes(self) -> list[str]:
        """Refuse more than a few: each one more leaves fewer figures that are safe to show."""
        codes: list[str] = self.cleaned_data["cut_codes"]
        if len(codes) > MOST_CUTS:
            raise ValidationError(gettext("Choose %(most)s at most.") % {"most": MOST_CUTS})
        return codes

    def clean_channels(self) -> str:
        """Refuse one channel alone, very many, and names that no contact can come with."""
        text: str = self.cleaned_data["channels"]
        names = read_names(text)
        if names and not FEWEST_LEVELS <= len(names) <= MOST_LEVELS:
            values = {"fewest": FEWEST_LEVELS, "most": MOST_LEVELS}
            wrong = gettext("Name at least %(fewest)s channels and at most %(most)s, or none.")
            raise ValidationError(wrong % values)
        if any(len(name) > LONGEST_NAME for name in names):
            wrong = gettext("A channel has %(most)s characters at most.")
            raise ValidationError(wrong % {"most": LONGEST_NAME})
        return text

    def cuts(self) -> tuple[list[str], dict[str, list[str]]]:
        """Return by what the figures of everybody are told, and the levels of what is named."""
        names = read_names(self.cleaned_data.get("channels", ""))
        if names:
            return [CONTACT_CHANNEL], {CONTACT_CHANNEL: list(names)}
        return self.cleaned_data["cut_codes"], {}

    def audience_filter(self) -> dict[str, Any]:
        """Return whom a valid form keeps, as a campaign stores it: nothing where it keeps all."""
        data = self.cleaned_data
        attributes = {
            name.removeprefix(ATTRIBUTE): sorted(values)
            for name, values in data.items()
            if name.startswith(ATTRIBUTE) and values
        }
        parts = {"team_ids": sorted(data["team_ids"]), "attributes": attributes}
        return {name: part for name, part in parts.items() if part}


def filter_initial(audience_filter: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the form of the people starts from, for a stored audience."""
    attributes = audience_filter.get("attributes", {})
    return {
        "team_ids": audience_filter.get("team_ids", []),
        **{ATTRIBUTE + code: values for code, values in attributes.items()},
    }


def _team(row: TeamRow) -> str:
    people = ngettext("%(team)s, %(n)s person", "%(team)s, %(n)s people", row.n_all)
    return people % {"team": row.name, "n": row.n_all}

"""What HR fills in; every error names its field and says what to do."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from survey.campaigns.models import Campaign
from survey.campaigns.models.campaign import MOST_ARROWS
from survey.campaigns.services.drafts import USUAL_ARROWS
from survey.core.periods import Period
from survey.letters.voice import Place, lint_letter
from survey.organization.selectors import TeamRow
from survey.questionnaires.models import Audience, Questionnaire

WRITTEN_IN = "en"  # what a letter is in that has no translation yet
FIELDS = {
    Place.SUBJECT: "subject",
    Place.BODY: "body",
    Place.SIGNER: "signer_name",
    Place.REPLY_TO: "reply_to",
}
ASKED = [
    (Audience.EMPLOYEE, _("staff")),
    (Audience.COLLEAGUE, _("colleagues, about the teams that serve theirs")),
    (Audience.CUSTOMER, _("customers")),
]


class WindowForm(forms.Form):
    """When answers may come in."""

    opens_at = forms.DateTimeField(
        label=_("Opens"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    closes_at = forms.DateTimeField(
        label=_("Closes"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now

    def clean(self) -> dict[str, Any]:
        """Keep the two moments in order and the last one ahead of us."""
        cleaned: dict[str, Any] = super().clean() or {}
        opens_at, closes_at = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens_at and closes_at and closes_at <= opens_at:
            self.add_error("closes_at", gettext("Choose a moment after the opening."))
        elif closes_at and closes_at <= self.now:
            self.add_error("closes_at", gettext("Choose a moment that has not passed yet."))
        return cleaned


class LetterFields(forms.Form):
    """What people are written, and by whom."""

    subject = forms.CharField(label=_("Subject"), max_length=150)
    body = forms.CharField(
        label=_("Your words"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("The greeting, the link, who sees the answers and your name are added below."),
    )
    signer_name = forms.CharField(label=_("Signed by"), max_length=100)
    signer_role = forms.CharField(
        label=_("Who is"),
        max_length=150,
        required=False,
        help_text=_("As in: People team. May be empty."),
    )
    reply_to = forms.EmailField(
        label=_("Answers to the letter go to"), help_text=_("An address that this person reads.")
    )


class LetterForm(LetterFields):
    """A letter in the voice of whoever signs it: words of marketers are refused."""

    def clean(self) -> dict[str, Any]:
        """Say beside its field what no person would write to another."""
        cleaned: dict[str, Any] = super().clean() or {}
        findings = lint_letter(
            subject=cleaned.get("subject", ""),
            body=cleaned.get("body", ""),
            signer_name=cleaned.get("signer_name", ""),
            reply_to=cleaned.get("reply_to", ""),
            language=cleaned.get("language", WRITTEN_IN),
        )
        for finding in findings:
            field = FIELDS[finding.place]
            if finding.is_blocking and field not in self.errors:
                self.add_error(field, f"“{finding.quote}”. {finding.why}")
        return cleaned


class CampaignForm(LetterForm):
    """A programme of asking one audience about one part of the organisation."""

    name = forms.CharField(label=_("Name"), max_length=150)
    audience = forms.ChoiceField(label=_("Who is asked"), choices=ASKED)
    scope = forms.TypedChoiceField(label=_("About which teams"), coerce=int)
    questionnaire = forms.TypedChoiceField(label=_("Questions"), coerce=int)
    arrows_per_person = forms.IntegerField(
        label=_("Teams that one person is asked about, at most"),
        min_value=1,
        max_value=MOST_ARROWS,
        initial=USUAL_ARROWS,
        required=False,
        help_text=_("Only where colleagues are asked. More than three tire people."),
    )

    field_order = ("name", "audience", "scope", "questionnaire", "arrows_per_person")

    def __init__(
        self, *args: Any, teams: list[TeamRow], questionnaires: list[Questionnaire], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.audiences = {row.pk: row.audience for row in questionnaires}
        set_choices(self, "scope", team_choices(teams))
        set_choices(self, "questionnaire", [(row.pk, _label(row)) for row in questionnaires])

    def clean(self) -> dict[str, Any]:
        """Ask customers only what is written for customers, and staff likewise."""
        cleaned: dict[str, Any] = super().clean() or {}
        written_for = self.audiences.get(cleaned.get("questionnaire", 0))
        if written_for and cleaned.get("audience") not in (None, written_for):
            who = Audience(written_for).label
            wrong = gettext("These questions are written for %(who)s.") % {"who": who}
            self.add_error("questionnaire", wrong)
        return cleaned


class PairingForm(forms.Form):
    """Which staff campaign and which customer campaign are compared."""

    name = forms.CharField(label=_("Name"), max_length=150)
    ex = forms.TypedChoiceField(label=_("Staff campaign"), coerce=int)
    cx = forms.TypedChoiceField(label=_("Customer campaign"), coerce=int)
    colleague = forms.TypedChoiceField(
        label=_("Campaign among colleagues"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Shows how service goes from team to team. May be left out."),
    )
    period = forms.ChoiceField(
        label=_("Compared by"), choices=Period.choices, initial=Period.QUARTER
    )

    def __init__(self, *args: Any, campaigns: list[Campaign], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, audience in (("ex", Audience.EMPLOYEE), ("cx", Audience.CUSTOMER)):
            rows = [row for row in campaigns if row.audience == audience]
            set_choices(self, name, [(row.pk, row.name) for row in rows])
        colleagues = [row for row in campaigns if row.audience == Audience.COLLEAGUE]
        nothing: list[tuple[int | str, str]] = [("", gettext("none"))]
        set_choices(self, "colleague", nothing + [(row.pk, row.name) for row in colleagues])


class WithdrawForm(forms.Form):
    """Why a wave is taken back, and that its answers may be deleted."""

    reason = forms.CharField(
        label=_("Why you take it back"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It is kept with the wave."),
    )
    is_sure = forms.BooleanField(
        label=_("I know that the answers so far are deleted and nobody will ever read them."),
        error_messages={"required": _("Tick this to confirm: it cannot be undone.")},
    )


def team_choices(teams: list[TeamRow]) -> list[tuple[int, str]]:
    """Return the teams with their place in the tree, for a list to choose from."""
    return [(row.pk, " / ".join(row.path)) for row in teams]


def set_choices(form: forms.Form, name: str, choices: list[Any]) -> None:
    """Say between what a field of a form lets people choose."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the types only
    field.choices = choices


def _label(questionnaire: Questionnaire) -> str:
    who = dict(ASKED).get(Audience(questionnaire.audience), questionnaire.audience)
    return f"{questionnaire} ({who})"

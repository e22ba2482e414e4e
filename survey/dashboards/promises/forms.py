"""What is filled in to promise something, and to say how a promise stands."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from survey.questionnaires.models import Audience

WILL, WONT = "will", "wont"
ANSWERS = [(WILL, _("We will, by a day")), (WONT, _("We won’t, and why"))]
PEOPLE = [(Audience.EMPLOYEE, _("staff")), (Audience.CUSTOMER, _("customers"))]
EVERYBODY = ""
PASSED = _("Choose today or a later day.")


def day_field(label: Any, **more: Any) -> forms.DateField:
    """Return a field for one day."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **more)


def words_field(label: Any, *, most: int, rows: int = 2, **more: Any) -> forms.CharField:
    """Return a field for a sentence or several."""
    return forms.CharField(
        label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **more
    )


class WordsForm(forms.Form):
    """What a promise says, and where."""

    heard = words_field(
        _("What you heard"),
        most=500,
        required=False,
        help_text=_("In your own words, so that people recognise it. It may stay empty."),
    )
    what = words_field(
        _("What you will do, or won’t"),
        most=500,
        help_text=_("One thing that anybody can check: “Rotas go up two weeks ahead.”"),
    )
    who_name = forms.CharField(
        label=_("Who promises"),
        max_length=200,
        help_text=_(
            "A person. If they have an account here, they are reminded; else you are. If it is not "
            "you, every page says that you entered it for them."
        ),
    )
    is_shown_outside = forms.BooleanField(
        label=_("Show it to everybody it is made to, not only on these pages"), required=False
    )


class PromiseForm(WordsForm):
    """A new promise, or a no with its reason."""

    answer = forms.ChoiceField(label=_("What you say"), choices=ANSWERS, initial=WILL)
    audience = forms.ChoiceField(label=_("To whom"), choices=PEOPLE)
    team = forms.TypedChoiceField(label=_("Of which team"), coerce=int, required=False)
    theme = forms.ChoiceField(label=_("What it is about"), required=False)
    due_date = day_field(_("By when"), required=False, help_text=_("For a promise."))
    because = words_field(_("Why not"), most=1000, rows=3, required=False, help_text=_("For a no."))

    field_order = (
        *("answer", "audience", "team", "theme", "heard", "what", "who_name"),
        *("due_date", "because", "is_shown_outside"),
    )

    def __init__(
        self,
        *args: Any,
        teams: list[tuple[int, str]],
        has_everybody: bool,
        themes: list[tuple[str, str]],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        everybody = [(EVERYBODY, _("everybody"))] if has_everybody else []
        self._offer("team", [*everybody, *teams])
        self._offer("theme", [("", _("nothing we measure")), *themes])
        self.fields["team"].required = not has_everybody

    def _offer(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the types only
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Ask for a day where something is promised, for a reason where it is not."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("answer") == WONT and not cleaned.get("because"):
            self.add_error("because", gettext("Say why: a no without a reason helps nobody."))
        elif cleaned.get("answer") == WILL and "due_date" not in self.errors:
            self._check_day(cleaned.get("due_date"))
        return cleaned

    def _check_day(self, day: date | None) -> None:
        if day is None:
            self.add_error("due_date", gettext("Say by when: a promise has a day."))
        elif day < self.today:
            self.add_error("due_date", str(PASSED))


class KeptForm(forms.Form):
    """A promise was kept."""

    kept_date = day_field(_("Done on"))
    note = words_field(_("What was done, if it is not what was promised"), most=500, required=False)

    def __init__(self, *args: Any, made: date, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.made, self.today = made, today

    def clean_kept_date(self) -> date:
        """Take a day since it was promised."""
        day: date = self.cleaned_data["kept_date"]
        if not self.made <= day <= self.today:
            raise forms.ValidationError(gettext("Choose a day since it was promised, up to today."))
        return day


class DayForm(forms.Form):
    """Another day, with a reason."""

    due_date = day_field(_("New day"))
    why = words_field(_("Why it takes longer, or less long"), most=500)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_due_date(self) -> date:
        """Take a day that has not passed."""
        day: date = self.cleaned_data["due_date"]
        if day < self.today:
            raise forms.ValidationError(str(PASSED))
        return day


class WhyForm(forms.Form):
    """A reason."""

    why = words_field(_("Why"), most=500)

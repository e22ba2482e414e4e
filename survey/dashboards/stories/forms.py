"""What is filled in to play words back, and to hide them again."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from survey.questionnaires.models import PlaybackLeave

TO_ALL = ""


class StoryForm(forms.Form):
    """To whom words are played back; the words themselves stand in no field."""

    team = forms.TypedChoiceField(label=_("For which team"), coerce=int, required=False)
    dedication = forms.CharField(
        label=_("To whom"),
        max_length=200,
        required=False,
        help_text=_("A line above the words: “To the person at the desk on Tuesday.”"),
    )
    is_on_heard_page = forms.BooleanField(
        label=_("Tell it on the page of what came of it too, not to the team alone"),
        required=False,
    )
    has_no_names = forms.BooleanField(
        label=_("I have read every word, and nobody is named or can be recognised in it"),
        error_messages={"required": _("The writer gave leave without names only.")},
    )

    def __init__(
        self,
        *args: Any,
        teams: list[tuple[int, str]],
        has_everybody: bool,
        leave: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["team"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the types only
        everybody = [(TO_ALL, _("all of them"))] if has_everybody else []
        field.choices = [*everybody, *teams]
        field.required = not has_everybody
        if leave != PlaybackLeave.NO_NAMES:
            del self.fields["has_no_names"]


class HideForm(forms.Form):
    """Why words are played back no longer."""

    reason = forms.CharField(label=_("Why it is told no longer"), max_length=300)

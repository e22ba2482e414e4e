"""The organisation's name, colours and logo; every error names its field and says what to do."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from survey.organization.colours import Colour, ColourError, read_colour
from survey.organization.logos import Logo, LogoError, read_logo


class ColourField(forms.CharField):
    """A colour written as #0F6B6B, or nothing."""

    widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "size": 9})

    def clean(self, value: Any) -> Colour | None:
        """Return the colour that was written."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return read_colour(text if text.startswith("#") else f"#{text}")
        except ColourError:
            raise forms.ValidationError(
                gettext("Write it as # and six digits from 0 to 9 and A to F, such as #0F6B6B.")
            ) from None


class BrandForm(forms.Form):
    """How the organisation shows itself."""

    name = forms.CharField(
        label=_("Name"),
        max_length=100,
        required=False,
        help_text=_("As people know it. It stands at the top of every survey."),
    )
    light = ColourField(
        label=_("Colour"),
        required=False,
        help_text=_("Of links, buttons and chosen answers. Empty: the product’s own colours."),
    )
    dark = ColourField(
        label=_("Colour on a dark screen"),
        required=False,
        help_text=_("Empty: your colour, made brighter until it can be read at night."),
    )
    logo = forms.FileField(
        label=_("Logo"),
        required=False,
        help_text=_("PNG, JPEG, WebP, GIF or SVG up to 2 MB; it is made small."),
    )
    drops_logo = forms.BooleanField(label=_("Show no logo any more"), required=False)

    def clean_logo(self) -> Logo | None:
        """Return the logo made small and clean."""
        file: UploadedFile[Any] | None = self.cleaned_data["logo"]
        if file is None:
            return None
        try:
            return read_logo(file.read())
        except LogoError as error:
            raise forms.ValidationError(str(error)) from error

"""Change how the organisation shows itself to whoever is asked."""

from dataclasses import dataclass

from django.db import transaction

from survey.organization.brands import digest_of, forget_appearance
from survey.organization.colours import READABLE, Colour, least_contrast, nearest_readable
from survey.organization.logos import Logo
from survey.organization.models import Brand


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A colour in which words cannot be read, how far it falls short, and the nearest that can."""

    is_dark: bool
    contrast: float
    nearest: Colour


class UnreadableColourError(ValueError):
    """Words in these colours could not be read by everybody; faults says which and what could."""

    def __init__(self, faults: tuple[Unreadable, ...]) -> None:
        super().__init__("; ".join(f"{fault.contrast:.2f} to 1" for fault in faults))
        self.faults = faults


@transaction.atomic
def change_brand(
    *, name: str, light: Colour | None, dark: Colour | None, logo: Logo | None, keeps_logo: bool
) -> None:
    """Keep a name, colours and a logo; raises UnreadableColourError and then keeps nothing.

    Without a dark colour the light one is brightened until it can be read at night.
    """
    if light and dark is None:
        dark = nearest_readable(light, is_dark=True)
    faults = tuple(
        Unreadable(is_dark, found, nearest_readable(colour, is_dark=is_dark))
        for colour, is_dark in ((light, False), (dark, True))
        if colour and (found := least_contrast(colour, is_dark=is_dark)) < READABLE
    )
    if faults:
        raise UnreadableColourError(faults)
    brand = Brand.objects.select_for_update().first() or Brand(pk=1)
    brand.name, brand.light = name, str(light or "")
    brand.dark = str(dark or "") if light else ""
    if logo is not None or not keeps_logo:
        brand.logo = logo.data if logo else b""
        brand.logo_type = logo.media_type if logo else ""
    brand.digest = digest_of(brand)
    brand.save()
    transaction.on_commit(forget_appearance)

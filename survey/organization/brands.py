"""How the organisation shows itself to whoever is asked, kept in mind between pages."""

import base64
import hashlib
from dataclasses import dataclass, replace

from django.conf import settings
from django.core.cache import cache

from survey.organization.colours import DARK, LIGHT, mix, read_colour
from survey.organization.logos import Logo
from survey.organization.models import Brand

KEPT_AS = "organization.brand"
KEPT_SECONDS = 30  # other processes see a change after that long


@dataclass(frozen=True, slots=True)
class Appearance:
    """A name, two colours ("" for the product's own) and the digest of all of it ("" for none)."""

    name: str
    light: str = ""
    dark: str = ""
    has_logo: bool = False
    digest: str = ""

    @property
    def has_colours(self) -> bool:
        """Say whether pages are shown in colours of the organisation's own."""
        return bool(self.light)


def get_appearance() -> Appearance:
    """Return how the organisation shows itself; as the settings say where nobody has chosen."""
    found: Appearance | None = cache.get(KEPT_AS)
    if found is None:
        found = _read_appearance()
        cache.set(KEPT_AS, found, KEPT_SECONDS)
    return found if found.name else replace(found, name=settings.ORGANISATION_NAME)


def forget_appearance() -> None:
    """Let the next page read anew how the organisation shows itself."""
    cache.delete(KEPT_AS)


def find_style(*, digest: str) -> str | None:
    """Return the style sheet that belongs to a digest, if the organisation has colours so."""
    appearance = _read_appearance()  # anew: another process may have named the digest
    is_shown = appearance.has_colours and appearance.digest == digest
    return write_style(appearance) if is_shown else None


def find_logo(*, digest: str) -> Logo | None:
    """Return the logo that belongs to a digest, if that is how the organisation shows itself."""
    brand = Brand.objects.filter(digest=digest).exclude(logo_type="").first()
    return Logo(bytes(brand.logo), brand.logo_type) if brand else None


def write_style(appearance: Appearance) -> str:
    """Return the style sheet that puts the organisation's colours in place of the product's own."""
    dark = appearance.dark or appearance.light
    return (
        f":root{{{_tokens(appearance.light, LIGHT[0])}}}\n"
        f"@media (prefers-color-scheme:dark){{:root{{{_tokens(dark, DARK[0])}}}}}\n"
    )


def digest_of(brand: Brand) -> str:
    """Return a short digest of all that a brand shows."""
    told = [brand.name, brand.light, brand.dark, brand.logo_type]
    told.append(base64.b64encode(bytes(brand.logo)).decode())
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]


def _read_appearance() -> Appearance:
    brand = Brand.objects.defer("logo").first()
    if brand is None:
        return Appearance("")
    return Appearance(brand.name, brand.light, brand.dark, bool(brand.logo_type), brand.digest)


def _tokens(colour: str, ground: str) -> str:
    soft = mix(read_colour(colour), read_colour(ground))
    return f"--inside:{colour};--outside:{colour};--inside-soft:{soft};--outside-soft:{soft}"

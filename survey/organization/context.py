"""What every template may name."""

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest

from survey.organization.brands import Appearance, get_appearance


def product(request: WSGIRequest) -> dict[str, str | Appearance]:
    """Return how the organisation shows itself and the address where people get help."""
    brand = get_appearance()
    return {
        "organisation_name": brand.name,
        "brand": brand,
        "contact_email": settings.CONTACT_EMAIL,
    }

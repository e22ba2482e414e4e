"""What every template may name."""

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest


def product(request: WSGIRequest) -> dict[str, str]:
    """Return the organisation's name and the address where people get help."""
    return {
        "organisation_name": settings.ORGANISATION_NAME,
        "contact_email": settings.CONTACT_EMAIL,
    }

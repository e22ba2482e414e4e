"""What somebody typed beside the button that they pressed: it stands there again."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _


def tell_unsent(request: HttpRequest) -> None:
    """Say that what was typed elsewhere on the page was kept, and nothing was done with it."""
    messages.info(request, _("What still stands in the fields is neither saved nor sent yet."))

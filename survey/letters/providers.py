"""Which mail provider carries the letters over HTTP, and whether it can be told not to watch."""

from django.conf import settings

PROVIDERS = "anymail.backends."
WATCHERS = frozenset(  # they count readers unless they are told not to
    "mailersend mailgun mailjet mandrill postmark sendgrid sparkpost unisender_go".split()  # noqa: SIM905
)


def mail_provider() -> str:
    """Return the provider's name; empty where letters go by SMTP."""
    backend: str = settings.EMAIL_BACKEND
    if not backend.startswith(PROVIDERS):
        return ""
    return backend.removeprefix(PROVIDERS).partition(".")[0]


def can_forgo_tracking() -> bool:
    """Say whether the provider understands that nobody's reading is to be counted."""
    return mail_provider() in WATCHERS

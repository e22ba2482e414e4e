"""POST /api/v1/mail-events/: what a mail provider reports of letters that came back.

Anymail reads each provider's own format and checks who sends it. It would hand the events on by a
signal; here nothing listens to signals, so the two steps before it are taken by themselves.
"""

from datetime import date
from typing import Any
from uuid import UUID

from anymail import urls as anymail_urls
from anymail.exceptions import AnymailWebhookValidationFailure
from anymail.signals import AnymailTrackingEvent, EventType, RejectReason
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from survey.core.timestamps import local_date
from survey.letters.outcomes import DELIVERY_KEY
from survey.letters.providers import mail_provider
from survey.letters.services import MailEvent, take_mail_event

HOOKS = {pattern.name: pattern.callback.view_class for pattern in anymail_urls.urlpatterns}
UNWANTED = (RejectReason.SPAM, RejectReason.UNSUBSCRIBED)
BLOCKED = (RejectReason.BLOCKED, RejectReason.OTHER, RejectReason.TIMED_OUT)


@csrf_exempt
@require_http_methods(["HEAD", "POST"])
def mail_events(request: HttpRequest) -> HttpResponse:
    """Take a provider's report in; what it names but we never sent is passed over.

    There is no such address unless a provider carries the mail and a secret guards it.
    """
    hook_class = HOOKS.get(f"{mail_provider()}_tracking_webhook")
    if hook_class is None or not settings.ANYMAIL.get("WEBHOOK_SECRET"):
        raise Http404
    if request.method == "HEAD":  # providers try the address with it
        return HttpResponse()
    try:
        events = _read_events(hook_class(), request)
    except AnymailWebhookValidationFailure:
        return HttpResponse(status=401)
    except (ValueError, KeyError, TypeError, AttributeError):  # not what this provider sends
        return HttpResponse(status=400)
    for event in events:
        take_report(event, today=local_date(timezone.now()))
    return HttpResponse()


def take_report(event: AnymailTrackingEvent, *, today: date) -> None:
    """Write down what one event means for the letter it names, if it means anything."""
    meaning = read_meaning(event)
    key = read_key(event)
    if meaning is not None and key is not None:
        address = event.recipient or ""
        take_mail_event(key=key, event=meaning, today=today, address=address)


def read_meaning(event: AnymailTrackingEvent) -> MailEvent | None:
    """Return what an event says of a letter; None for all that is no trouble, or passes."""
    match event.event_type:
        case EventType.COMPLAINED | EventType.UNSUBSCRIBED:
            return MailEvent.COMPLAINED
        case EventType.BOUNCED | EventType.REJECTED if event.reject_reason in UNWANTED:
            return MailEvent.COMPLAINED
        case EventType.BOUNCED | EventType.REJECTED if event.reject_reason in BLOCKED:
            return MailEvent.BLOCKED
        case EventType.BOUNCED | EventType.REJECTED:
            return MailEvent.BOUNCED
        case EventType.FAILED:
            return MailEvent.DROPPED
    return None


def read_key(event: AnymailTrackingEvent) -> UUID | None:
    """Return the key of the delivery that an event is about; None where it names none of ours."""
    metadata: Any = event.metadata
    try:
        return UUID(str(metadata[DELIVERY_KEY]))
    except (KeyError, TypeError, ValueError):
        return None


def _read_events(hook: Any, request: HttpRequest) -> list[AnymailTrackingEvent]:
    hook.run_validators(request)
    events: list[AnymailTrackingEvent] = hook.parse_events(request)
    return events

"""What a load balancer asks: is the process alive, can it serve people, how is the rest."""

from collections.abc import Callable

from django.core.cache import cache
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from survey.answering.metrics import metrics
from survey.followup.wellbeing import Wellbeing, is_database_reachable, look_around

REMEMBERED = 5  # seconds for which a process does not look again


@never_cache
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """Say that the process answers."""
    return HttpResponse("alive\n", content_type="text/plain")


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Say whether people can be served, and what is ill: they are served without the broker."""
    found = _look()
    return JsonResponse(found.as_json(), status=200 if found.can_serve else 503)


def _look() -> Wellbeing:
    """Ask the database every time, and for all else at most every few seconds."""
    if not is_database_reachable():
        cache.delete("health")
        return look_around(now=timezone.now())
    try:
        found = cache.get_or_set("health", lambda: look_around(now=timezone.now()), REMEMBERED)
    except DatabaseError:
        return Wellbeing(
            "degraded", "reachable", "", problems=("The due work could not be counted.",)
        )
    return found or look_around(now=timezone.now())


CHECKS = {"/health/live": live, "/health/ready": ready, "/health/metrics": metrics}


class HealthFirstMiddleware:
    """Answers before host names and HTTPS are looked at: who asks from inside has neither."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a health check at once, and hand on everything else."""
        return CHECKS.get(request.path_info, self.get_response)(request)

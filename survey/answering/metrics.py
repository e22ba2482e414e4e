"""Figures on the machinery for Prometheus, read from the database whenever they are asked for.

Any process may answer, and all say the same. Nothing here is about a group or a person; answers
are told in full hundreds, so that nobody can see one arrive.
"""

from collections.abc import Iterator
from datetime import datetime
from secrets import compare_digest

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import generate_latest
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector

from survey import __version__
from survey.followup.due import list_due
from survey.followup.ticks import last_tick
from survey.followup.wellbeing import is_broker_reachable
from survey.letters.selectors import count_by_state
from survey.responses.selectors import count_waiting_boxes

STEP = 100  # of waiting answers


class Installation(Collector):
    """Reads every figure at one moment."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def collect(self) -> Iterator[Metric]:
        """Yield what Prometheus stores."""
        yield InfoMetricFamily("hearthline", "The product", {"version": __version__})
        yield from self._due()
        letters = GaugeMetricFamily("hearthline_letters", "Letters by state", labels=["state"])
        for state, n in count_by_state().items():
            letters.add_metric([state.lower()], n)
        yield letters
        yield _gauge(
            "boxes_waiting",
            f"Answers that wait for their seal, rounded down to {STEP}",
            count_waiting_boxes() // STEP * STEP,
        )
        yield _gauge("broker_reachable", "1 if the broker answers", float(is_broker_reachable()))
        ticked_at = last_tick()
        if ticked_at is not None:
            told = "When the timetable last went round, to the minute"
            yield _gauge("last_tick_timestamp_seconds", told, ticked_at.timestamp())

    def _due(self) -> Iterator[Metric]:
        rows = GaugeMetricFamily("hearthline_due_rows", "Due rows", labels=["stage"])
        oldest = GaugeMetricFamily(
            "hearthline_oldest_due_seconds", "Age of the oldest due row", labels=["stage"]
        )
        for due in list_due(now=self._now):
            rows.add_metric([due.stage], due.n)
            oldest.add_metric([due.stage], due.age_at(self._now))
        yield rows
        yield oldest


def _gauge(name: str, told: str, value: float) -> Metric:
    return GaugeMetricFamily(f"hearthline_{name}", told, value=value)


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Tell the figures to whoever has the token; without a token in the settings there are none."""
    if not settings.METRICS_TOKEN:
        return HttpResponse("not here\n", content_type="text/plain", status=404)
    if not _may_see(request):
        refusal = HttpResponse("a token is needed\n", content_type="text/plain", status=401)
        refusal["WWW-Authenticate"] = "Bearer"
        return refusal
    try:
        text = generate_latest(Installation(timezone.now()))
    except DatabaseError:
        return HttpResponse("no database\n", content_type="text/plain", status=503)
    return HttpResponse(text, content_type=CONTENT_TYPE_PLAIN_0_0_4)


def _may_see(request: HttpRequest) -> bool:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    wanted = settings.METRICS_TOKEN.encode()
    return compare_digest(token.strip().encode(), wanted) and kind.lower() == "bearer"

"""Read stored cascades."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from survey.campaigns.models import Pairing
from survey.linkage.models import CascadeStudy
from survey.organization.models import Team

SCHEMA = 1


def latest_cascade(
    *, pairing: Pairing, scope: Team | None = None, period_start: date | None = None
) -> CascadeStudy | None:
    """Return the last cascade of a pairing (or that of a period) to a part, or to all of it."""
    found = CascadeStudy.objects.filter(pairing=pairing, scope=scope or pairing.ex.scope_id)
    if period_start is not None:
        found = found.filter(period_start=period_start)
    return found.select_related("scope", "pairing").order_by("-period_start").first()


def cascade_periods(*, pairing: Pairing) -> tuple[date, ...]:
    """Return the periods that have a cascade of all arrows, the earliest first."""
    found = CascadeStudy.objects.filter(pairing=pairing, scope=pairing.ex.scope_id)
    return tuple(found.order_by("period_start").values_list("period_start", flat=True))


def cascade_document(
    *, pairing: Pairing, scope: Team | None = None, period_start: date | None = None
) -> dict[str, Any]:
    """Return a cascade as plain data: numbers or None; a reason where there is none."""
    study = latest_cascade(pairing=pairing, scope=scope, period_start=period_start)
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "pairing": pairing.code,
        "scope": (scope or pairing.ex.scope).code,
        "period": None,
        "release_checksum": None,
        "seed": None,
        "n_arrows": 0,
        "n_waves": 0,
        "scales": {},
        "chains": [],
        "arrows": [],
        "teams": [],
        "reason": "",
    }
    if study is None:
        return document | {"reason": _explain_missing(pairing, scope)}
    stored = ("release_checksum", "seed", "n_arrows", "n_waves", "scales", "chains", "arrows")
    return document | {
        "period": study.period_start.isoformat(),
        **{name: getattr(study, name) for name in (*stored, "teams")},
    }


def _explain_missing(pairing: Pairing, scope: Team | None) -> str:
    if pairing.colleague_id is None:
        return _("No survey among colleagues belongs to this comparison.")
    if scope is not None and latest_cascade(pairing=pairing) is not None:
        return _("Fewer than 20 pairs of teams end below %(part)s.") % {"part": scope}
    return _("No survey among colleagues has figures for this yet.")

"""What the form of a new promise offers and starts from, and what becomes of it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Max

from survey.aggregation.selectors import current_releases
from survey.campaigns.models import Wave
from survey.dashboards.access import Reader
from survey.dashboards.promises.access import is_office, offered_teams
from survey.dashboards.promises.forms import WONT, PromiseForm
from survey.followup.models import Commitment
from survey.followup.promising import Wording, find_promiser, make_commitment, refuse_wish
from survey.organization.models import Team
from survey.questionnaires.models import Audience, Scale


def build_form(
    reader: Reader, data: Mapping[str, Any] | None, *, wanted: Mapping[str, str], today: date
) -> PromiseForm:
    """Return the form of a new promise, filled in from the page it was asked for on."""
    teams = offered_teams(reader, today=today)
    named = [pk for pk, code, _ in teams if code == wanted.get("team")]
    audience = wanted.get("audience")
    return PromiseForm(
        data,
        initial={
            "team": named[0] if named else None,
            "audience": audience if audience in Audience.values else Audience.EMPLOYEE,
            "who_name": reader.user.name,
            "is_shown_outside": True,
        },
        teams=[(pk, name) for pk, _, name in teams],
        has_everybody=is_office(reader),
        themes=list_themes(),
        today=today,
    )


def list_themes() -> list[tuple[str, str]]:
    """Return the scales that released surveys asked, by name."""
    asked = {code for one in current_releases() for code in one.wave.scale_codes}
    scales = Scale.objects.filter(code__in=asked, facet_of=None).order_by("name")
    return list(scales.values_list("code", "name"))


def save_promise(*, reader: Reader, form: PromiseForm, now: datetime) -> Commitment:
    """Make the promise that a valid form holds, or say no with its reason."""
    data = form.cleaned_data
    wording = Wording(
        audience=data["audience"],
        what=data["what"],
        heard=data["heard"],
        team=Team.objects.get(pk=data["team"]) if data["team"] else None,
        wave=_last_wave(data["audience"]),
        theme=data["theme"],
        is_shown_outside=data["is_shown_outside"],
    )
    who = find_promiser(name=data["who_name"], otherwise=reader.user)
    promiser: dict[str, Any] = {
        "wording": wording, "who_name": data["who_name"], "who": who, "by": reader.user, "now": now,
    }  # fmt: skip
    if data["answer"] == WONT:
        return refuse_wish(because=data["because"], **promiser)
    return make_commitment(due_date=data["due_date"], **promiser)


def _last_wave(audience: str) -> Wave | None:
    """Return the survey of an audience that was released last: what it said is answered."""
    releases = current_releases().filter(wave__campaign__audience=audience)
    last = releases.order_by().values("wave").annotate(at=Max("made_at")).order_by("-at").first()
    return Wave.objects.get(pk=last["wave"]) if last else None

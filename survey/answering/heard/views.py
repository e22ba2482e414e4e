"""The heard pages: reading one writes nothing. The way out of letters stops them on a POST."""

from django.core.validators import slug_re
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from survey.answering.respondents import respondent_page
from survey.answering.speaking import own_languages
from survey.core.timestamps import local_date
from survey.followup.heard import build_heard_page, find_published
from survey.followup.models import Playback
from survey.followup.ways_out import UnknownWayOutError, is_stopped, stop_by
from survey.questionnaires.models import Audience

FOR_FIVE_MINUTES = "public, max-age=300"


@require_safe
def heard(request: HttpRequest) -> HttpResponse:
    """Tell customers, and everybody else who comes by, what was heard and what comes of it."""
    response = _customers(request)
    if response.status_code == 200:
        response["Cache-Control"] = FOR_FIVE_MINUTES
        del response["X-Robots-Tag"]  # this page is for everybody
        patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


@respondent_page
@require_safe
def heard_staff(request: HttpRequest, code: str) -> HttpResponse:
    """Tell staff what was heard: the page of whoever has the letter."""
    playback = find_published(audience=Audience.EMPLOYEE, code=code)
    if playback is None:
        raise Http404
    return _show(request, playback, Audience.EMPLOYEE)


@respondent_page
@require_http_methods(["GET", "HEAD", "POST"])
def stop_heard(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whoever holds a letter whether no more letters shall come; stop them when they say so."""
    try:
        if request.method == "POST":
            stop_by(token=token, today=local_date(timezone.now()))
        stopped = is_stopped(token=token)
    except UnknownWayOutError as error:
        raise Http404 from error
    context = {
        "is_known": stopped is not None,
        "is_stopped": bool(stopped),
        "own_languages": own_languages(),
    }
    return render(request, "answering/heard/stop.html", context)


@respondent_page
def _customers(request: HttpRequest) -> HttpResponse:
    code = request.GET.get("of", "")
    if code and not slug_re.fullmatch(code):
        raise Http404
    playback = find_published(audience=Audience.CUSTOMER, code=code)
    if code and playback is None:
        raise Http404
    return _show(request, playback, Audience.CUSTOMER)


def _show(request: HttpRequest, playback: Playback | None, audience: str) -> HttpResponse:
    language = request.GET.get("lang") or get_language()
    page = build_heard_page(
        playback=playback,
        audience=audience,
        language=language,
        today=local_date(timezone.now()),
    )
    context = {"page": page, "code": request.GET.get("of", "")}
    return render(request, "answering/heard/page.html", context)

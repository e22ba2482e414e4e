"""First pages that look alike for everybody, drawn once and filled in for each.

A sheet leaves open what is somebody's own: what their group is called, the way out of letters, and
the way back to their words.
It is kept with its wave, as long as what the page says of the wave is kept in mind. Nothing that
was sent or picked, and nothing that is known of a visit, is ever on one.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.html import escape

from survey.answering.asking import Stage, show_page
from survey.answering.call_forms import CallForm, new_key
from survey.answering.returning import FIELD, offers_way_back
from survey.answering.speaking import is_on_shared_device
from survey.campaigns.links import stop_token
from survey.campaigns.naming import say_group
from survey.campaigns.selectors import Link, content_of
from survey.organization.brands import Appearance, get_appearance
from survey.questionnaires.content import QuestionnaireContent
from survey.questionnaires.languages import choose_language, speak
from survey.questionnaires.likeness import is_alike_for_all, list_attributes
from survey.questionnaires.routing import Circumstances
from survey.questionnaires.turns import begin
from survey.responses.return_keys import make_return_key

TEMPLATE = "answering/answer.html"
MOST_KEPT = 200  # of one wave; about ten kilobytes each
# What stands in the places left open, which no author can have written
GROUP = f"group-{secrets.token_hex(16)}"
WAY_OUT = f"stop-{secrets.token_hex(16)}"
CALL_KEY = f"call-{secrets.token_hex(16)}"
WAY_BACK = f"return-{secrets.token_hex(16)}"


@dataclass(frozen=True, slots=True)
class Look:
    """All that decides how a first page looks, beside what is kept in mind of its wave."""

    language: str
    attributes: tuple[object, ...]
    group_kind: str
    closes_at: datetime
    is_shared: bool
    appearance: Appearance


def show_first_page(
    request: HttpRequest, link: Link, *, language: str, token: str
) -> HttpResponse | None:
    """Show the page on which nothing is answered yet; None where it is not alike for everybody."""
    if link.arrows:  # nearly everybody rates other teams
        return None
    content = content_of(wave=link.wave)
    language = choose_language(language, content.languages)
    look = _look_of(request, link, content, language)
    sheet = link.drawn.get(look)
    if sheet is None:
        if not is_alike_for_all(content):
            return None
        sheet = _draw(request, link, content, look)
        if len(link.drawn) < MOST_KEPT:
            link.drawn[look] = sheet
    with speak(language):
        group = say_group(name=link.group.name, kind=link.group.kind)
    page = sheet.replace(GROUP, escape(group)).replace(WAY_OUT, stop_token(token=token))
    page = page.replace(CALL_KEY, new_key())
    page = page.replace(WAY_BACK, make_return_key(wave_id=link.wave.pk))
    return HttpResponse(page, headers={"Content-Language": language})


def _look_of(
    request: HttpRequest, link: Link, content: QuestionnaireContent, language: str
) -> Look:
    known = link.group.attributes
    return Look(
        language=language,
        attributes=tuple((code, known.get(code)) for code in sorted(list_attributes(content))),
        group_kind=link.group.kind,
        closes_at=link.wave.closes_at,
        is_shared=is_on_shared_device(request),
        appearance=get_appearance(),
    )


def _draw(request: HttpRequest, link: Link, content: QuestionnaireContent, look: Look) -> str:
    page = begin(
        content, look.language, circumstances=Circumstances(attributes=link.group.attributes)
    )
    stage = Stage(content, page.language, page, call=CallForm(key=CALL_KEY))
    is_kept = offers_way_back(content, is_shared=look.is_shared)
    more = {
        "stop_token": WAY_OUT,
        "is_shared": look.is_shared,
        "return_field": FIELD,
        "return_key": WAY_BACK if is_kept else "",
    }
    return show_page(request, link, stage, page, template=TEMPLATE, more=more, group=GROUP).text

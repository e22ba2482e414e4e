"""The third step: the letter, beside it the letter as the recipient sees it, and a test of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from csp.constants import NONE, SELF
from csp.decorators import csp, csp_update
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from survey.campaigns.facts import state_facts
from survey.campaigns.models import Invitation, Schedule, Wave
from survey.campaigns.reminder_words import ReminderWords
from survey.campaigns.selectors import content_of, find_letter
from survey.campaigns.services import RemindersRefusedError, set_campaign_letter, set_reminders
from survey.campaigns.services.redrafting import word_draft
from survey.campaigns.services.testing import NoLetterYetError, send_test_letter
from survey.console.access import posted, signs_as, who_asks
from survey.console.hints import TESTED, hint
from survey.console.pulse.checks import sender_of
from survey.console.pulse.last_time import TAKE, Offer, offer_paragraphs, take_over
from survey.console.pulse.planning import reminder_words
from survey.console.pulse.sending import WITH_LETTER
from survey.console.pulse.steps import Step, go_on, on_draft, on_wave
from survey.console.pulse.views import show_step
from survey.console.pulse.wording import (
    MessageForm,
    language_name,
    letter_initial,
    shown_languages,
)
from survey.console.words import first_letter
from survey.core.timestamps import local_date
from survey.letters.composing import render_letter
from survey.letters.models import Letter
from survey.letters.phrases import LANGUAGES
from survey.letters.voice import Finding, lint_letter
from survey.letters.words import letter_words
from survey.questionnaires.selectors import list_constructs

INLINE_STYLES = "'unsafe-inline'"  # letters carry their styles with them
LETTER_POLICY = {
    "default-src": [NONE],
    "style-src": [INLINE_STYLES],
    "frame-ancestors": [SELF],
    "base-uri": [NONE],
    "form-action": [NONE],
}


@dataclass(frozen=True, slots=True)
class Fault:
    """Something a person would not write, and the field it stands in."""

    field: str
    label: str
    finding: Finding


@csp_update(WITH_LETTER)
@on_draft
@require_http_methods(["GET", "HEAD", "POST"])
def message(request: HttpRequest, wave: Wave, now: datetime) -> HttpResponse:
    """Write the letter, in the voice of whoever signs it; words of marketers are refused."""
    offers = _offers(request, wave, now)
    form = _form(request, wave, offers)
    is_valid = form.is_valid()
    faults = list(find_faults(form)) if is_valid or not form.is_bound else []
    context = _context(form, wave, faults) | {"offers": offers}
    if TAKE in request.POST or not is_valid or any(fault.finding.is_blocking for fault in faults):
        return show_step(request, wave, now, Step.MESSAGE, context)
    problem = _save(form, wave, now)
    if problem:
        form.add_error("body_reminder_1", problem)
        return show_step(request, wave, now, Step.MESSAGE, context)
    added = request.POST.get("add", "")
    if added in LANGUAGES:
        response = go_on(request, wave_id=wave.pk, step=Step.MESSAGE)
        response["Location"] = f"{Step.MESSAGE.address(wave.pk)}?add={added}#id_subject_{added}"
        return response
    return go_on(request, wave_id=wave.pk, step=Step.MESSAGE)


@csp(LETTER_POLICY)
@xframe_options_sameorigin
@on_wave
@require_safe
def preview(request: HttpRequest, wave: Wave, now: datetime) -> HttpResponse:
    """Show the letter of a wave as somebody gets it, with links that lead nowhere."""
    letter = find_letter(wave=wave)
    language = request.GET.get("language", "")
    html = render_example(wave=wave, letter=letter, language=language) if letter else ""
    return HttpResponse(html)


def render_example(*, wave: Wave, letter: Letter, language: str = "") -> str:
    """Return a letter as HTML, as an invented reader of a language would get it."""
    words = letter_words(letter=letter, language=language)
    facts = state_facts(
        invitation=Invitation(wave=wave),
        recipient_name=_("Sam Taylor"),  # letters greet by the whole name of the staff list
        answer_url=f"{settings.BASE_URL}/r/…",
        stop_url=f"{settings.BASE_URL}/stop/…",
        language=words.language,
        has_first_item=letter.has_first_item,
    )
    return render_letter(letter=letter, facts=facts, language=words.language).html


@on_wave
@require_POST
def test_letter(request: HttpRequest, wave: Wave, now: datetime) -> HttpResponse:
    """Send the letter as it was last saved to whoever writes it."""
    user = who_asks(request)
    try:
        send_test_letter(wave_id=wave.pk, address=user.email, name=user.name, now=now)
    except NoLetterYetError:
        messages.warning(request, _("Write the letter first."))
    else:
        hint(*TESTED)
        words = _("On its way to %(address)s. Nothing in it counts.")
        messages.success(request, words % {"address": user.email})
    return redirect(Step.MESSAGE.address(wave.pk))


def find_faults(form: MessageForm) -> Iterator[Fault]:
    """Yield what the linter says of the words of a form, in every language they are written in."""
    own = form["language"].value() or LANGUAGES[0]
    yield from _lint(form, "subject", "body", own)
    for code in form.languages:
        if form[f"subject_{code}"].value():
            yield from _lint(form, f"subject_{code}", f"body_{code}", code)
    for group in form.reminder_groups():
        subject, body = group.fields
        if subject.value():
            yield from _lint(form, subject.name, body.name, own)


def _lint(form: MessageForm, subject: str, body: str, language: str) -> Iterator[Fault]:
    fields = {"subject": subject, "body": body, "signer": "signer_name", "reply_to": "reply_to"}
    findings = lint_letter(
        subject=form[subject].value() or "",
        body=form[body].value() or "",
        signer_name=form["signer_name"].value() or "",
        reply_to=form["reply_to"].value() or "",
        language=language,
    )
    for finding in findings:
        field = form[fields[finding.place]]
        if finding.place in ("subject", "body") or subject == "subject":
            yield Fault(field.id_for_label, str(field.label), finding)


@transaction.atomic
def _save(form: MessageForm, wave: Wave, now: datetime) -> str:
    """Store the letter and the words of the reminders; return why that cannot be."""
    letter = form.words().save()
    days = {row.number: row.due_date for row in wave.reminders.all()}
    word_draft(wave_id=wave.pk, letter=letter)
    if Schedule.objects.filter(campaign=wave.campaign_id, is_active=True).exists():
        set_campaign_letter(campaign=wave.campaign, letter=letter)
    said = {number: form.reminder_words(number) for number in form.reminders}
    planned = [
        (days[number], ReminderWords(*words) if all(words) else None)
        for number, words in said.items()
    ]
    try:
        with transaction.atomic():
            set_reminders(wave_id=wave.pk, reminders=planned, now=now)
    except RemindersRefusedError as refused:
        if not planned:
            return ""
        transaction.set_rollback(True)
        return " ".join(refused.problems)
    return ""


def _context(form: MessageForm, wave: Wave, faults: list[Fault]) -> dict[str, Any]:
    letter = find_letter(wave=wave)
    is_blocked = any(fault.finding.is_blocking for fault in faults)
    return {
        "form": form,
        "faults": faults,
        "is_refused": form.is_bound and is_blocked,
        "languages": _addable(form),
        "letter": letter,
        "sender": sender_of(letter) if letter else "",
        "can_test": letter is not None,
        "written_in": _written_in(letter),
    }


def _written_in(letter: Letter | None) -> list[tuple[str, str]]:
    """Return the languages of a letter's translations, to be looked at one by one."""
    codes = [row.language for row in letter.translations.all()] if letter else []
    return [(code, language_name(code)) for code in sorted(codes)]


def _offers(request: HttpRequest, wave: Wave, now: datetime) -> tuple[Offer, ...]:
    """Return what the letter may say of last time, in the language that it is written in."""
    letter = find_letter(wave=wave)
    language = request.POST.get("language") or (letter.language if letter else LANGUAGES[0])
    audience = wave.campaign.audience
    return offer_paragraphs(audience=audience, language=language, today=local_date(now))


def _form(request: HttpRequest, wave: Wave, offers: tuple[Offer, ...]) -> MessageForm:
    letter = find_letter(wave=wave)
    user = who_asks(request)
    initial: dict[str, Any] = letter_initial(letter) or first_letter(
        user=user,
        audience=wave.campaign.audience,
        role=signs_as(user),
        constructs=list_constructs(content=content_of(wave=wave)),
    )
    words = reminder_words(wave=wave)
    for number, said in words.items():
        initial[f"subject_reminder_{number}"] = said.subject
        initial[f"body_reminder_{number}"] = said.body
    data = posted(request)
    if data is not None and TAKE in data:
        data = take_over(data, offers=offers)
    added = request.GET.get("add", "") if data is None else ""
    sent = [code for code in LANGUAGES if data is not None and f"subject_{code}" in data]
    return MessageForm(
        data,
        initial=initial,
        languages=sent or shown_languages(initial, added=added),
        reminders=sorted(words),
    )


def _addable(form: MessageForm) -> list[tuple[str, str]]:
    taken = {form["language"].value() or LANGUAGES[0], *form.languages}
    return [(code, language_name(code)) for code in LANGUAGES if code not in taken]

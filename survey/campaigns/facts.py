"""The plain facts of a letter, from the settings in force: how long, who sees, until when, why you.

They are told in the language of the letter, so far as there are sentences in it.
"""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from survey.campaigns.choosing import filter_of
from survey.campaigns.models import Invitation, Wave
from survey.campaigns.occasions import circumstances_of_letter
from survey.campaigns.rosters import asks_colleagues
from survey.campaigns.selectors import content_of
from survey.campaigns.zones import zone_of
from survey.core.timestamps import local_date
from survey.letters.composing import FirstItem, FirstOption, LetterFacts
from survey.letters.phrases import say, say_date
from survey.letters.words import primary_tag
from survey.questionnaires.models import Audience, ItemKind
from survey.questionnaires.pages import build_page, estimate_minutes
from survey.questionnaires.routing import UNKNOWN, Circumstances

MOMENT = timedelta(microseconds=1)  # what closes at midnight ends on the day before


def state_facts(
    *,
    invitation: Invitation,
    recipient_name: str,
    answer_url: str,
    stop_url: str,
    language: str = "en",
    has_first_item: bool = False,
) -> LetterFacts:
    """Return what a letter tells somebody beside the words of whoever signed it."""
    wave = invitation.wave
    return LetterFacts(
        recipient_name=recipient_name,
        answer_url=answer_url,
        stop_url=stop_url,
        minutes=say_minutes(wave=wave),
        who_sees=say_who_sees(wave=wave, language=language),
        hears_back=say_hears_back(wave=wave, language=language),
        why_you=say_why_you(invitation=invitation, language=language),
        until=say_until(
            wave=wave,
            language=language,
            zone=zone_of(invitation.person or invitation.customer),
        ),
        first_item=ask_first(
            wave=wave,
            answer_url=answer_url,
            language=language,
            circumstances=circumstances_of_letter(invitation=invitation),
        )
        if has_first_item
        else None,
    )


def ask_first(
    *, wave: Wave, answer_url: str, language: str, circumstances: Circumstances = UNKNOWN
) -> FirstItem | None:
    """Return the first question with a link for each answer; None where it is not one choice.

    A link opens the page with the answer chosen; nothing counts before it is sent there. Among
    colleagues there is none: which team it is about stands on the page alone.
    """
    if asks_colleagues(wave=wave):
        return None
    content = content_of(wave=wave)
    known = (language, primary_tag(language), content.languages[0])
    page = build_page(
        content, next(tag for tag in known if tag in content.languages), circumstances=circumstances
    )
    question = page.questions[0]
    if not content.items[0].is_closed:
        return None
    labels = {choice.value: choice.text or choice.value for choice in question.choices}
    if question.kind == ItemKind.RATING:
        labels |= _name_ends(list(labels), question.low_end, question.high_end)
    if question.cant_say is not None:
        labels[question.cant_say.value] = say("cant_say", question.language)
    return FirstItem(
        question=question.text,
        options=tuple(
            FirstOption(label, _with_choice(answer_url, value)) for value, label in labels.items()
        ),
        language=question.language,
    )


def in_language(answer_url: str, language: str, usual: str) -> str:
    """Return an answer link that opens the page in the letter's language, if that is not usual."""
    return answer_url if language == usual else f"{answer_url}?lang={language}"


def say_minutes(*, wave: Wave) -> int:
    """Return how many minutes the questionnaire takes, as its page says too.

    Among colleagues it is asked about several teams; those who rate fewer need less.
    """
    times = wave.campaign.arrows_per_person if asks_colleagues(wave=wave) else 1
    return estimate_minutes(content_of(wave=wave), times=times)


def say_who_sees(*, wave: Wave, language: str = "en") -> str:
    """Return in one sentence who sees what becomes of the answers."""
    return say("who_sees", language, n=wave.threshold)


def say_hears_back(*, wave: Wave, language: str = "en") -> str:
    """Return in one sentence when figures are made of the answers."""
    if wave.campaign.audience == Audience.CUSTOMER:
        return say("hears_back_customers", language)
    closes = say_date(local_date(wave.closes_at), language)
    return say("hears_back_staff", language, day=closes)


def say_why_you(*, invitation: Invitation, language: str = "en") -> str:
    """Return in one sentence why somebody is asked; empty where the occasion was erased."""
    wave = invitation.wave
    if asks_colleagues(wave=wave):
        return say("why_colleagues", language)
    if wave.campaign.audience != Audience.CUSTOMER:
        who = "why_some" if filter_of(wave=wave) else "why_staff"
        return say(who, language, scope=wave.campaign.scope)
    interaction = invitation.interaction
    if interaction is None:
        return ""
    day = say_date(local_date(interaction.occurred_at), language)
    return say("why_customer", language, team=interaction.team, day=day)


def say_until(*, wave: Wave, language: str = "en", zone: str = "") -> str:
    """Return the last day for answers, by the clock of a zone or else the organisation's.

    It is empty for customers, whose waves run for months.
    """
    if wave.campaign.audience == Audience.CUSTOMER:
        return ""
    last = (wave.closes_at - MOMENT).astimezone(ZoneInfo(zone or settings.TIME_ZONE))
    return say("until", language, day=say_date(last.date(), language))


def _name_ends(values: list[str], low: str, high: str) -> dict[str, str]:
    """Return the numbers at the ends of a rating with what they mean."""
    ends = {values[0]: low, values[-1]: high}
    return {value: f"{value} ({words})" for value, words in ends.items() if words}


def _with_choice(answer_url: str, value: str) -> str:
    return f"{answer_url}{'&' if '?' in answer_url else '?'}a={value}"

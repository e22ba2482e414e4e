"""What is wrong with a draft itself, whoever would be asked."""

from datetime import datetime

from django.utils.translation import gettext as _

from survey.campaigns.arrow_checks import list_channel_faults, list_question_faults
from survey.campaigns.audience import AudienceError, check_audience
from survey.campaigns.choosing import filter_of
from survey.campaigns.cuts import CutsError, check_cuts
from survey.campaigns.findings import Finding, Part, find
from survey.campaigns.models import Channel, Wave
from survey.campaigns.rosters import asks_customers, asks_people
from survey.campaigns.selectors import content_of, find_letter
from survey.letters.models import Letter
from survey.letters.voice import lint_letter
from survey.letters.words import Words, letter_words
from survey.questionnaires.models import Audience, QuestionnaireStatus


def list_faults(*, wave: Wave, now: datetime) -> list[Finding]:
    """Return a sentence for everything that must be put right before a wave is launched."""
    faults = find(Part.TIMING, _time_faults(wave, now))
    faults += find(Part.QUESTIONS, _question_faults(wave))
    faults += find(Part.QUESTIONS, list_question_faults(wave=wave))
    faults += find(Part.PEOPLE, list_channel_faults(wave=wave))
    faults += find(Part.PEOPLE, _audience_faults(wave))
    if asks_people(wave=wave) or asks_customers(wave=wave):
        letter = find_letter(wave=wave)
        faults += find(Part.MESSAGE, _letter_faults(letter, wave) if letter else _no_letter())
    return faults


def _time_faults(wave: Wave, now: datetime) -> list[str]:
    faults = []
    if wave.launched_at is not None:
        faults.append(_("This wave has been launched already."))
    if wave.closes_at <= now:
        faults.append(_("This wave would close before it opens: choose a later closing time."))
    return faults


def _question_faults(wave: Wave) -> list[str]:
    if wave.questionnaire.status != QuestionnaireStatus.PUBLISHED:
        return [_("The questionnaire is not published yet.")]
    if not any(item.is_closed for item in content_of(wave=wave).items):
        return [_("There is nothing to ask: choose a questionnaire, or scales that it asks.")]
    return []


def _audience_faults(wave: Wave) -> list[str]:
    """Return why people can no longer be chosen as they were: an attribute was dropped, say."""
    faults = []
    if wave.channel == Channel.OPEN and wave.campaign.audience == Audience.EMPLOYEE:
        faults.append(_("Open links are for customers: whoever finds one could answer for staff."))
    try:
        check_audience(audience_filter=filter_of(wave=wave), scope=wave.campaign.scope)
        check_cuts(
            codes=wave.campaign.cut_codes,
            audience=wave.campaign.audience,
            levels=wave.campaign.cut_levels,
        )
    except (AudienceError, CutsError) as error:
        faults.append(str(error))
    return faults


def _no_letter() -> list[str]:
    return [_("There is no letter yet: people would not know who asks them.")]


def _letter_faults(letter: Letter, wave: Wave) -> list[str]:
    """Return what is wrong with a letter and its reminders, in any of their languages."""
    faults = []
    if not (letter.signer_name.strip() and letter.reply_to):
        faults.append(_("Nobody signs the letter: name a person, with an address they read."))
    faults += _word_faults(letter, _("The letter"), signer=letter)
    reminders = wave.reminders.filter(queued_at__isnull=True, stopped_at__isnull=True)
    for reminder in reminders.select_related("letter").order_by("number"):
        what = _("Reminder %(number)s") % {"number": reminder.number}
        faults += _word_faults(reminder.letter, what, signer=letter)
    return faults


def _word_faults(letter: Letter, what: str, *, signer: Letter) -> list[str]:
    faults = []
    languages = sorted({letter.language, *(row.language for row in letter.translations.all())})
    for language in languages:
        words = letter_words(letter=letter, language=language)
        if words.subject.strip() and words.body.strip():
            faults += _blocking_findings(words, what, signer)
        else:
            empty = _("%(what)s has no words in %(language)s yet: write it, or take it out.")
            faults.append(empty % {"what": what, "language": language})
    return faults


def _blocking_findings(words: Words, what: str, signer: Letter) -> list[str]:
    findings = lint_letter(
        subject=words.subject,
        body=words.body,
        signer_name=signer.signer_name,
        reply_to=signer.reply_to,
        language=words.language,
    )
    sentence = _("%(what)s (%(language)s) says “%(quote)s”: %(why)s")
    return [
        sentence
        % {
            "what": what,
            "language": words.language,
            "quote": finding.quote,
            "why": finding.why,
        }
        for finding in findings
        if finding.is_blocking
    ]

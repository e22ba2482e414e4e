"""What is wrong with a draft itself, whoever would be asked."""

from datetime import datetime

from survey.campaigns.audience import AudienceError, check_audience
from survey.campaigns.choosing import filter_of
from survey.campaigns.models import Channel, Wave
from survey.campaigns.rosters import asks_customers, asks_people
from survey.campaigns.selectors import content_of, find_letter
from survey.letters.models import Letter
from survey.letters.voice import lint_letter
from survey.letters.words import Words, letter_words
from survey.questionnaires.models import Audience, QuestionnaireStatus


def list_faults(*, wave: Wave, now: datetime) -> list[str]:
    """Return a sentence for everything that must be put right before a wave is launched."""
    faults = []
    if wave.launched_at is not None:
        faults.append("This wave has been launched already.")
    if wave.closes_at <= now:
        faults.append("This wave would close before it opens: choose a later closing time.")
    if wave.questionnaire.status != QuestionnaireStatus.PUBLISHED:
        faults.append("The questionnaire is not published yet.")
    elif not any(item.is_closed for item in content_of(wave=wave).items):
        faults.append("There is nothing to ask: choose a questionnaire, or scales that it asks.")
    if wave.channel == Channel.OPEN and wave.campaign.audience != Audience.CUSTOMER:
        faults.append("Open links are for customers: whoever finds one could answer for staff.")
    faults += _audience_faults(wave)
    if asks_people(wave=wave) or asks_customers(wave=wave):
        letter = find_letter(wave=wave)
        faults += _no_letter() if letter is None else _letter_faults(letter, wave)
    return faults


def _audience_faults(wave: Wave) -> list[str]:
    """Return why people can no longer be chosen as they were: an attribute was dropped, say."""
    try:
        check_audience(audience_filter=filter_of(wave=wave), scope=wave.campaign.scope)
    except AudienceError as error:
        return [str(error)]
    return []


def _no_letter() -> list[str]:
    return ["There is no letter yet: people would not know who asks them."]


def _letter_faults(letter: Letter, wave: Wave) -> list[str]:
    """Return what is wrong with a letter and its reminders, in any of their languages."""
    faults = []
    if not (letter.signer_name.strip() and letter.reply_to):
        faults.append("Nobody signs the letter: name a person, with an address they read.")
    faults += _word_faults(letter, "The letter", signer=letter)
    reminders = wave.reminders.filter(queued_at__isnull=True, stopped_at__isnull=True)
    for reminder in reminders.select_related("letter").order_by("number"):
        faults += _word_faults(reminder.letter, f"Reminder {reminder.number}", signer=letter)
    return faults


def _word_faults(letter: Letter, what: str, *, signer: Letter) -> list[str]:
    faults = []
    languages = sorted({letter.language, *(row.language for row in letter.translations.all())})
    for language in languages:
        words = letter_words(letter=letter, language=language)
        if words.subject.strip() and words.body.strip():
            faults += _blocking_findings(words, what, signer)
        else:
            faults.append(f"{what} has no words in {language} yet: write it, or take it out.")
    return faults


def _blocking_findings(words: Words, what: str, signer: Letter) -> list[str]:
    findings = lint_letter(
        subject=words.subject,
        body=words.body,
        signer_name=signer.signer_name,
        reply_to=signer.reply_to,
        language=words.language,
    )
    return [
        f"{what} ({words.language}) says “{finding.quote}”: {finding.why}"
        for finding in findings
        if finding.is_blocking
    ]

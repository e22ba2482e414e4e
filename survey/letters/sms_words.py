"""The words of a text message: who asks, the link, and how to stop, in one message of 160."""

import unicodedata
from collections.abc import Iterator

from django.conf import settings

from survey.letters.composing import ComposedLetter, LetterFacts
from survey.letters.models import Letter

LONGEST = 160
# GSM 03.38: what takes one place each, and what takes two
BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = frozenset("^{}\\[~]|€")
LIKE = str.maketrans(
    {"ł": "l", "Ł": "L", "đ": "d", "œ": "oe", "ç": "c", "–": "-", "…": "...", "\u00a0": " "}
    | {"’": "'", "\u2018": "'", "“": '"', "”": '"', "„": '"'}
)

QUESTIONS = {
    "en": "How was it with us?",
    "de": "Wie war es bei uns?",
    "fr": "Comment était-ce chez nous?",
    "es": "¿Qué tal le fue con nosotros?",
    "nl": "Hoe was het bij ons?",
    "it": "Com'è andata da noi?",
    "pt": "Como correu connosco?",
    "pl": "Jak było u nas?",
}
STOP = {
    "en": "Stop: {how}",
    "de": "Stopp: {how}",
    "fr": "Stop: {how}",
    "es": "Parar: {how}",
    "nl": "Stop: {how}",
    "it": "Stop: {how}",
    "pt": "Parar: {how}",
    "pl": "Stop: {how}",
}
SAME_PAGE = {
    "en": "Stop: same link",
    "de": "Stopp: derselbe Link",
    "fr": "Stop: même lien",
    "es": "Parar: mismo enlace",
    "nl": "Stop: dezelfde link",
    "it": "Stop: stesso link",
    "pt": "Parar: mesmo link",
    "pl": "Stop: ten sam link",
}


def render_sms(*, letter: Letter, facts: LetterFacts, language: str = "") -> ComposedLetter:
    """Write a text message to one person: the first of several wordings that fits into one."""
    tag = (language or letter.language).partition("-")[0].lower()
    tag = tag if tag in QUESTIONS else "en"
    wordings = list(_wordings(letter, facts, tag))
    text = next((one for one in wordings if count_gsm(one) <= LONGEST), wordings[-1])
    return ComposedLetter(subject="", text=text, html="", stop_url=facts.stop_url)


def as_gsm(text: str) -> str:
    """Return a text in the characters of which 160 fit; what is not like any is left out."""
    return "".join(_as_gsm(character) for character in text.translate(LIKE))


def count_gsm(text: str) -> int:
    """Return how much room a text takes in a message of 160."""
    return len(text) + sum(character in EXTENDED for character in text)


def _as_gsm(character: str) -> str:
    if character in BASIC:
        return character
    parts = unicodedata.normalize("NFKD", character)
    return "".join(part for part in parts if part in BASIC)


def _wordings(letter: Letter, facts: LetterFacts, tag: str) -> Iterator[str]:
    """Yield the wordings, the fullest first; the last cuts the name as short as it must be."""
    signer = as_gsm(letter.signer_name).strip()
    organisation = as_gsm(settings.ORGANISATION_NAME).strip() or signer
    question, same_page = as_gsm(QUESTIONS[tag]), as_gsm(SAME_PAGE[tag])
    how = settings.SMS_STOP_WORD or facts.stop_url
    stop, link = STOP[tag].format(how=how), facts.answer_url
    for ending in (stop, same_page):
        yield f"{signer}, {organisation}: {question} {link} {ending}"
        yield f"{organisation}: {question} {link} {ending}"
    yield f"{organisation}: {link} {same_page}"
    room = LONGEST - count_gsm(f": {link} {same_page}")
    yield f"{organisation[: max(room, 3)]}: {link} {same_page}"

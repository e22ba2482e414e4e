"""Write letters, and their translations."""

from django.core.exceptions import ValidationError
from django.db import transaction

from survey.letters.models import Letter, LetterTranslation


class LetterError(Exception):
    """The letter cannot be written as asked; the message says why."""


@transaction.atomic
def create_letter(
    *,
    subject: str,
    body: str,
    signer_name: str,
    reply_to: str,
    signer_role: str = "",
    language: str = "en",
    has_first_item: bool = True,
) -> Letter:
    """Write a letter in somebody's name."""
    letter = Letter(
        subject=subject,
        body=body,
        signer_name=signer_name,
        signer_role=signer_role,
        reply_to=reply_to,
        language=language,
        has_first_item=has_first_item,
    )
    _store(letter)
    return letter


@transaction.atomic
def translate_letter(
    *, letter: Letter, language: str, subject: str, body: str, signer_role: str = ""
) -> LetterTranslation:
    """Write a letter down in another language, in the place of an earlier translation."""
    if language == letter.language:
        raise LetterError("The letter is written in this language already.")
    found = LetterTranslation.objects.filter(letter=letter, language=language).first()
    translation = found or LetterTranslation(letter=letter, language=language)
    translation.subject, translation.body = subject, body
    translation.signer_role = signer_role
    _store(translation)
    return translation


def _store(row: Letter | LetterTranslation) -> None:
    try:
        row.full_clean()
    except ValidationError as error:
        raise LetterError(" ".join(error.messages)) from error
    row.save()

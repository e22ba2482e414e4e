"""Queue the letters about callbacks; what they say of one is written when they go."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext

from survey.accounts.models import User
from survey.followup.callback_history import was_reopened
from survey.followup.models import Callback, NoticeKind
from survey.followup.noting import queue_notices
from survey.followup.owner_languages import language_of
from survey.followup.signers import sign_name
from survey.letters.models import Letter
from survey.letters.services import create_letter
from survey.letters.services.queueing import Recipient
from survey.organization.brands import get_appearance
from survey.questionnaires.languages import interface_language, speak


def tell_owner(*, callback: Callback, owner: User, now: datetime) -> None:
    """Tell somebody at once that a callback is theirs, or theirs again."""
    language = language_of(user=owner)
    with speak(language):
        if was_reopened(callback=callback):
            letter = _write(
                gettext("A call is open again: it is not put right yet"),
                gettext(
                    "Somebody says that what they asked for is not put right yet. What they "
                    "wrote stands behind the link, for you and those who stand in."
                ),
                language=language,
            )
        else:
            letter = _write(
                gettext("Somebody waits for your call"),
                gettext(
                    "Somebody asked to be called or written to, and it was given to you. Who they "
                    "are and what it is about stands behind the link, for you and those who stand "
                    "in."
                ),
                language=language,
            )
    _queue(letter, NoticeKind.CALLBACK_ASKED, callback, owner, now)


def remind_owner(*, callback: Callback, owner: User, now: datetime) -> None:
    """Remind somebody of a callback that is due soon, or late."""
    language = language_of(user=owner)
    with speak(language):
        letter = _write(
            gettext("Somebody still waits for your call"),
            gettext("This is about a call or a letter that you have in hand."),
            language=language,
        )
    _queue(letter, NoticeKind.CALLBACK_DUE, callback, owner, now)


def ask_whether_put_right(*, callback: Callback, now: datetime) -> None:
    """Ask the person, in the name of whoever took care of it, whether it was put right."""
    language = interface_language(callback.language)
    with speak(language):
        letter = _write(
            gettext("Did we put it right?"),
            gettext(
                "You asked us to get in touch, and we think that it is settled. You know better: "
                "please tell us with one press whether we put it right. We ask this once."
            ),
            signer=callback.owner,
            language=language,
        )
    queue_notices(
        letter=letter,
        kind=NoticeKind.CALLBACK_CHECK,
        recipients=[Recipient(callback.name, callback.email)],
        due_at=now,
        callback=callback,
    )


def _queue(letter: Letter, kind: str, callback: Callback, owner: User, now: datetime) -> None:
    queue_notices(
        letter=letter,
        kind=kind,
        recipients=[Recipient(owner.name, owner.email)],
        due_at=now,
        users=[owner],
        callback=callback,
    )


def _write(subject: str, body: str, *, language: str, signer: User | None = None) -> Letter:
    name = signer.name if signer else get_appearance().name
    return create_letter(
        subject=subject,
        body=body,
        signer_name=sign_name(name),
        signer_role=get_appearance().name if signer else "",
        reply_to=signer.email if signer else settings.CONTACT_EMAIL,
        language=language,
        has_first_item=False,
    )

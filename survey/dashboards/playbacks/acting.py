"""What a press on the page of a draft does: save, translate, add, promise, refuse, hand over.

The page is one form: whatever is pressed, all that was typed anywhere is kept, or nothing is and it
says beside each field what is wrong.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _

from survey.accounts.models import User
from survey.dashboards.playbacks.access import list_signers
from survey.dashboards.playbacks.forms import (
    HandOverForm,
    PartForm,
    TranslationForm,
    WillForm,
    WontForm,
    WordsForm,
)
from survey.dashboards.playbacks.pages import PlaybackPage
from survey.followup.facts_told import name_months
from survey.followup.models import Playback
from survey.followup.promising import Wording, find_promiser, make_commitment, refuse_wish
from survey.followup.publishing import (
    TranslatedWords,
    Words,
    add_part,
    hand_over_playback,
    raise_part,
    remove_part,
    translate_playback,
    write_playback_words,
)

WORDS, PART, WILL, WONT, HAND, TRANSLATE = "words", "part", "will", "wont", "hand", "translate-"
MOVES = {"remove": remove_part, "raise": raise_part}
PUBLISH, LOOK = "publish", "look-"  # leads on, once all is saved
Forms = dict[str, forms.Form]


def build_forms(
    playback: Playback,
    page: PlaybackPage,
    *,
    done: str,
    data: Mapping[str, Any] | None,
    today: date,
) -> Forms:
    """Return the forms of a draft by what they do; only what is needed may not be left alone."""

    def sent(name: str) -> dict[str, Any]:
        return {"data": data, "empty_permitted": name != _needed(done, playback)}

    who = {"who_name": playback.signer_name}
    stories = page.stories
    return {
        WORDS: WordsForm(**sent(WORDS), initial=_first_words(playback), languages=page.languages),
        **_build_translations(playback, page, done, data),
        PART: PartForm(**sent(PART), promises=page.promises, stories=stories),
        WILL: WillForm(**sent(WILL), initial=who, stories=stories, today=today),
        WONT: WontForm(**sent(WONT), initial=who, stories=stories),
        HAND: HandOverForm(
            data if done == HAND else None,
            initial={"owner": playback.owner_id},
            signers=list_signers(),
        ),
    }


def filled_forms(found: Forms, *, done: str, playback: Playback) -> Forms:
    """Return the forms in which something was typed, and the one that is needed."""
    needed = _needed(done, playback)
    return {
        name: form
        for name, form in found.items()
        if form.is_bound and (name == needed or form.has_changed())
    }


@transaction.atomic
def apply_forms(filled: Forms, *, done: str, playback: Playback, by: User, now: datetime) -> None:
    """Do what valid forms say, all of it or nothing; then move the part that was pressed."""
    for name, form in filled.items():
        _apply(name, form, playback=playback, by=by, now=now)
    verb, _dash, given = done.partition("-")
    if verb in MOVES and given.isdecimal() and len(given) < 10:
        MOVES[verb](playback_id=playback.pk, part_id=int(given))


def _needed(done: str, playback: Playback) -> str:
    """Return which form a press needs: its own, or the words where nobody has saved any yet."""
    if done in (WORDS, PUBLISH) or done.startswith(LOOK):
        return "" if playback.body else WORDS
    return done


def _build_translations(
    playback: Playback, page: PlaybackPage, done: str, data: Mapping[str, Any] | None
) -> Forms:
    signer = {"signer_name": playback.signer_name, "reply_to": playback.reply_to}
    written = {one.language: one for one in page.translations}
    others = [one.code for one in page.languages if one.code != playback.language]
    return {
        f"{TRANSLATE}{code}": TranslationForm(
            data,
            prefix=f"in-{code}",
            empty_permitted=done != f"{TRANSLATE}{code}",
            initial={
                key: getattr(written.get(code), key, "") for key in ("title", "body", "signer_role")
            },
            language=code,
            written_in=(data or {}).get("language", playback.language),
            signer=signer,
        )
        for code in others
    }


def _apply(name: str, form: forms.Form, *, playback: Playback, by: User, now: datetime) -> None:
    data = form.cleaned_data
    if name == WORDS:
        write_playback_words(playback_id=playback.pk, words=Words(**data))
    elif name == PART:
        _add(playback, promise=data["promise"], story=data["story"])
    elif name in (WILL, WONT):
        _answer(name, data, playback=playback, by=by, now=now)
    elif name == HAND:
        hand_over_playback(playback_id=playback.pk, owner=User.objects.get(pk=data["owner"]))
    else:
        language = name.removeprefix(TRANSLATE)
        translate_playback(
            playback_id=playback.pk, words=TranslatedWords(language=language, **data)
        )


def _first_words(playback: Playback) -> dict[str, str]:
    """Return what stands in the form: a beginning, where nobody has written anything yet."""
    months = {"when": name_months(playback.facts)}
    beginning = {
        "title": _("What you told us in %(when)s, and what comes of it") % months,
        "body": _(
            "Thank you for answering. Below is what you told us, what we will do about it, and "
            "what we won’t."
        ),
    }
    fields = ("title", "body", "signer_name", "signer_role", "reply_to", "language")
    return {name: getattr(playback, name) or beginning.get(name, "") for name in fields}


def _answer(
    name: str, data: Mapping[str, Any], *, playback: Playback, by: User, now: datetime
) -> None:
    """Promise or refuse in the name of whoever signs, and put it where it answers."""
    wording = Wording(
        audience=playback.audience,
        what=data["what"],
        heard=data["heard"],
        wave=playback.release.wave,
        is_draft=True,
    )
    said: dict[str, Any] = {
        "wording": wording,
        "who_name": data["who_name"],
        "who": find_promiser(name=data["who_name"], otherwise=by),
        "by": by,
        "now": now,
    }
    if name == WILL:
        made = make_commitment(due_date=data["due_date"], **said)
    else:
        made = refuse_wish(because=data["because"], **said)
    _add(playback, promise=str(made.key), story=data["story"])


def _add(playback: Playback, *, promise: str, story: str) -> None:
    add_part(
        playback_id=playback.pk,
        commitment_key=UUID(promise) if promise else None,
        story_id=UUID(story) if story else None,
    )

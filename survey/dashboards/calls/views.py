"""The pages of calls: look, and take the next step."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from survey.accounts.models import User
from survey.dashboards.access import MAY_TAKE_CALLS, Reader
from survey.dashboards.calls.pages import build_call_list, build_call_page, seen_calls
from survey.dashboards.requests import open_to
from survey.dashboards.unsent import tell_unsent
from survey.followup.callbacks import (
    NotATakerError,
    StepNotPossibleError,
    give_up_callback,
    hand_over_callback,
    note_callback,
    solve_callback,
    take_callback,
)
from survey.followup.models import Callback

LONGEST_NOTE = 1500
NOTE, WORD = "note", "word"  # of what happened, and to go with a call that is handed over


@dataclass(frozen=True, slots=True)
class Doing:
    """Somebody does something about a call."""

    callback: Callback
    user: User
    note: str
    to_user_id: int
    now: datetime


def _take(doing: Doing) -> None:
    take_callback(callback_id=doing.callback.pk, user=doing.user, now=doing.now)


def _note(doing: Doing) -> None:
    if doing.note:
        note_callback(
            callback_id=doing.callback.pk, user=doing.user, note=doing.note, now=doing.now
        )


def _hand_over(doing: Doing) -> None:
    hand_over_callback(
        callback_id=doing.callback.pk,
        user=doing.user,
        to_user_id=doing.to_user_id,
        note=doing.note,
        now=doing.now,
    )


def _solve(doing: Doing) -> None:
    solve_callback(callback_id=doing.callback.pk, user=doing.user, note=doing.note, now=doing.now)


def _give_up(doing: Doing) -> None:
    give_up_callback(callback_id=doing.callback.pk, user=doing.user, note=doing.note, now=doing.now)


Do = tuple[Callable[[Doing], None], Callable[[Callback], str]]  # and what is said once it is done


def _say_solved(callback: Callback) -> str:
    """Say whether the person is asked if it was put right, as they stood before this step."""
    if not callback.email:
        return _("Solved. They left no e-mail address, so nobody asks them whether it is so.")
    if callback.checked_at is not None:
        return _("Solved. They were asked once before, and are not asked again.")
    return _("Solved. They are asked once, by e-mail, whether it was put right.")


STEPS: dict[str, Do] = {
    "take": (_take, lambda _call: _("It is yours now.")),
    "note": (_note, lambda _call: _("Noted.")),
    "hand-over": (_hand_over, lambda _call: _("Handed over. They get a letter at once.")),
    "solve": (_solve, _say_solved),
    "give-up": (_give_up, lambda _call: _("Noted as not reached.")),
}


@require_safe
@open_to(MAY_TAKE_CALLS)
def calls(request: HttpRequest, reader: Reader) -> HttpResponse:
    """List who waits for a call: one's own first, then the others that one may see."""
    page = build_call_list(reader=reader, now=timezone.now())
    return render(request, "dashboards/calls/list.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(MAY_TAKE_CALLS)
def call(request: HttpRequest, reader: Reader, key: UUID) -> HttpResponse:
    """Show one call and take its next step."""
    now = timezone.now()
    callback = get_object_or_404(seen_calls(reader=reader), key=key)
    step = STEPS.get(request.POST.get("do", ""))
    if step is not None:
        doing = _read_doing(request.POST, callback, reader.user, now)
        return _do(request, reader, step, doing)
    status = 422 if request.method == "POST" else 200
    return _show(request, callback, _read_typed(request.POST), now, status=status)


def _show(
    request: HttpRequest, callback: Callback, typed: dict[str, str], now: datetime, *, status: int
) -> HttpResponse:
    page = build_call_page(callback=callback, now=now)
    context = {"page": page, "typed": typed}
    return render(request, "dashboards/calls/call.html", context, status=status)


def _read_typed(posted: QueryDict) -> dict[str, str]:
    """Return what was typed, by where; nothing where nothing was."""
    read = {at: posted.get(at, "").replace("\x00", "").strip() for at in (NOTE, WORD)}
    return {at: text[:LONGEST_NOTE] for at, text in read.items() if text}


def _read_doing(posted: QueryDict, callback: Callback, user: User, now: datetime) -> Doing:
    note = _read_typed(posted).get(_note_of(posted), "")
    to_user = posted.get("to", "")
    to_user_id = int(to_user) if to_user.isascii() and to_user.isdecimal() else 0
    return Doing(callback, user, note, to_user_id, now)


def _note_of(posted: QueryDict) -> str:
    """Return where what goes with a step is typed; nothing goes with the taking of a call."""
    return {"hand-over": WORD, "take": ""}.get(posted.get("do", ""), NOTE)


def _do(request: HttpRequest, reader: Reader, step: Do, doing: Doing) -> HttpResponse:
    act, say = step
    typed, is_done = _read_typed(request.POST), False
    try:
        act(doing)
    except StepNotPossibleError:
        messages.warning(request, _("Somebody was quicker: look how it stands now."))
    except NotATakerError:
        messages.warning(request, _("Choose a colleague from the list: nothing was handed over."))
    else:
        messages.success(request, say(doing.callback))
        typed.pop(_note_of(request.POST), "")
        is_done = True
    callback = seen_calls(reader=reader).filter(pk=doing.callback.pk).first()
    if callback is None:
        return redirect("dashboards:calls")
    if not typed:
        return redirect("dashboards:call", key=callback.key)
    tell_unsent(request)
    return _show(request, callback, typed, doing.now, status=200 if is_done else 422)

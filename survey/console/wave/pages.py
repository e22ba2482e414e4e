"""A launched wave as HR follows it: how many answered, how its letters fare, what comes when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from survey.campaigns.deliveries import ProblemAddress, problem_addresses
from survey.campaigns.models import Channel, Pairing, Wave
from survey.campaigns.participation import ParticipationRow
from survey.campaigns.reminding import ReminderLine, ReminderState, list_reminders
from survey.campaigns.rosters import asks_people
from survey.campaigns.selectors import get_participation
from survey.campaigns.undoable import can_be_undone
from survey.console.pages import WaveRow, wave_row
from survey.console.states import WaveState
from survey.console.wave.curve import Curve, draw_curve, last_wave, same_day, shares_by_day
from survey.console.wave.letters import Deferred, LetterLine, list_deferred, list_letters
from survey.core.timestamps import local_date

RUNNING = (WaveState.OPEN, WaveState.SCHEDULED)
STOPPABLE = (ReminderState.PLANNED, ReminderState.GOING_OUT)


@dataclass(frozen=True, slots=True)
class Moment:
    """One date in a wave's life."""

    at: datetime
    what: str
    is_done: bool


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One group's share answered, today and on the same day of the last wave."""

    name: str
    share: str
    last_share: str
    n_invited: int
    percent: int | None


@dataclass(frozen=True, slots=True)
class Participation:
    """How many answered, as it may be told; headline is empty before it was counted."""

    counted_date: date | None
    headline: str
    last_name: str
    rows: tuple[ShareRow, ...]
    curve: Curve | None


@dataclass(frozen=True, slots=True)
class WavePage:
    """A launched wave: how many answered and how its letters fare."""

    wave: WaveRow
    scope: str
    questionnaire: str
    threshold: int
    answered: Participation
    letters: tuple[LetterLine, ...]
    troubled: tuple[ProblemAddress, ...]
    deferred: tuple[Deferred, ...]
    reminders: tuple[ReminderLine, ...]
    can_undo: bool
    can_extend: bool
    can_close: bool
    can_withdraw: bool
    can_stop_reminders: bool
    can_print: bool
    withdrawn_reason: str
    not_kept: str
    moments: tuple[Moment, ...]
    import_source: str
    pairing_codes: tuple[tuple[str, str], ...]


def build_wave_page(*, wave: Wave, now: datetime, may_change: bool) -> WavePage:
    """Return what may be told of a launched wave; only who may change it is offered to."""
    row = wave_row(wave, now)
    is_running = row.state in RUNNING
    may_steer = may_change and is_running
    reminders = list_reminders(wave=wave) if asks_people(wave=wave) else ()
    return WavePage(
        wave=row,
        scope=wave.campaign.scope.name,
        questionnaire=str(wave.questionnaire),
        threshold=wave.threshold,
        answered=read_answered(wave=wave, now=now),
        letters=list_letters(wave=wave) if _sends_letters(wave) else (),
        troubled=tuple(problem_addresses(wave=wave)) if may_change else (),
        deferred=list_deferred(wave=wave) if is_running else (),
        reminders=reminders,
        can_undo=may_change and can_be_undone(wave=wave, now=now),
        can_extend=may_steer,
        can_close=may_steer,
        can_withdraw=may_change and wave.withdrawn_at is None and wave.sealed_at is None,
        can_stop_reminders=may_steer and any(line.state in STOPPABLE for line in reminders),
        can_print=may_steer and _sends_letters(wave),
        withdrawn_reason=wave.withdrawn_reason,
        not_kept=_say_not_kept(wave),
        moments=_moments(wave),
        import_source=_say_import_source(wave),
        pairing_codes=_pairing_codes(wave) if row.state is WaveState.SEALED else (),
    )


def read_answered(*, wave: Wave, now: datetime) -> Participation:
    """Return how many answered, beside the same day of the campaign's last wave."""
    counted = get_participation(wave=wave)
    last = last_wave(wave) if counted.rows else None
    opened = local_date(wave.opened_at or wave.opens_at)
    number = ((counted.counted_date or local_date(now)) - opened).days
    before = same_day(shares_by_day(last), number)
    top = next((row for row in counted.rows if row.depth == 0), None)
    return Participation(
        counted_date=counted.counted_date,
        headline=_say_headline(top, before) if top else "",
        last_name=f"wave {last.number}" if last else "",
        rows=tuple(_share_row(row, before) for row in counted.rows),
        curve=draw_curve(wave=wave, last=last, code=top.code) if top else None,
    )


def _share_row(row: ParticipationRow, before: Mapping[str, str]) -> ShareRow:
    return ShareRow(
        name=row.name,
        share=row.share,
        last_share=before.get(row.code, ""),
        n_invited=row.n_invited,
        percent=_percent(row.share),
    )


def _say_headline(top: ParticipationRow, before: Mapping[str, str]) -> str:
    now = top.share if not top.share[0].isdigit() else f"about {top.share}"
    said = f"{now} have answered.".capitalize()
    then = before.get(top.code)
    return f"{said} On the same day of the last wave it was {then}." if then else said


def _say_not_kept(wave: Wave) -> str:
    """Return what the seal did not keep; how many answered is not told where it was too few."""
    if wave.sealed_at is None:
        return ""
    n_answered = (wave.n_counted if wave.n_spent is None else wave.n_spent) or 0
    if n_answered < wave.threshold:
        return f"Fewer than {wave.threshold} people answered, so nothing was kept."
    if not wave.n_discarded:
        return ""
    answers = "answer" if wave.n_discarded == 1 else "answers"
    return f"Not kept: {wave.n_discarded} {answers}, too few together or impossible to read."


def _moments(wave: Wave) -> tuple[Moment, ...]:
    """Return the wave's dates: what happened, and what is planned as long as it can happen."""
    letters = _sends_letters(wave)
    done = (
        (wave.launched_at, "Launched."),
        (wave.opened_at, "Opened; the letters went out." if letters else "Opened."),
        (wave.closed_at, "Closed."),
        (wave.sealed_at, "Shuffled and sealed."),
        (wave.withdrawn_at, "Withdrawn."),
    )
    moments = [Moment(at, what, is_done=True) for at, what in done if at is not None]
    if wave.withdrawn_at is None and wave.closed_at is None:
        if wave.opened_at is None:
            opens = "Opens; the letters go out." if letters else "Opens."
            moments.append(Moment(wave.opens_at, opens, is_done=False))
        moments.append(Moment(wave.closes_at, "Closes for all.", is_done=False))
    return tuple(moments)


def _sends_letters(wave: Wave) -> bool:
    return wave.channel == Channel.PERSONAL


def _say_import_source(wave: Wave) -> str:
    """Return where an imported wave's answers come from; empty where people were asked."""
    if wave.channel != Channel.IMPORT:
        return ""
    source = "from published counts" if wave.counts_digest else "from a file"
    if wave.n_counted is None:
        return f"Brought in {source}."
    return f"Brought in {source}: {wave.n_counted} answer{'' if wave.n_counted == 1 else 's'}."


def _pairing_codes(wave: Wave) -> tuple[tuple[str, str], ...]:
    """Return the code and the name of every comparison that the wave's figures go into."""
    paired = Pairing.objects.filter(Q(ex=wave.campaign_id) | Q(cx=wave.campaign_id))
    return tuple(paired.order_by("pk").values_list("code", "name"))


def _percent(share: str) -> int | None:
    """Return the length of a bar, where the share is a number and not an open end."""
    digits = share.removesuffix("%").strip()
    return int(digits) if digits.isdigit() else None

"""A launched wave as HR follows it: how many answered, how its letters fare, what comes when."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from survey.campaigns.contact_cuts import say_cut
from survey.campaigns.cuts import read_cuts
from survey.campaigns.deliveries import ProblemAddress, problem_addresses
from survey.campaigns.models import Channel, Pairing, Wave
from survey.campaigns.naming import say_group
from survey.campaigns.participation import ParticipationRow
from survey.campaigns.reminding import ReminderLine, ReminderState, list_reminders
from survey.campaigns.rosters import asks_colleagues, asks_people
from survey.campaigns.selectors import get_participation, lacks_keys
from survey.campaigns.shares import Share, step_of
from survey.campaigns.undoable import can_be_undone
from survey.campaigns.westward import warn_of_western_close
from survey.campaigns.zones import zones_invited
from survey.console.pages import WaveRow, wave_row
from survey.console.states import WaveState
from survey.console.wave.back import say_written_back
from survey.console.wave.curve import Curve, draw_curve, last_wave, same_day, shares_by_day
from survey.console.wave.letters import (
    Deferred,
    LetterLine,
    list_deferred,
    list_letters,
    say_opened,
)
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
    percent: int


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
    told_by: str
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
    lost_keys: bool
    not_kept: str
    moments: tuple[Moment, ...]
    import_source: str
    pairing_codes: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]
    written_back: str


def build_wave_page(*, wave: Wave, now: datetime, may_change: bool) -> WavePage:
    """Return what may be told of a launched wave; only who may change it is offered to."""
    row = wave_row(wave, now)
    is_running = row.state in RUNNING
    may_steer = may_change and is_running
    reminders = list_reminders(wave=wave) if asks_people(wave=wave) else ()
    is_undoable = can_be_undone(wave=wave, now=now)
    return WavePage(
        wave=row,
        scope=wave.campaign.scope.name,
        questionnaire=str(wave.questionnaire),
        threshold=wave.threshold,
        told_by=", ".join(say_cut(code=one.code, name=one.name) for one in read_cuts(wave=wave)),
        answered=read_answered(wave=wave, now=now),
        letters=list_letters(wave=wave) if _sends_letters(wave) else (),
        troubled=tuple(problem_addresses(wave=wave)) if may_change else (),
        deferred=list_deferred(wave=wave) if is_running else (),
        reminders=reminders,
        can_undo=may_change and is_undoable,
        can_extend=may_steer,
        can_close=may_steer,
        can_withdraw=may_change and wave.withdrawn_at is None and wave.sealed_at is None,
        can_stop_reminders=may_steer and any(line.state in STOPPABLE for line in reminders),
        can_print=may_steer and _sends_letters(wave),
        withdrawn_reason=wave.withdrawn_reason,
        lost_keys=lacks_keys(wave),
        not_kept=_say_not_kept(wave),
        moments=_moments(wave, is_undoable=is_undoable),
        import_source=_say_import_source(wave),
        pairing_codes=_pairing_codes(wave) if row.state is WaveState.SEALED else (),
        warnings=tuple(_warn(wave)) if may_steer else (),
        written_back=say_written_back(wave=wave, today=local_date(now)),
    )


def read_answered(*, wave: Wave, now: datetime) -> Participation:
    """Return how many answered, beside the same day of the campaign's last wave."""
    counted = get_participation(wave=wave)
    last = last_wave(wave) if counted.rows else None
    opened = local_date(wave.opened_at or wave.opens_at)
    number = ((counted.counted_date or local_date(now)) - opened).days
    before = same_day(shares_by_day(last), number)
    step = step_of(wave=wave, rows=counted.rows)
    shares = {row.code: Share.read(row.share, step=step) for row in counted.rows}
    top = next((row.code for row in counted.rows if row.depth == 0), None)
    return Participation(
        counted_date=counted.counted_date,
        headline=_say_headline(shares[top], before.get(top), wave) if top else "",
        last_name=_("wave %(number)s") % {"number": last.number} if last else "",
        rows=tuple(_share_row(row, shares[row.code], before.get(row.code)) for row in counted.rows),
        curve=draw_curve(wave=wave, last=last, code=top) if top else None,
    )


def _share_row(row: ParticipationRow, share: Share, before: Share | None) -> ShareRow:
    return ShareRow(
        name=say_group(name=row.name, kind=row.kind),
        share=share.text,
        last_share=before.text if before else "",
        n_invited=row.n_invited,
        percent=round(share.middle),
    )


def _say_headline(share: Share, before: Share | None, wave: Wave) -> str:
    if asks_colleagues(wave=wave):
        sentence = _("%(share)s of the ratings have been given.")
    else:
        sentence = _("%(share)s have answered.")
    said = capfirst(sentence % {"share": share.text})
    if before is None:
        return said
    values = {"now": said, "then": before.text}
    return _("%(now)s On the same day of the last wave it was %(then)s.") % values


def _say_not_kept(wave: Wave) -> str:
    """Return what the seal did not keep; how many answered is not told where it was too few.

    Among colleagues answers are ratings, several of one person, and those of a serving team that
    too few rated: their number would tell of fewer than k people.
    """
    if wave.sealed_at is None:
        return ""
    if asks_colleagues(wave=wave):
        return " ".join(_say_unkept(wave))
    n_answered = (wave.n_counted if wave.n_spent is None else wave.n_spent) or 0
    if n_answered < wave.threshold:
        return _("Fewer than %(n)s people answered, so nothing was kept.") % {"n": wave.threshold}
    sentences = []
    if wave.n_discarded:
        sentence = ngettext(
            "Not kept: %(n)s answer, too few together or impossible to read.",
            "Not kept: %(n)s answers, too few together or impossible to read.",
            wave.n_discarded,
        )
        sentences.append(sentence % {"n": wave.n_discarded})
    return " ".join([*sentences, *_say_unkept(wave)])


def _say_unkept(wave: Wave) -> list[str]:
    """Return of how many questions not all answers were kept, because few were asked them."""
    n_questions = len(wave.unkept_items)
    if not n_questions:
        return []
    sentence = ngettext(
        "Answers to %(n)s question were not kept in every group, because too few were asked it, "
        "or all but a few.",
        "Answers to %(n)s questions were not kept in every group, because too few were asked "
        "them, or all but a few.",
        n_questions,
    )
    return [sentence % {"n": n_questions}]


def _moments(wave: Wave, *, is_undoable: bool) -> tuple[Moment, ...]:
    """Return the wave's dates: what happened, and what is planned as long as it can happen."""
    letters = _sends_letters(wave)
    opened = say_opened(wave=wave, is_undoable=is_undoable) if letters else _("Opened.")
    done = (
        (wave.launched_at, _("Launched.")),
        (wave.opened_at, opened),
        (wave.closed_at, _("Closed.")),
        (wave.sealed_at, _("Shuffled and sealed.")),
        (wave.withdrawn_at, _("Withdrawn.")),
    )
    moments = [Moment(at, what, is_done=True) for at, what in done if at is not None]
    if wave.withdrawn_at is None and wave.closed_at is None:
        if wave.opened_at is None:
            opens = _("Opens; the letters go out.") if letters else _("Opens.")
            moments.append(Moment(wave.opens_at, opens, is_done=False))
        moments.append(Moment(wave.closes_at, _("Closes for all."), is_done=False))
    return tuple(moments)


def _sends_letters(wave: Wave) -> bool:
    return wave.channel == Channel.PERSONAL


def _say_import_source(wave: Wave) -> str:
    """Return where an imported wave's answers come from; empty where people were asked."""
    if wave.channel != Channel.IMPORT:
        return ""
    n, is_published = wave.n_counted, bool(wave.counts_digest)
    if n is None:
        return (
            _("Brought in from published counts.") if is_published else _("Brought in from a file.")
        )
    if is_published:
        sentence = ngettext(
            "Brought in from published counts: %(n)s answer.",
            "Brought in from published counts: %(n)s answers.",
            n,
        )
    else:
        sentence = ngettext(
            "Brought in from a file: %(n)s answer.", "Brought in from a file: %(n)s answers.", n
        )
    return sentence % {"n": n}


def _warn(wave: Wave) -> list[str]:
    """Return what nobody was told before a wave that was planned by itself went out."""
    if wave.planned_date is None or not asks_people(wave=wave):
        return []
    return warn_of_western_close(wave=wave, zones=zones_invited(wave=wave))


def _pairing_codes(wave: Wave) -> tuple[tuple[str, str], ...]:
    """Return the code and the name of every comparison that the wave's figures go into."""
    of_any = Q(ex=wave.campaign_id) | Q(cx=wave.campaign_id) | Q(colleague=wave.campaign_id)
    paired = Pairing.objects.filter(of_any)
    return tuple(paired.order_by("pk").values_list("code", "name"))

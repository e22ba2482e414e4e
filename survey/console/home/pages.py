"""The first page of whoever asks: what needs them, what runs, and what comes next."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from survey.accounts.models import User
from survey.campaigns.launch_problems import say_launch_problem
from survey.campaigns.models import Campaign, Schedule, Wave
from survey.campaigns.schedules import next_rounds
from survey.campaigns.selectors import lacks_keys, list_waves
from survey.console.home.beside import Beside, read_beside
from survey.console.pages import WaveRow, wave_row
from survey.console.pulse.steps import Step
from survey.console.states import WaveState
from survey.core.timestamps import local_date
from survey.followup.needs import Need, list_needs, sort_needs
from survey.letters.models import Delivery
from survey.letters.postponing import SNOOZED
from survey.letters.states import DeliveryState
from survey.organization.models import Membership, RosterImport, RosterState
from survey.questionnaires.models import Audience

RUNNING = (WaveState.OPEN, WaveState.SCHEDULED, WaveState.PREPARING, WaveState.DRAFT)
LOOK_BACK = timedelta(days=120)  # what ended before needs nobody any more
MOST_NEXT = 8
NOT_WANTED = ("stopped", "closed", SNOOZED)  # letters that nobody misses
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Coming:
    """One day that is to come, and what happens on it."""

    day: date
    what: str
    address: str


@dataclass(frozen=True, slots=True)
class FirstStep:
    """One of the steps of a new installation, in their order."""

    title: str
    detail: str
    address: str
    link: str
    is_done: bool
    is_next: bool


@dataclass(frozen=True, slots=True)
class HomePage:
    """What needs me, what runs, what is next; first steps until customers have been asked too."""

    needs: tuple[Need, ...]
    beside: Beside
    open_waves: tuple[WaveRow, ...]
    coming: tuple[Coming, ...]
    first_steps: tuple[FirstStep, ...]


def build_home(*, user: User, now: datetime, asks_staff: bool) -> HomePage:
    """Return the first page of a moment, in as many queries whatever there is.

    Staff lists, and drafts, troubles, promises and playbacks of staff surveys, are the people
    team's alone.
    """
    watched = frozenset(Audience.values) if asks_staff else frozenset({Audience.CUSTOMER.value})
    waves = list(list_waves().filter(closes_at__gt=now - LOOK_BACK))
    rows = {wave.pk: wave_row(wave, now) for wave in waves}
    theirs = [wave for wave in waves if asks_staff or rows[wave.pk].is_customers]
    running = [wave for wave in waves if rows[wave.pk].state in RUNNING]
    own = [wave for wave in running if wave in theirs]
    read = [wave for wave in running if wave in own or rows[wave.pk].is_launched]
    return HomePage(
        needs=sort_needs(
            (
                *(_rosters() if asks_staff else ()),
                *_waves_without_keys(theirs, rows),
                *_waves_in_need(own, rows),
                *list_needs(user=user, team_ids=None, now=now, watched=watched),
            )
        ),
        beside=read_beside(user=user, watched=watched, now=now),
        open_waves=tuple(row for row in rows.values() if row.state is WaveState.OPEN),
        coming=tuple(sorted(_coming(read, rows, now), key=lambda one: one.day)[:MOST_NEXT]),
        first_steps=_first_steps(local_date(now), asks_staff=asks_staff),
    )


def _waves_in_need(waves: Iterable[Wave], rows: dict[int, WaveRow]) -> Iterator[Need]:
    came_back = _count_undelivered([wave.pk for wave in waves])
    for wave in waves:
        name = rows[wave.pk].title
        address = reverse("console:wave", args=[wave.pk])
        if wave.launch_problem:
            check = Step.CHECK.address(wave.pk)
            title = _("%(wave)s could not be sent") % {"wave": name}
            yield Need("bad", title, say_launch_problem(wave), check, _("Mend it"))
        elif rows[wave.pk].state is WaveState.DRAFT:
            check = Step.CHECK.address(wave.pk)
            detail = _("A draft: nobody is asked before you send it.")
            yield Need("wait", name, detail, check, _("Check it"))
        if n := came_back.get(wave.pk):
            title = ngettext(
                "%(n)s letter could not be delivered", "%(n)s letters could not be delivered", n
            )
            yield Need("bad", title % {"n": n}, f"{name}.", address, _("See why"))


def _waves_without_keys(waves: Iterable[Wave], rows: dict[int, WaveRow]) -> Iterator[Need]:
    for wave in filter(lacks_keys, waves):
        yield Need(
            tone="bad",
            title=_("%(wave)s: its keys are missing") % {"wave": rows[wave.pk].title},
            detail=_("Its answers cannot be read until they are put back."),
            address=reverse("console:wave", args=[wave.pk]),
            link=_("What to do"),
        )


def _count_undelivered(wave_ids: list[int]) -> dict[int, int]:
    rows = Delivery.objects.filter(
        invitation__wave__in=wave_ids, state__in=(DeliveryState.FAILED, DeliveryState.BOUNCED)
    ).exclude(reason__in=NOT_WANTED)
    counted = rows.order_by().values_list("invitation__wave").annotate(n=Count("pk"))
    return {int(wave_id): n for wave_id, n in counted}


def _rosters() -> Iterator[Need]:
    waiting = RosterImport.objects.filter(
        state__in=(RosterState.READY, RosterState.UNMAPPED, RosterState.REFUSED)
    )
    for row in waiting.order_by("-created_at").only("name", "state")[:3]:
        is_refused = row.state == RosterState.REFUSED
        what = _("A staff list was refused") if is_refused else _("A staff list waits for you")
        yield Need(
            tone="bad" if is_refused else "wait",
            title=what,
            detail=_("%(name)s. Nothing has been changed yet.") % {"name": row.name},
            address=reverse("console:people:roster", args=[row.pk]),
            link=pgettext("look at it", "Look"),
        )


def _coming(waves: Iterable[Wave], rows: dict[int, WaveRow], now: datetime) -> Iterator[Coming]:
    today = local_date(now)
    for wave in waves:
        row = rows[wave.pk]
        address = reverse("console:wave", args=[wave.pk])
        if row.state in (WaveState.SCHEDULED, WaveState.PREPARING):
            opens = _("%(wave)s opens") % {"wave": row.title}
            yield Coming(_letters_day(wave), opens, address)
        if row.state in (WaveState.SCHEDULED, WaveState.OPEN):
            closes = _("%(wave)s closes") % {"wave": row.title}
            yield Coming(local_date(wave.closes_at), closes, address)
    planned = {wave.campaign_id: wave.planned_date for wave in waves if wave.planned_date}
    schedules = Schedule.objects.filter(is_active=True).select_related("campaign")
    for schedule in schedules.order_by("pk"):
        after = max(today - DAY, planned.get(schedule.campaign_id) or date.min)
        for one in next_rounds(schedule=schedule, after=after, n=1):
            campaign = schedule.campaign
            address = reverse("console:campaign", args=[campaign.code])
            opens = _("%(campaign)s: the next round opens") % {"campaign": campaign.name}
            yield Coming(one.letters_date, opens, address)


def _letters_day(wave: Wave) -> date:
    return wave.letters_date or localtime(wave.opens_at).date()


def _first_steps(today: date, *, asks_staff: bool) -> tuple[FirstStep, ...]:
    """Return the way in: people, a pulse, customers; nothing once all three have been done."""
    asked = set(
        Campaign.objects.filter(waves__launched_at__isnull=False).values_list("audience", flat=True)
    )
    done = [
        Membership.objects.active_on(today).exists(),
        Audience.EMPLOYEE in asked,
        Audience.CUSTOMER in asked,
    ]
    if all(done):
        return ()
    steps = (
        (
            _("Bring in the people"),
            _("The staff list: who works in which team. You see what it changes before it does."),
            reverse("console:people:home" if asks_staff else "console:teams"),
            _("Bring in the staff list") if asks_staff else _("See the teams"),
        ),
        (
            _("Ask them"),
            _("A pulse about passion and fairness is ready to be sent: three presses of a button."),
            reverse("console:new_pulse" if asks_staff else "console:waves"),
            _("New pulse") if asks_staff else _("See the waves"),
        ),
        (
            _("Ask their customers"),
            _("How they were treated, after each contact; compared team by team with the pulse."),
            reverse("console:new_customer_survey"),
            _("Ask customers"),
        ),
    )
    return tuple(
        FirstStep(*step, is_done=done[place], is_next=place == done.index(False))
        for place, step in enumerate(steps)
    )

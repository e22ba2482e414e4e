"""The past of the demo organisation: what each quarter asked, through the real pipeline."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import numpy as np
from django.utils import timezone

from survey.campaigns.models import Campaign, Channel, Group, Pairing
from survey.campaigns.services import create_campaign, create_pairing, draft_wave, launch_wave
from survey.core.periods import Period, period_start
from survey.core.timestamps import local_date
from survey.organization.models import Team
from survey.questionnaires.models import Audience
from survey.responses.boxes import BoxContent
from survey.samples.colleagues import RatedPast
from survey.samples.demo_letters import write_customer_letter, write_staff_letter
from survey.samples.demo_questionnaires import QUARTERLY, find_questionnaire
from survey.samples.organisation import team_code, team_names
from survey.samples.pipeline import bring_in, finish_wave, link
from survey.samples.progress import Progress
from survey.samples.simulation import NO_ANSWER, Quarter, Sheet
from survey.samples.tenure import tell_by_tenure, tenure_of
from survey.samples.words import CUSTOMERS, STAFF, Words, write_words

PAIRING = "inside-outside"
EX_CODE, CX_CODE = "quarterly-pulse", "after-a-contact"
EX_DAYS_BEFORE_END = 21
COLLEAGUE_DAYS_BEFORE_END = 42
EX_FIELDING = timedelta(days=14)
CLOSING_TIME = time(18)


@dataclass(frozen=True, slots=True)
class Window:
    """When a wave takes answers."""

    opens_at: datetime
    closes_at: datetime


def create_demo_pairing(*, root: Team) -> Pairing:
    """Set up the employee campaign, the customer campaign, and their pairing by quarter."""
    ex = create_campaign(
        code=EX_CODE,
        name="Quarterly pulse",
        audience=Audience.EMPLOYEE,
        scope=root,
        questionnaire=find_questionnaire(QUARTERLY),
        letter=write_staff_letter(),
    )
    cx = create_campaign(
        code=CX_CODE,
        name="After a contact",
        audience=Audience.CUSTOMER,
        scope=root,
        questionnaire=find_questionnaire("treatment"),
        letter=write_customer_letter(),
    )
    return create_pairing(
        code=PAIRING, name="Inside and outside", ex=ex, cx=cx, period=Period.QUARTER
    )


def live_through(
    *,
    pairing: Pairing,
    quarters: Sequence[Quarter],
    colleagues: RatedPast,
    now: datetime,
    progress: Progress,
    seed: int,
) -> None:
    """Bring in and finish the waves of every past quarter, the oldest first, and link them then.

    What is made of a quarter is dated to its end, as if somebody had been there.
    """
    starts = past_quarters(today=local_date(now), n=len(quarters))
    rng = np.random.default_rng(seed)
    for place, (start, quarter) in enumerate(zip(starts, quarters, strict=True)):
        end = next_quarter(start)
        told = write_words(quarter.cx, CUSTOMERS, rng)
        _live_wave(pairing.cx, quarter.cx, told, customer_window(start, end), progress)
        said = write_words(quarter.ex, STAFF, rng)
        if quarter is quarters[-1]:
            tell_by_tenure(pairing.ex)
        _live_wave(pairing.ex, quarter.ex, said, employee_window(end), progress)
        window = colleague_window(end)
        colleagues.live(place, window.opens_at, window.closes_at, progress)
        progress.set_description("linking")
        link(pairing=pairing, now=customer_window(start, end).closes_at)


def past_quarters(*, today: date, n: int) -> list[date]:
    """Return the first days of the n quarters before the present one, the oldest first."""
    starts = [period_start(today, Period.QUARTER)]
    while len(starts) <= n:
        starts.append(period_start(starts[-1] - timedelta(days=1), Period.QUARTER))
    return starts[:0:-1]


def last_look_before(now: datetime) -> datetime:
    """Return the first moment of the last past quarter: all that was made of it is new since."""
    (start,) = past_quarters(today=local_date(now), n=1)
    return _moment(start, time(9))


def next_quarter(start: date) -> date:
    """Return the first day of the quarter after one."""
    return period_start(start + timedelta(days=100), Period.QUARTER)


def customer_window(start: date, end: date) -> Window:
    """Return all of a quarter."""
    return Window(_moment(start, time(0)), _moment(end - timedelta(days=1), CLOSING_TIME))


def employee_window(end: date) -> Window:
    """Return two weeks near the end of a quarter."""
    closes_at = _moment(end - timedelta(days=EX_DAYS_BEFORE_END), CLOSING_TIME)
    return Window(closes_at - EX_FIELDING, closes_at)


def colleague_window(end: date) -> Window:
    """Return two weeks some time before employees are asked."""
    closes_at = _moment(end - timedelta(days=COLLEAGUE_DAYS_BEFORE_END), CLOSING_TIME)
    return Window(closes_at - EX_FIELDING, closes_at)


def _moment(day: date, at: time) -> datetime:
    """Return a local time of a day."""
    return datetime.combine(day, at, tzinfo=timezone.get_current_timezone())


def _live_wave(
    campaign: Campaign,
    sheet: Sheet,
    words: Mapping[int, Words],
    window: Window,
    progress: Progress,
) -> None:
    """Launch a wave in the past, fill it, close it and see it through to its release."""
    wave = draft_wave(
        campaign=campaign,
        opens_at=window.opens_at,
        closes_at=window.closes_at,
        channel=Channel.IMPORT,
    )
    wave = launch_wave(wave_id=wave.pk, now=window.opens_at)
    progress.set_description(f"taking in {wave}")
    groups = dict(Group.objects.filter(wave=wave).values_list("code", "pk"))
    group_ids = [groups[team_code(*name)] for name in team_names()]
    n = bring_in(
        wave=wave,
        answer_sets=_answer_sets(sheet, words, group_ids),
        now=window.closes_at,
        progress=progress,
    )
    finish_wave(wave=wave, now=window.closes_at, n_people=n, progress=progress)


def _answer_sets(
    sheet: Sheet, words: Mapping[int, Words], group_ids: Sequence[int]
) -> Iterator[BoxContent]:
    """Yield what each person answered and wrote in their group; what they can't say is None."""
    rows = zip(sheet.teams.tolist(), sheet.answers.tolist(), strict=True)
    for row, (team, values) in enumerate(rows):
        said = words.get(row)
        yield BoxContent(
            group_ids[team],
            {
                item: None if value == NO_ANSWER else value
                for item, value in zip(sheet.items, values, strict=True)
            },
            texts={said.item: said.text} if said else {},
            leaves={said.item: said.leave} if said else {},
            cuts=tenure_of(row),
        )

"""The page before a launch: what would happen, what to look at, and what stands in the way."""

from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.timezone import localtime

from survey.campaigns.models import Pairing, Schedule, Wave
from survey.campaigns.preflight import PoolPreview, Preflight, check_wave
from survey.campaigns.selectors import find_letter
from survey.campaigns.zones import quiet_hours_of
from survey.console.pages import WaveRow, wave_row
from survey.console.pulse.questions import list_questions
from survey.console.pulse.steps import Step
from survey.console.rhythms import say_rhythm
from survey.console.states import WaveState
from survey.letters.models import Letter
from survey.questionnaires.models import Audience

MOMENT = "D j M, H:i"
MENDED_IN = (
    ("questionnaire", Step.QUESTIONS),
    ("closing time", Step.TIMING),
    ("letter", Step.MESSAGE),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list: ok, warn or bad, with the step in which it is mended."""

    tone: str
    title: str
    detail: str = ""
    pools: tuple[PoolPreview, ...] = ()
    step: Step | None = None
    address: str = ""

    @property
    def link(self) -> str:
        """Return what the link to that step says."""
        return "Change" if self.tone == "ok" else "Mend it" if self.tone == "bad" else "Look"


@dataclass(frozen=True, slots=True)
class CheckPage:
    """A draft with everything that a launch would do."""

    wave: WaveRow
    lines: tuple[Line, ...]
    is_preparing: bool
    can_launch: bool
    button: str
    recipients: str
    sender: str
    reply_to: str
    subject: str


def build_check_page(*, wave: Wave, now: datetime) -> CheckPage:
    """Check a draft and put the findings into words."""
    found = check_wave(wave=wave, now=now)
    letter = find_letter(wave=wave)
    is_customers = wave.campaign.audience == Audience.CUSTOMER
    row = wave_row(wave, now)
    lines = [*_ready(wave, found, letter, now), *_warned(wave, found), *_blocked(wave, found)]
    return CheckPage(
        wave=row,
        lines=tuple(_with_address(line, wave) for line in lines),
        is_preparing=row.state is WaveState.PREPARING,
        can_launch=not found.problems,
        button="Send now" if wave.opens_at <= now else f"Schedule for {_day(wave)}",
        recipients="customers" if is_customers else _people_count(found.n_people),
        sender=sender_of(letter) if letter else "",
        reply_to=letter.reply_to if letter else "",
        subject=letter.subject if letter else "",
    )


def sender_of(letter: Letter) -> str:
    """Return the From line, as the letter will carry it."""
    return f"{letter.signer_name} <{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}>"


def step_of(problem: str) -> Step:
    """Return the step in which what a sentence complains of is mended."""
    return next((step for word, step in MENDED_IN if word in problem), Step.PEOPLE)


def _ready(wave: Wave, found: Preflight, letter: Letter | None, now: datetime) -> list[Line]:
    is_customers = wave.campaign.audience == Audience.CUSTOMER
    lines = [_questions(wave), *_place(wave)]
    lines += _customers(wave, found) if is_customers else _people(wave, found)
    lines += _letter(wave, letter)
    return [*lines, _timing(wave, now), *_reminders(wave), *_rhythm(wave)]


def _warned(wave: Wave, found: Preflight) -> list[Line]:
    lines = [Line("warn", text, step=step_of(text)) for text in found.warnings]
    if wave.launch_problem:
        lines.append(Line("bad", "The last launch did not work", wave.launch_problem))
    return lines


def _blocked(wave: Wave, found: Preflight) -> list[Line]:
    return [Line("bad", text, step=step_of(text)) for text in found.problems]


def _with_address(line: Line, wave: Wave) -> Line:
    return replace(line, address=line.step.address(wave.pk)) if line.step else line


def _questions(wave: Wave) -> Line:
    asked = list_questions(wave=wave)
    n = len(asked.items)
    title = f"{n} question{'' if n == 1 else 's'}, about {asked.takes}"
    return Line("ok", title, f"{asked.name}.", step=Step.QUESTIONS)


def _place(wave: Wave) -> list[Line]:
    """Say which campaign the wave belongs to, and what that is compared with."""
    name = f"“{wave.campaign.name}”"
    if wave.number > 1:
        place = Line("ok", f"It becomes wave {wave.number} of {name}")
    else:
        place = Line("ok", f"It is the first wave of {name}")
    pairings = Pairing.objects.filter(Q(ex=wave.campaign) | Q(cx=wave.campaign))
    others = [
        f"“{pairing.cx if pairing.ex_id == wave.campaign_id else pairing.ex}”"
        for pairing in pairings.select_related("ex", "cx").order_by("pk")
    ]
    if others:
        return [replace(place, detail=f"Compared with {' and '.join(others)}.")]
    nothing = "It is not compared with another campaign yet."
    return [replace(place, detail=nothing, step=Step.QUESTIONS)]


def _people(wave: Wave, found: Preflight) -> list[Line]:
    shown = f"{_people_count(found.n_shown_people)} in {_groups(found.n_shown)} shown alone"
    pooled = (
        f"{_people_count(found.n_pooled_people)} in {_groups(found.n_pooled_teams)} counted with "
        "others"
    )
    parts = [shown, pooled] if found.n_pooled_teams else [shown]
    if found.not_asked:
        parts.append(f"{_people_count(len(found.not_asked))} not asked")
    tone = "ok" if found.n_people else "bad"
    is_are = "is" if found.n_people == 1 else "are"
    title = f"{_people_count(found.n_people)} {is_are} asked"
    lines = [Line(tone, title, f"{', '.join(parts)}.", step=Step.PEOPLE)]
    if found.n_pooled_teams:
        lines.append(_pooled(wave, found))
    return lines


def _pooled(wave: Wave, found: Preflight) -> Line:
    """Say which groups are counted together; a pool always holds two or more."""
    title = f"{found.n_pooled_teams} groups are counted together"
    detail = (
        f"So that fewer than {wave.threshold} people never stand alone. They see this before they "
        "answer."
    )
    return Line("warn", title, detail, found.pools, Step.PEOPLE)


def _customers(wave: Wave, found: Preflight) -> list[Line]:
    days = wave.campaign.minimum_interval_days
    return [
        Line(
            "ok",
            f"Customers of {found.n_teams} team{'' if found.n_teams == 1 else 's'}",
            f"Asked after they were served, at most once in {days} days. A team is shown once "
            f"{wave.threshold} have answered.",
            step=Step.PEOPLE,
        )
    ]


def _letter(wave: Wave, letter: Letter | None) -> list[Line]:
    if letter is None:
        return []  # preflight names it as a problem
    title = f"Signed by {letter.signer_name}, with a reply address"
    lines = [Line("ok", title, f"Replies go to {letter.reply_to}.", step=Step.MESSAGE)]
    if not wave.trial_letters.filter(delivery__letter=letter).exists():
        detail = "Send yourself the letter first: it shows that letters go out, and how they look."
        lines.append(Line("warn", "Nobody has tried this letter", detail, step=Step.MESSAGE))
    return lines


def _timing(wave: Wave, now: datetime) -> Line:
    closes = f"closes {_moment(wave.closes_at)}"
    if wave.letters_date and wave.letters_time:
        letters = f"{date_format(wave.letters_date, 'D j M')}, {wave.letters_time:%H:%M}"
        detail = f"By everybody’s own clock; {_quiet(wave)}"
        return Line("ok", f"Letters go {letters}, {closes}", detail, step=Step.TIMING)
    opens = "as soon as it is sent" if wave.opens_at <= now else _moment(wave.opens_at)
    return Line("ok", f"Opens {opens}, {closes}", _quiet(wave).capitalize(), step=Step.TIMING)


def _quiet(wave: Wave) -> str:
    quiet = quiet_hours_of(wave.campaign)
    if quiet is None:
        return "no quiet hours."
    return f"no letters between {quiet.begins:%H:%M} and {quiet.ends:%H:%M}."


def _reminders(wave: Wave) -> list[Line]:
    days = [date_format(row.due_date, "j F") for row in wave.reminders.order_by("number")]
    if not days:
        return []
    title = f"Reminder{'' if len(days) == 1 else 's'} on {' and '.join(days)}"
    return [Line("ok", title, "Only to links that nobody has used.", step=Step.TIMING)]


def _rhythm(wave: Wave) -> list[Line]:
    schedule = Schedule.objects.filter(campaign=wave.campaign_id, is_active=True).first()
    if schedule is None:
        return []
    detail = f"{say_rhythm(schedule)}. The rounds are sent by themselves."
    return [Line("ok", "It repeats itself", detail, step=Step.TIMING)]


def _people_count(n: int) -> str:
    return f"{n} person" if n == 1 else f"{n} people"


def _groups(n: int) -> str:
    return f"{n} group" if n == 1 else f"{n} groups"


def _moment(moment: datetime) -> str:
    return date_format(localtime(moment), MOMENT)


def _day(wave: Wave) -> str:
    return date_format(wave.letters_date or localtime(wave.opens_at), "j F")

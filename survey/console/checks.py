"""The page before a launch: what would happen, what to look at, and what stands in the way."""

from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.timezone import localtime

from survey.campaigns.letters import say_minutes, state_facts
from survey.campaigns.models import Invitation, Pairing, Wave
from survey.campaigns.preflight import PoolPreview, Preflight, check_wave
from survey.campaigns.selectors import find_letter
from survey.console.pages import WaveRow, wave_row
from survey.console.states import WaveState
from survey.letters.composing import render_words
from survey.letters.models import Letter
from survey.questionnaires.content import QuestionnaireContent
from survey.questionnaires.models import Audience
from survey.questionnaires.selectors import get_content

MOMENT = "D j M, H:i"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list: ok, warn or bad."""

    tone: str
    title: str
    detail: str = ""
    pools: tuple[PoolPreview, ...] = ()


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
    letter: str


def build_check_page(*, wave: Wave, now: datetime) -> CheckPage:
    """Check a draft and put the findings into words."""
    found = check_wave(wave=wave, now=now)
    content = get_content(questionnaire_id=wave.questionnaire_id)
    letter = find_letter(wave=wave)
    is_customers = wave.campaign.audience == Audience.CUSTOMER
    lines = [_questions(wave, content), *_place(wave)]
    lines += _customers(wave, found) if is_customers else _people(wave, found)
    lines += [*_letter(letter), _timing(wave, now)]
    lines += [Line("warn", text) for text in found.warnings]
    lines += [Line("bad", text) for text in found.problems]
    if wave.launch_problem:
        lines.append(Line("bad", "The last launch did not work", wave.launch_problem))
    row = wave_row(wave, now)
    return CheckPage(
        wave=row,
        lines=tuple(lines),
        is_preparing=row.state is WaveState.PREPARING,
        can_launch=not found.problems,
        button="Launch now" if wave.opens_at <= now else f"Schedule for {_day(wave.opens_at)}",
        recipients="customers" if is_customers else _people_count(found.n_people),
        sender=_sender(letter) if letter else "",
        reply_to=letter.reply_to if letter else "",
        subject=letter.subject if letter else "",
        letter=_preview(wave, letter) if letter else "",
    )


def _questions(wave: Wave, content: QuestionnaireContent) -> Line:
    minutes = say_minutes(wave=wave)
    title = f"{len(content.items)} questions, about {minutes} minute{'s' if minutes > 1 else ''}"
    return Line("ok", title, f"{content.name}, version {content.version}.")


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
    return [replace(place, detail="It is not compared with another campaign yet.")]


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
    lines = [Line(tone, title, f"{', '.join(parts)}.")]
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
    return Line("warn", title, detail, found.pools)


def _customers(wave: Wave, found: Preflight) -> list[Line]:
    days = wave.campaign.minimum_interval_days
    return [
        Line(
            "ok",
            f"Customers of {found.n_teams} team{'' if found.n_teams == 1 else 's'}",
            f"Asked after they were served, at most once in {days} days. A team is shown once "
            f"{wave.threshold} have answered.",
        )
    ]


def _letter(letter: Letter | None) -> list[Line]:
    if letter is None:
        return []  # preflight names it as a problem
    return [Line("ok", f"Signed by {letter.signer_name}", f"Replies go to {letter.reply_to}.")]


def _timing(wave: Wave, now: datetime) -> Line:
    opens = "as soon as it is launched" if wave.opens_at <= now else _moment(wave.opens_at)
    return Line("ok", f"Opens {opens}, closes {_moment(wave.closes_at)}")


def _preview(wave: Wave, letter: Letter) -> str:
    facts = state_facts(
        invitation=Invitation(wave=wave),
        recipient_name="",
        answer_url=f"{settings.BASE_URL}/r/…",
        stop_url=f"{settings.BASE_URL}/stop/…",
    )
    return render_words(letter=letter, facts=facts)


def _sender(letter: Letter) -> str:
    """Return the From line, as the letter will carry it."""
    return f"{letter.signer_name} <{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}>"


def _people_count(n: int) -> str:
    return f"{n} person" if n == 1 else f"{n} people"


def _groups(n: int) -> str:
    return f"{n} group" if n == 1 else f"{n} groups"


def _moment(moment: datetime) -> str:
    return date_format(localtime(moment), MOMENT)


def _day(moment: datetime) -> str:
    return date_format(localtime(moment), "j F")

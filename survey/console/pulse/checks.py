"""The page before a launch: what would happen, what to look at, and what stands in the way."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from survey.campaigns.contact_cuts import say_cut
from survey.campaigns.findings import Finding, Part
from survey.campaigns.launch_problems import say_launch_problem
from survey.campaigns.models import Pairing, Schedule, Wave
from survey.campaigns.preflight import PoolPreview, Preflight, check_wave
from survey.campaigns.rosters import asks_colleagues
from survey.campaigns.selectors import content_of, find_letter
from survey.campaigns.zones import quiet_hours_of
from survey.console.lacking import say_lacking
from survey.console.pages import WaveRow, wave_row
from survey.console.pulse.fingerprints import fingerprint_of
from survey.console.pulse.questions import list_questions
from survey.console.pulse.steps import Step
from survey.console.rhythms import say_rhythm
from survey.console.states import WaveState
from survey.letters.models import Letter
from survey.questionnaires.models import Audience

MOMENT = gettext_lazy("D j M, H:i")
MENDED_IN = {
    Part.QUESTIONS: Step.QUESTIONS,
    Part.PEOPLE: Step.PEOPLE,
    Part.MESSAGE: Step.MESSAGE,
    Part.TIMING: Step.TIMING,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list: ok, warn or bad, with the step in which it is mended."""

    tone: str
    title: str
    detail: str = ""
    pools: tuple[PoolPreview, ...] = ()
    step: Step | None = None
    address: str = ""
    arrows: tuple[PoolPreview, ...] = ()

    @property
    def link(self) -> str:
        """Return what the link to that step says."""
        if self.tone == "ok":
            return _("Change")
        return _("Mend it") if self.tone == "bad" else pgettext("look at it", "Look")


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
    fingerprint: str


def build_check_page(*, wave: Wave, now: datetime) -> CheckPage:
    """Check a draft and put the findings into words."""
    found = check_wave(wave=wave, now=now)
    letter = find_letter(wave=wave)
    is_customers = wave.campaign.audience == Audience.CUSTOMER
    row = wave_row(wave, now)
    lines = [*_ready(wave, found, letter, now), *_warned(wave, found), *_blocked(found)]
    return CheckPage(
        wave=row,
        lines=tuple(_with_address(line, wave) for line in lines),
        is_preparing=row.state is WaveState.PREPARING,
        can_launch=not found.problems,
        button=_say_button(wave, now),
        recipients=_("customers") if is_customers else _people_count(found.n_people),
        sender=sender_of(letter) if letter else "",
        reply_to=letter.reply_to if letter else "",
        subject=letter.subject if letter else "",
        fingerprint=fingerprint_of(wave=wave, counted=found),
    )


def sender_of(letter: Letter) -> str:
    """Return the From line, as the letter will carry it."""
    return f"{letter.signer_name} <{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}>"


def _say_button(wave: Wave, now: datetime) -> str:
    if wave.opens_at <= now:
        return _("Send now")
    day = wave.letters_date or localtime(wave.opens_at)
    return _("Schedule for %(day)s") % {"day": date_format(day, "MONTH_DAY_FORMAT")}


def _ready(wave: Wave, found: Preflight, letter: Letter | None, now: datetime) -> list[Line]:
    is_customers = wave.campaign.audience == Audience.CUSTOMER
    lines = [_questions(wave), *_place(wave)]
    if is_customers:
        lines += _customers(wave, found)
    else:
        lines += _colleagues(found) if asks_colleagues(wave=wave) else _people(wave, found)
    lines += _cuts(found)
    lines += _letter(wave, letter)
    return [*lines, _timing(wave, now), *_reminders(wave), *_rhythm(wave)]


def _warned(wave: Wave, found: Preflight) -> list[Line]:
    lines = [_line("warn", finding) for finding in found.warnings]
    if wave.launch_problem:
        lines.append(Line("bad", _("The last launch did not work"), say_launch_problem(wave)))
    return lines


def _blocked(found: Preflight) -> list[Line]:
    return [_line("bad", finding) for finding in found.problems]


def _line(tone: str, finding: Finding) -> Line:
    return Line(tone, finding.sentence, step=MENDED_IN[finding.part])


def _with_address(line: Line, wave: Wave) -> Line:
    return replace(line, address=line.step.address(wave.pk)) if line.step else line


def _questions(wave: Wave) -> Line:
    asked = list_questions(wave=wave)
    n = len(asked.items)
    title = ngettext("%(n)s question, about %(takes)s", "%(n)s questions, about %(takes)s", n)
    if asks_colleagues(wave=wave):
        title = ngettext(
            "%(n)s question about each team, about %(takes)s",
            "%(n)s questions about each team, about %(takes)s",
            n,
        )
    values = {"n": n, "takes": asked.takes}
    return Line("ok", title % values, f"{asked.name}.", step=Step.QUESTIONS)


def _place(wave: Wave) -> list[Line]:
    """Say which campaign the wave belongs to, and what that is compared with."""
    values = {"number": wave.number, "campaign": wave.campaign.name}
    if wave.number > 1:
        place = Line("ok", _("It becomes wave %(number)s of “%(campaign)s”") % values)
    else:
        place = Line("ok", _("It is the first wave of “%(campaign)s”") % values)
    if asks_colleagues(wave=wave):
        return [replace(place, detail=_say_joined(wave))]
    pairings = Pairing.objects.filter(Q(ex=wave.campaign) | Q(cx=wave.campaign))
    others = [
        f"“{pairing.cx if pairing.ex_id == wave.campaign_id else pairing.ex}”"
        for pairing in pairings.select_related("ex", "cx").order_by("pk")
    ]
    if others and not content_of(wave=wave).linked_scales:
        return [place, _incomparable(wave, others)]
    if others:
        compared = _("Compared with %(campaigns)s.") % {"campaigns": _and(others)}
        return [replace(place, detail=compared)]
    nothing = _("It is not compared with another campaign yet.")
    return [replace(place, detail=nothing, step=Step.QUESTIONS)]


def _say_joined(wave: Wave) -> str:
    """Say which comparisons take a campaign among colleagues in."""
    names = list(
        Pairing.objects.filter(colleague=wave.campaign)
        .order_by("pk")
        .values_list("name", flat=True)
    )
    if not names:
        return _("No comparison takes it in yet: choose it where two campaigns are compared.")
    return _("It shows how service goes from team to team beside %(names)s.") % {
        "names": _and([f"“{name}”" for name in names])
    }


def _incomparable(wave: Wave, others: Sequence[str]) -> Line:
    title = _("Nothing in it can be compared with %(campaigns)s") % {"campaigns": _and(others)}
    lacking = say_lacking(content_of(wave=wave))
    detail = _("Only a scale that is asked whole is compared, and none is.")
    if lacking:
        detail = f"{detail} {_and(lacking)}."
    return Line("warn", title, detail, step=Step.QUESTIONS)


def _people(wave: Wave, found: Preflight) -> list[Line]:
    tone = "ok" if found.n_people else "bad"
    title = ngettext("%(n)s person is asked", "%(n)s people are asked", found.n_people)
    parts = ", ".join(_say_counted(found))
    lines = [Line(tone, title % {"n": found.n_people}, f"{parts}.", step=Step.PEOPLE)]
    if found.n_pooled_teams:
        lines.append(_pooled(wave, found))
    return lines


def _colleagues(found: Preflight) -> list[Line]:
    """Say who is asked about which teams; every arrow is listed with its ratings."""
    tone = "ok" if found.n_people else "bad"
    title = ngettext("%(n)s person is asked", "%(n)s people are asked", found.n_people)
    asked = Line(tone, title % {"n": found.n_people}, _say_ratings(found), step=Step.PEOPLE)
    if not found.arrows:
        return [asked]
    n = found.n_shown + found.n_pooled_teams
    rated = ngettext("%(n)s arrow is rated", "%(n)s arrows are rated", n) % {"n": n}
    alone = ngettext("%(n)s is shown alone", "%(n)s are shown alone", found.n_shown)
    detail = alone % {"n": found.n_shown}
    if found.n_pooled_teams:
        pooled = ngettext(
            "%(n)s is counted with others", "%(n)s are counted with others", found.n_pooled_teams
        )
        detail = f"{detail}, {pooled % {'n': found.n_pooled_teams}}"
    return [asked, Line("ok", rated, f"{capfirst(detail)}.", arrows=found.arrows, step=Step.PEOPLE)]


def _say_ratings(found: Preflight) -> str:
    ratings = ngettext("%(n)s rating", "%(n)s ratings", found.n_ratings) % {"n": found.n_ratings}
    teams = ngettext("%(n)s serving team", "%(n)s serving teams", found.n_teams)
    return _("%(ratings)s of %(teams)s.") % {
        "ratings": ratings,
        "teams": teams % {"n": found.n_teams},
    }


def _cuts(found: Preflight) -> list[Line]:
    """Say by what the figures of everybody are told too."""
    if not found.cuts:
        return []
    title = _("The figures of everybody are also told by %(names)s") % {
        "names": _and([say_cut(code=one.cut.code, name=one.cut.name) for one in found.cuts])
    }
    detail = _("Never those of a team. They read this before they answer.")
    return [Line("ok", title, detail, step=Step.PEOPLE)]


def _say_counted(found: Preflight) -> Iterator[str]:
    yield _("%(people)s in %(groups)s shown alone") % {
        "people": _people_count(found.n_shown_people),
        "groups": _groups(found.n_shown),
    }
    if found.n_pooled_teams:
        yield _("%(people)s in %(groups)s counted with others") % {
            "people": _people_count(found.n_pooled_people),
            "groups": _groups(found.n_pooled_teams),
        }
    if found.not_asked:
        yield _("%(people)s not asked") % {"people": _people_count(len(found.not_asked))}


def _pooled(wave: Wave, found: Preflight) -> Line:
    """Say which groups are counted together; a pool always holds two or more."""
    n = found.n_pooled_teams
    title = ngettext(
        "%(n)s groups are counted together", "%(n)s groups are counted together", n
    ) % {"n": n}
    detail = _(
        "So that fewer than %(n)s people never stand alone. They see this before they answer."
    ) % {"n": wave.threshold}
    return Line("warn", title, detail, found.pools, Step.PEOPLE)


def _customers(wave: Wave, found: Preflight) -> list[Line]:
    title = ngettext("Customers of %(n)s team", "Customers of %(n)s teams", found.n_teams)
    detail = _(
        "Asked after they were served, at most once in %(days)s days. A team is shown once "
        "%(n)s have answered."
    ) % {"days": wave.campaign.minimum_interval_days, "n": wave.threshold}
    return [Line("ok", title % {"n": found.n_teams}, detail, step=Step.PEOPLE)]


def _letter(wave: Wave, letter: Letter | None) -> list[Line]:
    if letter is None:
        return []  # preflight names it as a problem
    title = _("Signed by %(name)s, with a reply address") % {"name": letter.signer_name}
    detail = _("Replies go to %(address)s.") % {"address": letter.reply_to}
    lines = [Line("ok", title, detail, step=Step.MESSAGE)]
    if not wave.trial_letters.filter(delivery__letter=letter).exists():
        detail = _(
            "Send yourself the letter first: it shows that letters go out, and how they look."
        )
        lines.append(Line("warn", _("Nobody has tried this letter"), detail, step=Step.MESSAGE))
    return lines


def _timing(wave: Wave, now: datetime) -> Line:
    closes = _moment(wave.closes_at)
    if wave.letters_date and wave.letters_time:
        letters = f"{date_format(wave.letters_date, _('D j M'))}, {wave.letters_time:%H:%M}"
        title = _("Letters go %(letters)s, closes %(closes)s")
        detail = _("By everybody’s own clock; %(quiet)s") % {"quiet": _quiet(wave)}
        values = {"letters": letters, "closes": closes}
        return Line("ok", title % values, detail, step=Step.TIMING)
    if wave.opens_at <= now:
        title = _("Opens as soon as it is sent, closes %(closes)s") % {"closes": closes}
    else:
        values = {"opens": _moment(wave.opens_at), "closes": closes}
        title = _("Opens %(opens)s, closes %(closes)s") % values
    return Line("ok", title, capfirst(_quiet(wave)), step=Step.TIMING)


def _quiet(wave: Wave) -> str:
    quiet = quiet_hours_of(wave.campaign)
    if quiet is None:
        return _("no quiet hours.")
    values = {"begins": f"{quiet.begins:%H:%M}", "ends": f"{quiet.ends:%H:%M}"}
    return _("no letters between %(begins)s and %(ends)s.") % values


def _reminders(wave: Wave) -> list[Line]:
    due = wave.reminders.order_by("number").values_list("due_date", flat=True)
    days = [date_format(day, "MONTH_DAY_FORMAT") for day in due]
    if not days:
        return []
    title = ngettext("Reminder on %(days)s", "Reminders on %(days)s", len(days))
    detail = _("Only to links that nobody has used.")
    return [Line("ok", title % {"days": _and(days)}, detail, step=Step.TIMING)]


def _rhythm(wave: Wave) -> list[Line]:
    schedule = Schedule.objects.filter(campaign=wave.campaign_id, is_active=True).first()
    if schedule is None:
        return []
    rhythm = {"rhythm": say_rhythm(schedule)}
    detail = _("%(rhythm)s. The rounds are sent by themselves.") % rhythm
    return [Line("ok", _("It repeats itself"), detail, step=Step.TIMING)]


def _people_count(n: int) -> str:
    return ngettext("%(n)s person", "%(n)s people", n) % {"n": n}


def _groups(n: int) -> str:
    return ngettext("%(n)s group", "%(n)s groups", n) % {"n": n}


def _and(parts: Sequence[str]) -> str:
    """Return a list in words; of three or more the last two are joined in the end."""
    said, *others = parts
    for other in others:
        said = _("%(some)s and %(other)s") % {"some": said, "other": other}
    return said


def _moment(moment: datetime) -> str:
    return date_format(localtime(moment), str(MOMENT))

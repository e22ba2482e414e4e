"""What came of the demo's answers: promises kept, open, late and refused, and stories told."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from survey.accounts.models import User
from survey.aggregation.models import ReleasedComment
from survey.core.timestamps import local_date
from survey.followup.promising import Wording, keep_commitment, make_commitment, refuse_wish
from survey.followup.telling import Choosing, choose_story
from survey.organization.models import Team
from survey.questionnaires.models import Audience, PlaybackLeave
from survey.samples.organisation import DOMAIN, REGIONS, TRADES, region_code, team_code

TOLD_PER_SIDE = 2
DEDICATIONS = {
    Audience.EMPLOYEE: "To everybody on the late shift",
    Audience.CUSTOMER: "To the person at the desk that day",
}


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody promised so many days ago, due and kept so many days from today."""

    login: str
    audience: str
    place: str  # the code of a team; empty: to everybody
    heard: str
    what: str
    theme: str
    made: int
    due: int
    kept: int | None = None
    who_name: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """What somebody said no to, and why."""

    login: str
    audience: str
    place: str
    heard: str
    what: str
    because: str
    made: int


TEAM, REGION = team_code(REGIONS[0], TRADES[0]), region_code(REGIONS[0])
PROMISES = (
    Said(
        "bob", Audience.EMPLOYEE, TEAM,
        "Rotas come out on Thursday for Monday. Nobody can plan a dentist.",
        "Rotas go up two weeks ahead", "fairness", made=62, due=-30, kept=-33,
    ),
    Said(
        "bob", Audience.EMPLOYEE, TEAM, "Nobody can tell you how a swap gets decided.",
        "Write down how shift swaps are decided and put it on the wall", "fairness",
        made=41, due=-4,
    ),
    Said(
        "carmen", Audience.CUSTOMER, "", "I never know if I am in the right queue.",
        "Paint a line on the floor, so that everybody sees where the queue is", "treatment",
        made=70, due=-45, kept=-50, who_name="Jonah Price",
    ),
    Said(
        "rita", Audience.CUSTOMER, REGION,
        "Friday night, one person at the desk and twenty of us in line.",
        "A second person at the desk on Fridays from four to eight", "treatment", made=20, due=24,
    ),
)  # fmt: skip
NO = Refused(
    "rita", Audience.CUSTOMER, REGION,
    "Why are you shut on Sundays? It is the only day I can come.",
    "Open on Sundays",
    "It needs four more people. We have money for two, and Saturday is when most of you wait "
    "longest, so they work on Saturdays. We look at it again in June.",
    made=20,
)  # fmt: skip


def close_the_loop(*, now: datetime) -> None:
    """Let the demo's people promise, keep, be late and say no, and let them tell stories."""
    for said in PROMISES:
        _promise(said, now)
    by = _find_user(NO.login)
    refuse_wish(
        wording=Wording(NO.audience, NO.what, NO.heard, Team.objects.get(code=NO.place)),
        because=NO.because,
        who_name=by.name,
        who=by,
        by=by,
        now=now - timedelta(days=NO.made),
    )
    for audience in DEDICATIONS:
        _tell(audience, now)


def _promise(said: Said, now: datetime) -> None:
    by, team = _find_user(said.login), Team.objects.filter(code=said.place).first()
    made = make_commitment(
        wording=Wording(said.audience, said.what, said.heard, team, theme=said.theme),
        who_name=said.who_name or by.name,
        who=by,
        due_date=_day(now, said.due),
        by=by,
        now=now - timedelta(days=said.made),
    )
    if said.kept is not None:
        then = now + timedelta(days=said.kept)
        keep_commitment(key=made.key, kept_date=_day(now, said.kept), by=by, now=then)


def _tell(audience: str, now: datetime) -> None:
    """Tell everybody one story of the newest wave, and the team of Bob's login another."""
    team, by = Team.objects.get(code=TEAM), _find_user("alice")
    for place, comment in enumerate(_words_of(audience)):
        choosing = Choosing(
            team=team if place else None,
            dedication=DEDICATIONS[Audience(audience)] if place else "",
            is_on_heard_page=not place,
        )
        choose_story(comment_id=comment.comment_id, choosing=choosing, by=by, now=now)


def _words_of(audience: str) -> QuerySet[ReleasedComment]:
    """Return the words of the newest wave that may be told as they stand, by their letters."""
    rows = ReleasedComment.objects.filter(
        group__wave__campaign__audience=audience, comment__leave=PlaybackLeave.AS_TOLD
    )
    return rows.order_by("-group__wave__closes_at", "comment__text")[:TOLD_PER_SIDE]


def _find_user(login: str) -> User:
    return User.objects.get(email=f"{login}@{DOMAIN}")


def _day(now: datetime, days: int) -> date:
    return local_date(now + timedelta(days=days))

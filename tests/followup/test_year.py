"""A year of days in three zones: what is due, late and overdue, and who is told of it, and when."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from survey.accounts.models import User
from survey.aggregation.models import Release
from survey.campaigns.models import Pairing
from survey.core.timestamps import local_date
from survey.followup.callback_rounds import remind_owners
from survey.followup.commitments import count_commitments
from survey.followup.digests import send_digests
from survey.followup.models import (
    Callback,
    CallbackState,
    Commitment,
    CommitmentState,
    Message,
    Playback,
    PlaybackState,
)
from survey.followup.needs import Need, list_needs
from survey.followup.settling import settle_commitments
from survey.organization.models import Team
from tests.cast import Organisation
from tests.dashboards.team.staging import everywhere, release, write
from tests.factories.aggregation import make_wave
from tests.followup.waiting import make_answer, make_call, make_playback, make_promise
from tests.followup.year import (
    DAY,
    EVERY_DAY,
    HOUR,
    SECOND,
    YEAR_BEGINS,
    Book,
    Row,
    State,
    boundaries,
    local,
)

ZONES = ("Pacific/Auckland", "Europe/Berlin", "America/Los_Angeles")
A_MONTH = 20
HOURS = (time.min, time(23, 59, 59), time(2, 30), time(12))  # 2:30 is skipped, and comes twice
CHANGES = ("2026-03-08", "2026-03-29", "2026-04-05", "2026-09-27", "2026-10-25", "2026-11-01")
pytest_plugins = ["tests.dashboards.team.company"]


@pytest.fixture
def zone(request: pytest.FixtureRequest, settings: Settings) -> Iterator[ZoneInfo]:
    """Let the organisation live in a zone."""
    settings.TIME_ZONE = request.param
    timezone.get_default_timezone.cache_clear()
    yield ZoneInfo(request.param)
    timezone.get_default_timezone.cache_clear()


@pytest.fixture
def book(zone: ZoneInfo, bob: User, organisation: Organisation, team_sides: Pairing) -> Book:
    """A year of things that wait for Bob: some are settled in time, some late, some never."""
    found = Book(zone)
    days = [*map(date.fromisoformat, CHANGES), *(YEAR_BEGINS + n * DAY for n in range(2, 365, 45))]
    for n, day in enumerate(days):
        due_at = local(day, HOURS[n % len(HOURS)], zone)
        call = make_call(bob, due_at, remind_at=due_at - 4 * HOUR)
        found.calls.append(Row(call.pk, due_at=due_at, settled_at=_settled(day, n, zone)))
        made = day - (1 if n % 4 == 1 else 40) * DAY
        promise = make_promise(bob, day, made_date=made, team=organisation.bakery)
        settled = _settled(day, n + 1, zone)
        found.promises.append(Row(promise.pk, due_date=day, made_date=made, settled_at=settled))
    groups = release(team_sides.ex, everywhere("fair", 70.0))
    for n in range(6):
        day = YEAR_BEGINS + (14 + 60 * n) * DAY
        wave = make_wave(team_sides.ex)
        old = Release.objects.create(wave=wave, made_at=wave.closes_at, checksum=f"{n:064}")
        draft = make_playback(old, bob, day)
        found.playbacks.append(Row(draft.pk, due_date=day, settled_at=_settled(day, n, zone)))
    for n, text in enumerate(("The door squeaks.", "The oven is cold.")):
        day = YEAR_BEGINS + (30 + 200 * n) * DAY
        answer = make_answer(write(groups["bakery"], text), day)
        replied = local(day + 20 * DAY, time.min, zone)
        found.answers.append(Row(answer.number, due_date=day, settled_at=replied))
        found.talks.append(answer.conversation)
    Release.objects.update(made_at=local(date(2024, 1, 1), time.min, zone))  # none of it is news
    return found


def _settled(day: date, n: int, zone: ZoneInfo) -> datetime | None:
    """Settle one of four in time, one on its day, one late, and one never this year."""
    after = (-5, 0, 9, None)[n % 4]
    return None if after is None else local(day + after * DAY, time.min, zone)


def settle(book: Book, moment: datetime) -> None:
    """Store what was settled at a moment."""
    if moment not in book.settlements:
        return

    def due(rows: list[Row]) -> list[int]:
        return [one.pk for one in rows if one.settled_at == moment]

    Callback.objects.filter(pk__in=due(book.calls)).update(
        state=CallbackState.SOLVED, ended_at=moment
    )
    Commitment.objects.filter(pk__in=due(book.promises)).update(
        state=CommitmentState.KEPT, settled_date=book.today(moment)
    )
    Playback.objects.filter(pk__in=due(book.playbacks)).update(
        state=PlaybackState.PUBLISHED, published_at=moment, title="Heard", body="Rotas.",
        signer_name="Bob", reply_to="bob@example.org",
    )  # fmt: skip
    for answer, talk in zip(book.answers, book.talks, strict=True):
        if answer.settled_at == moment:
            today = book.today(moment)
            Message.objects.create(
                conversation=talk, number=2, signed="Bob", text="Oiled.", said_date=today,
                shown_date=today,
            )  # fmt: skip


def read_state(bob: User, team: Team, moment: datetime) -> State:
    """Return what the product says at a moment, by its own rules."""
    today = local_date(moment)
    needs = list_needs(user=bob, team_ids=[team.pk], now=moment)
    counts = count_commitments(today=today, team_ids=[team.pk])
    drafts = {int(one.address.split("/")[-2]): one.tone for one in _of("playbacks", needs)}
    return {
        "calls": Counter(one.tone for one in _of("calls", needs)),
        "promises": Counter(one.title for one in _of("promises", needs)),
        "counts": (counts.kept, counts.open, counts.late),
        "drafts": drafts,
        "answers": sum(int(one.title.split()[0]) for one in _of("words", needs)),
    }


def _of(page: str, needs: Iterable[Need]) -> list[Need]:
    return [one for one in needs if one.address.startswith(f"/dashboards/{page}/")]


def differences(
    book: Book, bob: User, team: Team, days: Iterable[date], *, shift: timedelta = timedelta()
) -> list[str]:
    """Live through some days; tell where the product, its clock shifted, differs from the book."""
    found = []
    for moment in boundaries(book.zone, days):
        settle(book, moment)
        clock = moment + shift
        said = {
            "state": (read_state(bob, team, clock), book.state_at(moment)),
            "told": (
                (remind_owners(now=clock), settle_commitments(now=clock)),
                book.count_told(moment),
            ),
            "page": (send_digests(now=clock), int(book.sends_page(moment))),
        }
        found += [
            f"{moment}: {name} {product} {own}"
            for name, (product, own) in said.items()
            if product != own
        ]
    return found


class TestYear:
    @pytest.mark.parametrize("zone", ZONES, indirect=True)
    def test_is_told_rightly_whenever_a_day_changes_anything_and_the_second_before(
        self, book: Book, bob: User, organisation: Organisation
    ) -> None:
        assert differences(book, bob, organisation.bakery, book.telling_days) == []
        assert len(book.told_months) > 9

    @pytest.mark.soak
    @pytest.mark.parametrize("zone", ZONES, indirect=True)
    def test_is_told_rightly_at_every_midnight_and_the_second_before(
        self, book: Book, bob: User, organisation: Organisation
    ) -> None:
        assert differences(book, bob, organisation.bakery, EVERY_DAY) == []

    @pytest.mark.parametrize("zone", ZONES[1:2], indirect=True)
    @pytest.mark.parametrize("shift", [-SECOND, HOUR, SECOND])
    def test_is_told_wrongly_by_a_clock_that_is_off(
        self, book: Book, bob: User, organisation: Organisation, shift: timedelta
    ) -> None:
        assert differences(book, bob, organisation.bakery, EVERY_DAY[:A_MONTH], shift=shift)

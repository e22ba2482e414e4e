"""Letters to everybody who was asked: all of them, each once, whatever breaks off between."""

from datetime import UTC, datetime, time
from typing import Any

import pytest

from survey.campaigns.models import Invitation, Wave
from survey.followup import lettering
from survey.followup.lettering import count_reached, letter_due_playbacks, queue_next_batch
from survey.followup.models import Notice, Playback
from survey.letters.models import Delivery
from survey.letters.services.stopping import stop_address
from survey.organization.models import Person
from tests.cast import Organisation
from tests.factories.aggregation import make_campaign, make_instrument, make_wave, plant
from tests.factories.playbacks import make_playback

pytestmark = pytest.mark.django_db
N = 7


@pytest.fixture
def wave(organisation: Organisation) -> Wave:
    wave = make_wave(make_campaign(make_instrument(), organisation.company))
    group = plant(wave, {"bakery": None})["bakery"]
    people = [
        Person.objects.create(
            external_id=f"asked-{n}", name=f"Asked {n}", email=f"asked{n}@example.org"
        )
        for n in range(N)
    ]
    Invitation.objects.bulk_create(
        Invitation(wave=wave, group=group, person=person) for person in people
    )
    return wave


@pytest.fixture
def playback(wave: Wave, now: datetime) -> Playback:
    return make_playback(wave, now=now, is_published=True)


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lettering, "BATCH", 3)


def addresses() -> list[str]:
    return sorted(Notice.objects.values_list("delivery__address", flat=True))


def everybody() -> list[str]:
    return [f"asked{n}@example.org" for n in range(N)]


@pytest.mark.usefixtures("small_batches")
class TestLetterDuePlaybacks:
    def test_writes_to_all_who_were_asked_and_to_nobody_else(
        self, playback: Playback, now: datetime
    ) -> None:
        assert count_reached(playback, now=now) == N
        assert letter_due_playbacks(now=now) == N

        playback.refresh_from_db()
        assert addresses() == everybody()
        assert (playback.n_letters, playback.lettered_at) == (N, now)
        assert letter_due_playbacks(now=now) == 0

    def test_goes_on_where_a_worker_died(
        self, playback: Playback, now: datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        queue_next_batch(playback_id=playback.pk, now=now)
        kept = lettering.queue_notices

        def die(**more: Any) -> int:
            kept(**more)
            raise MemoryError

        with monkeypatch.context() as dying:
            dying.setattr(lettering, "queue_notices", die)
            with pytest.raises(MemoryError):
                queue_next_batch(playback_id=playback.pk, now=now)
        assert len(addresses()) == 3  # what died wrote nothing down

        letter_due_playbacks(now=now)

        assert addresses() == everybody()

    def test_would_write_twice_if_the_place_were_forgotten(
        self, playback: Playback, now: datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Show that the checks above can fail."""
        queue_next_batch(playback_id=playback.pk, now=now)
        Playback.objects.update(lettered_up_to=0)
        monkeypatch.setattr(lettering.Notice.objects, "filter", lambda **_: Notice.objects.none())

        letter_due_playbacks(now=now)

        assert len(addresses()) == N + 3

    def test_writes_to_an_address_once_that_two_people_share(
        self, playback: Playback, now: datetime
    ) -> None:
        Person.objects.filter(external_id="asked-6").update(email="Asked0@example.org")

        assert count_reached(playback, now=now) == 6
        letter_due_playbacks(now=now)

        assert addresses() == everybody()[:6]

    def test_leaves_drafts_alone(self, wave: Wave, now: datetime) -> None:
        make_playback(wave, now=now)

        assert letter_due_playbacks(now=now) == 0

    def test_spares_those_without_an_address_and_those_who_want_no_letters(
        self, playback: Playback, now: datetime
    ) -> None:
        Person.objects.filter(external_id="asked-0").update(email="")
        stop_address(address="asked1@example.org", today=now.date())

        assert count_reached(playback, now=now) == N - 2
        letter_due_playbacks(now=now)

        assert addresses() == everybody()[2:]

    def test_waits_for_the_end_of_quiet_hours_by_everybodys_own_clock(
        self, playback: Playback, now: datetime
    ) -> None:
        wave = playback.release.wave
        wave.campaign.quiet_from, wave.campaign.quiet_until = time(20), time(7)
        wave.campaign.save()
        Person.objects.filter(external_id="asked-0").update(time_zone="Asia/Tokyo")
        evening = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)  # 21:00 in Tokyo

        letter_due_playbacks(now=evening)

        due = dict(Delivery.objects.values_list("address", "due_at"))
        assert due["asked0@example.org"] == datetime(2026, 3, 2, 22, 0, tzinfo=UTC)
        assert due["asked1@example.org"] == evening

    def test_writes_to_everybody_in_their_own_language(
        self, playback: Playback, now: datetime
    ) -> None:
        Person.objects.filter(external_id="asked-2").update(language="ar")

        letter_due_playbacks(now=now)

        told = dict(Delivery.objects.values_list("address", "language"))
        assert (told["asked2@example.org"], told["asked3@example.org"]) == ("ar", "en")

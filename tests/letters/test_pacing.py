"""So many letters to one mail domain in a minute."""

from collections import Counter
from datetime import datetime, timedelta

import pytest
from pytest_django import Settings

from survey.letters.claiming import claim_due
from survey.letters.models import Delivery, DeliveryChannel, DeliveryKind, DomainPace
from survey.letters.pacing import domain_of, return_shares
from tests.factories.letters import DeliveryFactory

pytestmark = pytest.mark.django_db


def claim(now: datetime) -> Counter[str]:
    claimed = claim_due(channel=DeliveryChannel.EMAIL, now=now, size=100)
    return Counter(domain_of(row.address) for row in claimed)


@pytest.fixture
def noon(settings: Settings) -> datetime:
    settings.LETTERS_PER_DOMAIN_MINUTE = 3
    return datetime.fromisoformat("2026-03-02T12:00:30+00:00")


class TestPace:
    def test_spreads_a_crowd_over_the_minutes_that_follow(self, noon: datetime) -> None:
        DeliveryFactory.create_batch(8)
        claim(noon)

        waits = Counter(Delivery.objects.filter(state="QUEUED").values_list("due_at", flat=True))
        assert waits == {
            noon + timedelta(seconds=30): 3,
            noon + timedelta(seconds=90): 2,
        }

    def test_counts_for_all_runs_of_a_minute(self, noon: datetime) -> None:
        DeliveryFactory.create_batch(2)
        assert claim(noon) == {"example.org": 2}
        DeliveryFactory.create_batch(2)

        assert claim(noon + timedelta(seconds=20)) == {"example.org": 1}
        assert claim(noon + timedelta(seconds=30)) == {"example.org": 1}

    def test_never_goes_over_the_share_of_any_minute(self, noon: datetime) -> None:
        for number in range(25):
            DeliveryFactory(address=f"a{number}@Crowd.example", due_at=noon)
            DeliveryFactory(address=f"b{number}@{number}.example", due_at=noon)
        taken = [claim(noon + timedelta(minutes=minute)) for minute in range(10)]

        assert [went["crowd.example"] for went in taken] == [3] * 8 + [1, 0]
        assert sum(len(went) for went in taken[:1]) == 26

    @pytest.mark.parametrize("domain", ["MÜNCHEN.example", "STRASSE.example", "xn--mnchen-3ya.DE"])
    def test_puts_a_crowd_off_however_its_domain_is_written(
        self, noon: datetime, domain: str
    ) -> None:
        for number in range(5):
            DeliveryFactory(address=f"a{number}@{domain}", due_at=noon)
        taken = [claim(noon + timedelta(seconds=at)).total() for at in (0, 0, 30)]

        assert taken == [3, 0, 2]

    @pytest.mark.timeout(30)
    def test_ends_where_nothing_can_be_put_off(
        self, noon: datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        DeliveryFactory.create_batch(5)
        monkeypatch.setattr("survey.letters.pacing.domain_of", lambda _: "elsewhere.example")

        assert [claim(noon).total(), claim(noon).total()] == [3, 0]

    def test_takes_back_the_shares_of_letters_that_did_not_go(self, noon: datetime) -> None:
        DeliveryFactory.create_batch(3)
        claimed = claim_due(channel=DeliveryChannel.EMAIL, now=noon, size=100)
        return_shares(claimed[:2], now=noon + timedelta(minutes=1))
        assert DomainPace.objects.get().n_letters == 3  # of another minute

        return_shares(claimed[:2], now=noon)

        assert DomainPace.objects.get().n_letters == 1

    def test_holds_nobody_back_whose_work_waits_and_counts_them(self, noon: datetime) -> None:
        DeliveryFactory.create_batch(5)
        claim(noon)
        DeliveryFactory.create_batch(5, kind=DeliveryKind.NOTICE)

        claimed = claim_due(
            channel=DeliveryChannel.EMAIL, now=noon, size=100, kinds=[DeliveryKind.NOTICE]
        )

        assert (len(claimed), DomainPace.objects.get().n_letters) == (5, 8)

    def test_puts_no_work_off_with_a_crowd(self, noon: datetime) -> None:
        work = DeliveryFactory(kind=DeliveryKind.NOTICE, due_at=noon)
        DeliveryFactory.create_batch(8)

        claim(noon)

        work.refresh_from_db()
        assert work.due_at == noon

    def test_counts_nothing_without_a_limit(self, settings: Settings, noon: datetime) -> None:
        settings.LETTERS_PER_DOMAIN_MINUTE = 0
        DeliveryFactory.create_batch(20)

        assert claim(noon) == {"example.org": 20}
        assert not DomainPace.objects.exists()
        assert str(DomainPace(domain="example.org", n_letters=3)) == "3 to example.org"

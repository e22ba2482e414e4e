"""When figures were made, and when the next come."""

from datetime import UTC, date, datetime

import pytest
from django.template.loader import render_to_string
from pytest_django import DjangoAssertNumQueries

from survey.aggregation.models import Release
from survey.campaigns.models import Campaign, Channel, Pairing, Wave
from survey.core.periods import Period
from survey.dashboards.moments import Moment, read_moments
from tests.cast import Organisation
from tests.dashboards.studies import make_pairing

Q1 = date(2026, 1, 1)
NOW = datetime(2026, 4, 20, 9, tzinfo=UTC)


def day(month: int, number: int) -> datetime:
    return datetime(2026, month, number, 12, tzinfo=UTC)


@pytest.fixture
def pairing(organisation: Organisation) -> Pairing:
    return make_pairing(organisation.company)


def make_wave(campaign: Campaign, opens: datetime, closes: datetime, **fields: object) -> Wave:
    return Wave.objects.create(
        campaign=campaign, questionnaire=campaign.questionnaire, opens_at=opens, closes_at=closes,
        number=campaign.waves.count() + 1, launched_at=opens, public_key=b"x", box_size=1,
        channel=Channel.PERSONAL, **fields,
    )  # fmt: skip


def release(wave: Wave, made_at: datetime, month_start: date | None = None) -> Release:
    return Release.objects.create(
        wave=wave, made_at=made_at, month_start=month_start, checksum=f"{made_at:%Y%m%d}"
    )


def read(pairing: Pairing) -> tuple[Moment, ...]:
    return read_moments(
        campaigns=[pairing.ex, pairing.cx], period=Period.QUARTER, start=Q1, now=NOW
    )


class TestReadMoments:
    def test_names_the_day_on_which_the_last_figures_were_made(self, pairing: Pairing) -> None:
        spent = make_wave(pairing.ex, day(3, 1), day(3, 14), closed_at=day(3, 14),
                          sealed_at=day(3, 14))  # fmt: skip
        release(spent, day(3, 15))
        long = make_wave(pairing.cx, day(1, 1), day(12, 31))
        for month, made in ((1, day(2, 1)), (3, day(4, 1)), (2, day(3, 1))):
            release(long, made, date(2026, month, 1))

        staff, customers = read(pairing)

        assert (staff.label, staff.made_date) == ("Staff", date(2026, 3, 15))
        assert (customers.label, customers.made_date) == ("Customers", date(2026, 4, 1))

    def test_has_no_day_for_another_quarter(self, pairing: Pairing) -> None:
        release(make_wave(pairing.ex, day(4, 1), day(4, 14), closed_at=day(4, 14),
                          sealed_at=day(4, 14)), day(4, 15))  # fmt: skip

        assert read(pairing)[0].made_date is None

    def test_looks_forward_to_the_close_of_the_next_wave_of_staff(self, pairing: Pairing) -> None:
        make_wave(pairing.ex, day(9, 1), day(9, 14))
        make_wave(pairing.ex, day(6, 1), day(6, 14))

        staff, customers = read(pairing)

        assert (staff.next_date, staff.is_at_close) == (date(2026, 6, 14), True)
        assert customers.next_date is None

    @pytest.mark.parametrize(
        ("opens", "closes", "next_date", "is_at_close"),
        [
            (day(1, 1), day(12, 31), date(2026, 5, 1), False),
            (day(1, 1), day(4, 25), date(2026, 4, 25), True),
            (day(8, 5), day(12, 31), date(2026, 9, 1), False),
        ],
    )
    def test_has_customers_figures_each_month_and_at_the_close(
        self,
        pairing: Pairing,
        opens: datetime,
        closes: datetime,
        next_date: date,
        is_at_close: bool,
    ) -> None:
        make_wave(pairing.cx, opens, closes)

        customers = read(pairing)[1]

        assert (customers.next_date, customers.is_at_close) == (next_date, is_at_close)

    def test_expects_nothing_of_drafts_and_of_withdrawn_waves(self, pairing: Pairing) -> None:
        wave = make_wave(pairing.ex, day(6, 1), day(6, 14))
        Wave.objects.update(withdrawn_at=NOW, withdrawn_reason="A mistake.")
        assert read(pairing)[0].next_date is None

        Wave.objects.filter(pk=wave.pk).update(
            withdrawn_at=None, withdrawn_reason="", launched_at=None
        )
        assert read(pairing)[0].next_date is None

    def test_asks_twice_however_many_releases_there_are(
        self, pairing: Pairing, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        long = make_wave(pairing.cx, day(1, 1), day(12, 31))
        for month in range(1, 4):
            release(long, day(month + 1, 1), date(2026, month, 1))

        with django_assert_num_queries(2):
            read(pairing)


class TestMoments:
    @pytest.mark.parametrize(
        ("moment", "said"),
        [
            (
                Moment("Staff", date(2026, 10, 3), date(2026, 12, 11), is_at_close=True),
                "Staff: made on 3 October 2026; next after the wave that closes on "
                "11 December 2026.",
            ),
            (
                Moment("Customers", None, date(2026, 12, 1), is_at_close=False),
                "Customers: no figures of this period; next on 1 December 2026.",
            ),
            (
                Moment("Staff", date(2026, 10, 3), None, is_at_close=True),
                "Staff: made on 3 October 2026; no next wave is planned.",
            ),
        ],
    )
    def test_are_told_in_a_sentence(self, moment: Moment, said: str) -> None:
        html = render_to_string("dashboards/moments.html", {"moments": (moment,)})

        assert said in html

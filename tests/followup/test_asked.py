"""Who was asked before a month of customers."""

from datetime import UTC, date, datetime, timedelta

import pytest

from survey.campaigns.models import Interaction, Invitation, Wave
from survey.followup.asked import asked_addresses, next_asked
from survey.organization.models import Customer, Team
from tests.cast import Organisation
from tests.factories.aggregation import make_campaign, make_instrument, make_wave, plant
from tests.factories.letters import DeliveryFactory
from tests.factories.playbacks import make_playback

pytestmark = pytest.mark.django_db


class TestNextAsked:
    @pytest.fixture
    def visits(self, organisation: Organisation) -> Wave:
        campaign = make_campaign(
            make_instrument("CUSTOMER", prefix="cx_"), organisation.company, "visits"
        )
        wave = make_wave(campaign)
        plant(wave, {"bakery": None})
        return wave

    def meet(self, wave: Wave, name: str, at: datetime, lettered: datetime | None = None) -> None:
        customer, _ = Customer.objects.get_or_create(
            external_id=name, defaults={"email": f"{name}@example.org"}
        )
        contact = Interaction.objects.create(
            idempotency_key=f"{name} {at}",
            request_digest="d",
            wave=wave,
            team=Team.objects.get(code="bakery"),
            customer=customer,
            occurred_at=at,
            is_asked=True,
        )
        delivery = DeliveryFactory(due_at=lettered) if lettered else None
        group = wave.groups.get()
        Invitation.objects.create(
            wave=wave, group=group, customer=customer, interaction=contact, delivery=delivery
        )

    def test_returns_those_asked_in_theirs_once_and_to_no_others(
        self, visits: Wave, now: datetime
    ) -> None:
        last = datetime(2026, 2, 28, 23, 59, tzinfo=UTC)
        first = datetime(2026, 2, 1, 0, 0, tzinfo=UTC)
        soon = timedelta(minutes=2)
        self.meet(visits, "often", first)
        self.meet(visits, "often", last)
        self.meet(visits, "before", first - soon)
        self.meet(visits, "asked-in-february", first - soon, lettered=first)
        self.meet(visits, "asked-in-march", last, lettered=last + soon)
        Invitation.objects.create(wave=visits, group=visits.groups.get())  # a printed slip
        february = make_playback(visits, now=now, month_start=date(2026, 2, 1), is_published=True)

        found = next_asked(february, after=0, n=9)
        assert [one.external_id for one in found] == ["often", "asked-in-february"]
        assert next_asked(february, after=found[0].pk, n=9) == found[1:]
        assert asked_addresses(february) == {one.email for one in found}

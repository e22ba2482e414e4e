from datetime import UTC, datetime, time

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from survey.campaigns.models import ContactSource, CustomerRules, UnsampledContacts, Wave
from survey.console.customers.pages import build_examples, build_home_page
from survey.organization.models import Team
from survey.questionnaires.models import Audience
from tests.factories.campaigns import make_campaign


class TestBuildHomePage:
    def test_counts_the_contacts_of_a_month_and_those_left_out(
        self, customer_wave: Wave, carmen: Client, present: datetime
    ) -> None:
        UnsampledContacts.objects.create(
            wave=customer_wave,
            team=Team.objects.get(code="bakery"),
            contact_date=present.date(),
            n=7,
        )

        page = build_home_page(now=present)

        assert (page.n_contacts, page.n_asked, page.n_left_out) == (0, 0, 7)
        assert page.campaigns[0].open_wave_id == customer_wave.pk

    def test_asks_as_often_for_many_campaigns_as_for_one(
        self,
        customer_wave: Wave,
        present: datetime,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        with django_assert_num_queries(7):
            build_home_page(now=present)
        for code in ("kitchen", "garden"):
            make_campaign(Team.objects.get(code=code), Audience.CUSTOMER)
            ContactSource.objects.create(code=code, name=code)

        with django_assert_num_queries(7):
            build_home_page(now=present)


class TestBuildExamples:
    @pytest.mark.django_db
    def test_reckons_with_the_rules_themselves(self, customer_wave: Wave) -> None:
        campaign = customer_wave.campaign
        campaign.quiet_from, campaign.quiet_until = time(21), time(8)
        CustomerRules.objects.create(campaign=campaign, delay_minutes=60, expires_days=1)

        by_day, by_night = build_examples(
            campaign=campaign, now=datetime(2026, 3, 2, 9, tzinfo=UTC)
        )

        assert by_day.letter_at == datetime(2026, 3, 2, 11, 15, tzinfo=UTC)
        assert by_night.letter_at == datetime(2026, 3, 3, 8, 0, tzinfo=UTC)
        assert by_night.expires_at == datetime(2026, 3, 3, 22, 15, tzinfo=UTC)

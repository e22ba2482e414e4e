"""What stands in the ledger."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from survey.aggregation.models import Figure, Release
from survey.aggregation.services import supersede_release
from survey.campaigns.models import Campaign, GroupKind, Wave
from survey.dashboards.releases.pages import build_ledger_page
from survey.questionnaires.models import Audience
from tests.cast import Organisation
from tests.dashboards.released import LATER, release_wave
from tests.factories.aggregation import CLOSED, make_campaign, make_instrument, make_wave

TEAMS = {"bakery": [4, 5] * 6, "kitchen": [2, 3] * 6, "garden": [3] * 3}


@pytest.fixture
def campaign(organisation: Organisation) -> Campaign:
    return make_campaign(make_instrument(), organisation.company)


@pytest.fixture
def release(campaign: Campaign) -> Release:
    """Three answers of Garden are not shown, nor are those of Kitchen, which would tell them."""
    return release_wave(campaign, TEAMS)


class TestBuildLedgerPage:
    def test_says_how_a_release_was_made(self, release: Release) -> None:
        row = build_ledger_page().releases[0]

        assert row.wave == "Pulse, wave 1"
        assert row.made_date == release.made_at.date()
        assert (row.checksum, row.threshold) == (release.checksum, 5)
        teams = release.figures.exclude(group__kind=GroupKind.NODE)
        assert row.n_shown == teams.values("group").distinct().count() == 1
        assert row.n_hidden == release.n_hidden == 2
        assert set(row.scales) == {"fair", "care", "recommend"}
        assert (row.replaces, row.replaced_on, row.reason) == (None, None, "")

    def test_lists_the_declared_cuts_of_a_wave(self, release: Release) -> None:
        assert build_ledger_page().waves[0].cuts == ()
        levels = ["under 2 years", "2 years or more"]
        Wave.objects.update(cuts=[{"code": "tenure", "name": "Tenure", "levels": levels}])

        (found,) = build_ledger_page().waves[0].cuts

        assert (found.name, list(found.levels)) == ("Tenure", levels)

    def test_keeps_what_was_replaced_beside_what_replaced_it(self, release: Release) -> None:
        made_at = release.made_at + timedelta(days=2)
        supersede_release(release_id=release.pk, reason="A wrong rounding.", now=made_at)

        new, old = build_ledger_page().releases

        assert (new.replaces, new.reason) == (release.made_at.date(), "A wrong rounding.")
        assert old.checksum == release.checksum
        assert old.replaced_on == made_at.date()

    def test_keeps_a_withdrawn_wave_with_its_reason(self, campaign: Campaign) -> None:
        make_wave(
            campaign, is_open=True, withdrawn_at=CLOSED, withdrawn_reason="Launched by mistake."
        )

        (row,) = build_ledger_page().waves

        assert row.withdrawn_date == CLOSED.date()
        assert row.withdrawn_reason == "Launched by mistake."

    def test_says_how_a_wave_was_run(self, release: Release) -> None:
        (row,) = build_ledger_page().waves

        assert (row.channel, row.threshold, row.is_customers) == ("personal links", 5, False)
        assert row.closed_date == row.sealed_date == CLOSED.date()
        families = {family.names: family.shows_items for family in row.families}
        assert families == {("fair",): True, ("care",): False, ("recommend",): True}

    def test_knows_a_wave_among_colleagues(self, campaign: Campaign, release: Release) -> None:
        assert [row.is_colleagues for row in build_ledger_page().waves] == [False]
        Campaign.objects.filter(pk=campaign.pk).update(audience=Audience.COLLEAGUE)

        (row,) = build_ledger_page().waves

        assert row.is_colleagues
        assert not row.is_customers

    def test_leaves_drafts_out(self, campaign: Campaign) -> None:
        make_wave(campaign, is_open=True, launched_at=None)

        assert build_ledger_page().waves == ()
        assert build_ledger_page().made_on is None

    def test_reads_no_figure_and_asks_two_questions_however_long_it_is(
        self, campaign: Campaign, release: Release,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:  # fmt: skip
        build_ledger_page()
        for number in (1, 2, 3):
            release_wave(campaign, TEAMS, closed_at=CLOSED + number * LATER)

        with django_assert_num_queries(2) as asked:
            page = build_ledger_page()

        assert len(page.releases) == len(page.waves) == Wave.objects.count() == 4
        assert Figure._meta.db_table not in str(asked.captured_queries)

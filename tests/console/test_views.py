"""The pages that show how things stand."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from survey.accounts.models import Role, User
from survey.campaigns.models import Campaign, Channel, Pairing, Wave
from survey.campaigns.preflight import check_wave
from survey.campaigns.services import close_wave, launch_wave, open_due_waves, request_launch
from survey.letters.models import Delivery
from survey.organization.models import Membership
from tests.cast import Organisation, make_user
from tests.console.waves import make_draft
from tests.factories.organization import TeamFactory

SESSION_AND_ROLES = 5  # the session, the user, the roles for the door and for the navigation


class TestTeams:
    def test_shows_the_tree_with_heads(self, hr: Client, organisation: Organisation) -> None:
        page = hr.get("/console/teams/").text

        assert "6 teams, 18 people today" in page
        assert "Bakery" in page

    def test_tells_how_to_begin(self, hr: Client) -> None:
        assert "import_roster" in hr.get("/console/teams/").text

    def test_leads_to_the_people_whoever_may_see_them(
        self, client: Client, alice: User, organisation: Organisation
    ) -> None:
        client.force_login(alice)
        assert "the next staff list" in client.get("/console/teams/").text

        client.force_login(make_user("carmen", Role.CX_MANAGER))
        page = client.get("/console/teams/").text
        assert "Bakery" in page
        assert "the next staff list" not in page
        assert "/console/people/" not in page

    def test_asks_the_same_for_many_teams(
        self,
        hr: Client,
        organisation: Organisation,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        TeamFactory.create_batch(20, parent=organisation.food)
        with django_assert_num_queries(SESSION_AND_ROLES + 3):  # the roles for the link to people
            hr.get("/console/teams/")


class TestLists:
    def test_say_what_to_do_when_empty(self, hr: Client) -> None:
        assert "Nobody has been asked yet" in hr.get("/console/waves/").text
        assert "There is no campaign yet" in hr.get("/console/campaigns/").text

    @pytest.mark.parametrize(
        ("address", "n_queries"),
        [
            ("/console/waves/", 2),
            ("/console/campaigns/", 4),
            ("/console/campaigns/pulse-the-company/", 5),
        ],
    )
    def test_ask_the_same_for_many_waves(
        self,
        hr: Client,
        draft: Wave,
        organisation: Organisation,
        present: datetime,
        django_assert_num_queries: DjangoAssertNumQueries,
        address: str,
        n_queries: int,
    ) -> None:
        for _ in range(3):
            make_draft(organisation, present)
            make_draft(organisation, present, "CUSTOMER", compare_with_id=draft.campaign_id)
        make_draft(organisation, present, scope_id=organisation.food.pk)

        with django_assert_num_queries(SESSION_AND_ROLES + n_queries):
            assert hr.get(address).status_code == 200

    def test_put_drafts_first(
        self, hr: Client, draft: Wave, organisation: Organisation, present: datetime
    ) -> None:
        launched = make_draft(organisation, present, opens_at=present + timedelta(hours=1))
        launch_wave(wave_id=launched.pk, now=present)
        page = hr.get("/console/waves/").text

        assert page.index(f"/waves/{draft.pk}/") < page.index(f"/waves/{launched.pk}/")

    def test_show_campaigns_and_what_is_compared(
        self, hr: Client, draft: Wave, organisation: Organisation, present: datetime
    ) -> None:
        make_draft(organisation, present, "CUSTOMER", compare_with_id=draft.campaign_id)
        page = hr.get("/console/campaigns/").text

        assert Campaign.objects.get(pk=draft.campaign_id).name in page
        assert "Pulse, The Company and How we treated you, The Company" in page

    def test_do_not_know_every_code(self, hr: Client) -> None:
        assert hr.get("/console/campaigns/nothing/").status_code == 404
        assert hr.get("/console/waves/7/").status_code == 404


class TestCheckPage:
    def test_says_what_a_launch_would_do(self, hr: Client, draft: Wave) -> None:
        page = hr.get(f"/console/waves/{draft.pk}/check/").text

        assert "8 questions, about 1 min 20 s" in page
        assert "18 people are asked" in page
        assert "It is the first wave of" in page
        assert "It is not compared with another campaign yet." in page
        assert "Signed by Alice" in page
        assert "Opens as soon as it is sent" in page
        assert "/message/letter/" in page
        assert "Send now" in page

    def test_warns_of_teams_too_small_to_show(
        self, hr: Client, draft: Wave, organisation: Organisation
    ) -> None:
        bakers = Membership.objects.filter(team=organisation.bakery, is_leader=False)
        Membership.objects.filter(pk__in=bakers[:3]).delete()
        page = hr.get(f"/console/waves/{draft.pk}/check/").text

        assert "groups are counted together" in page
        assert "Bakery" in page

    def test_counts_everybody_once(
        self, hr: Client, draft: Wave, organisation: Organisation, present: datetime
    ) -> None:
        found = check_wave(wave=draft, now=present)
        page = hr.get(f"/console/waves/{draft.pk}/check/").text

        assert found.n_shown_people + found.n_pooled_people == found.n_people
        assert "5 people in 1 group shown alone, 13 people in" in page

    def test_says_which_campaign_it_joins_and_what_that_is_compared_with(
        self, hr: Client, draft: Wave, organisation: Organisation, present: datetime
    ) -> None:
        make_draft(organisation, present, "CUSTOMER", compare_with_id=draft.campaign_id)
        second = make_draft(organisation, present)
        page = hr.get(f"/console/waves/{second.pk}/check/").text

        assert "It becomes wave 2 of “Pulse, The Company”" in page
        assert "Compared with “How we treated you, The Company”" in page

    def test_shows_the_address_that_letters_really_come_from(
        self, hr: Client, draft: Wave, settings: Settings
    ) -> None:
        settings.DEFAULT_FROM_EMAIL = "Hearthline <post@example.net>"
        page = hr.get(f"/console/waves/{draft.pk}/check/").text

        assert "From: Alice &lt;post@example.net&gt;" in page
        assert "Replies go to: alice@example.org" in page

    def test_offers_no_launch_where_something_stands_in_the_way(
        self, hr: Client, draft: Wave
    ) -> None:
        Membership.objects.all().delete()
        page = hr.get(f"/console/waves/{draft.pk}/check/").text

        assert "Only 0 people would be asked" in page
        assert '<button class="btn" disabled>' in page

    def test_waits_for_the_worker_after_the_launch_was_asked_for(
        self, hr: Client, draft: Wave, present: datetime
    ) -> None:
        request_launch(wave_id=draft.pk, now=present)
        page = hr.get(f"/console/waves/{draft.pk}/check/").text

        assert "being prepared" in page
        assert "Look again" in page
        assert "Send now" not in page

    def test_says_why_the_last_launch_did_not_work(self, hr: Client, draft: Wave) -> None:
        Wave.objects.filter(pk=draft.pk).update(launch_problem="The disk is full.")

        assert "The disk is full." in hr.get(f"/console/waves/{draft.pk}/check/").text

    def test_names_the_day_of_a_later_opening(
        self, hr: Client, draft: Wave, organisation: Organisation, present: datetime
    ) -> None:
        opens_at = present + timedelta(days=3)
        later = make_draft(organisation, present, opens_at=opens_at)
        day = timezone.localtime(opens_at)

        assert (
            f"Schedule for {day.day} {day:%B}" in hr.get(f"/console/waves/{later.pk}/check/").text
        )


class TestWavePage:
    def test_shows_letters_and_dates_but_no_names(
        self, hr: Client, draft: Wave, present: datetime
    ) -> None:
        launch_wave(wave_id=draft.pk, now=present)
        page = hr.get(f"/console/waves/{draft.pk}/").text

        assert "18 asked" in page
        assert "Close now" in page
        assert "Withdraw" in page
        assert "Bakery 1" not in page

    def test_folds_in_whom_no_letter_reached(
        self, hr: Client, draft: Wave, present: datetime
    ) -> None:
        launch_wave(wave_id=draft.pk, now=present)
        open_due_waves(now=present)
        first = Delivery.objects.order_by("pk").first()
        assert first is not None
        Delivery.objects.filter(pk=first.pk).update(state="BOUNCED", reason="address refused")
        page = hr.get(f"/console/waves/{draft.pk}/").text

        assert "Whom no letter reached" in page
        assert first.address in page
        assert page.count("Ask for the right address") == 2

    def test_shows_no_share_of_fewer_than_twenty(
        self, hr: Client, draft: Wave, present: datetime
    ) -> None:
        launch_wave(wave_id=draft.pk, now=present)
        close_wave(wave_id=draft.pk, now=present)
        page = hr.get(f"/console/waves/{draft.pk}/").text

        assert "No group has 20 people who were asked" in page
        assert "closed" in page

    def test_says_where_the_figures_appear_once_it_is_compared(
        self, hr: Client, draft: Wave, organisation: Organisation, present: datetime
    ) -> None:
        launch_wave(wave_id=draft.pk, now=present)
        Wave.objects.filter(pk=draft.pk).update(closed_at=present)
        assert "Figures are shown once" not in hr.get(f"/console/waves/{draft.pk}/").text

        Wave.objects.filter(pk=draft.pk).update(sealed_at=present)
        alone = hr.get(f"/console/waves/{draft.pk}/").text
        assert "once this campaign is compared with a customer campaign" in alone
        assert "/console/pairings/new/" in alone

        make_draft(organisation, present, "CUSTOMER", compare_with_id=draft.campaign_id)
        compared = hr.get(f"/console/waves/{draft.pk}/").text
        pairing = Pairing.objects.get()
        assert f"/dashboards/linkage/?pairing={pairing.code}" in compared
        assert "Figures are shown once" not in compared

    @pytest.mark.parametrize(
        ("digest", "words"),
        [("a" * 64, "Brought in from published counts: 312"), ("", "Brought in from a file: 312")],
    )
    def test_says_of_an_import_where_it_comes_from(
        self, hr: Client, draft: Wave, present: datetime, digest: str, words: str
    ) -> None:
        Wave.objects.filter(pk=draft.pk).update(channel=Channel.IMPORT)
        launch_wave(wave_id=draft.pk, now=present)
        Wave.objects.filter(pk=draft.pk).update(n_counted=312, counts_digest=digest)
        page = hr.get(f"/console/waves/{draft.pk}/").text

        assert f"{words} answers." in page
        assert "asked" not in page.partition("<main")[2].partition("When</h2>")[0]
        assert "312, brought in" in hr.get("/console/waves/").text

    def test_shows_shares_in_coarse_steps(
        self, hr: Client, draft: Wave, organisation: Organisation, present: datetime
    ) -> None:
        launch_wave(wave_id=draft.pk, now=present)
        row = {"code": "company", "name": "The Company", "kind": "NODE", "depth": 0}
        row |= {"n_invited": 40, "share": "60 %"}
        open_end = row | {"code": "food", "name": "Food", "depth": 1, "share": "under 15 %"}
        Wave.objects.filter(pk=draft.pk).update(
            participation={"date": "2026-03-02", "rows": [row, open_end]}
        )
        page = hr.get(f"/console/waves/{draft.pk}/").text

        assert '<progress max="100" value="66"' in page
        assert "under 15%" in page
        assert "60 to 73%" in hr.get("/console/waves/").text

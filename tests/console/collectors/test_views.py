"""The pages of open links, and to whom they are open."""

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from survey.accounts.models import Role
from survey.campaigns.keys import KeysNotWritableError
from survey.campaigns.models import Campaign, Channel, Collector, Wave
from survey.campaigns.services import launch_requested_waves, launching
from survey.organization.models import Team
from survey.questionnaires.models import Audience, Questionnaire
from tests.cast import Organisation, make_user
from tests.console.collectors.hanging import HOME, new_links
from tests.console.waves import make_draft
from tests.factories.collectors import link_of, make_kiosks, make_links

pytestmark = pytest.mark.django_db


class TestAccess:
    @pytest.mark.parametrize("role", [Role.HR, Role.CX_MANAGER])
    def test_lets_those_in_who_ask(self, client: Client, hanging: Wave, role: Role) -> None:
        client.force_login(make_user("somebody", role))

        assert [client.get(page).status_code for page in self._pages(hanging)] == [200] * 5

    @pytest.mark.parametrize("role", [Role.ADMIN, Role.ANALYST, Role.AUDITOR])
    def test_lets_no_other_role_in(self, client: Client, hanging: Wave, role: Role) -> None:
        client.force_login(make_user("somebody", role))
        self._is_shut(client, hanging, 403)

    @pytest.mark.parametrize("name", ["bob", "charlie"])
    def test_lets_no_leader_in(
        self, client: Client, hanging: Wave, name: str, request: pytest.FixtureRequest
    ) -> None:
        client.force_login(request.getfixturevalue(name))
        self._is_shut(client, hanging, 403)

    def test_lets_no_stranger_in(self, client: Client, hanging: Wave) -> None:
        self._is_shut(client, hanging, 302)

    def _pages(self, hanging: Wave) -> list[str]:
        code = link_of(hanging, "north").code
        own = f"{HOME}{hanging.pk}/"
        return [HOME, f"{HOME}new/", own, f"{own}print/", f"{HOME}codes/{code}.svg"]

    def _is_shut(self, client: Client, hanging: Wave, status: int) -> None:
        code = link_of(hanging, "north").code
        own = f"{HOME}{hanging.pk}/"
        posts = [f"{HOME}new/", f"{own}teams/", f"{own}tablets/", f"{HOME}codes/{code}/switch/"]
        replies = [client.get(page) for page in self._pages(hanging)]
        replies += [client.post(page, {"to": "off", "pin": "4711"}) for page in posts]

        assert {reply.status_code for reply in replies} == {status}
        assert all(b"North" not in reply.content for reply in replies)
        assert link_of(hanging, "north").is_active
        assert not Collector.objects.filter(kind="KIOSK").exists()


class TestHome:
    def test_welcomes_whoever_has_none(self, hr: Client) -> None:
        assert "No codes hang anywhere yet" in hr.get(HOME).content.decode()

    def test_lists_waves_in_one_query_however_many(
        self, hr: Client, hanging: Wave, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        make_kiosks(hanging, now=timezone.now())
        for _ in range(3):
            make_links(hanging.campaign, now=timezone.now())
        hr.get(HOME)

        with django_assert_max_num_queries(6):
            page = hr.get(HOME).content.decode()

        assert page.count('<tr><th scope="row">') == 4


class TestNew:
    def test_makes_a_code_for_each_team_of_a_part(
        self, hr: Client, bank: None, organisation: Organisation
    ) -> None:
        reply = hr.post(f"{HOME}new/", new_links(organisation))
        wave = Wave.objects.get()

        assert reply["Location"] == f"{HOME}{wave.pk}/"
        assert "are being made" in hr.get(reply["Location"]).content.decode()
        assert launch_requested_waves(now=timezone.now()) == 1
        assert set(wave.collectors.values_list("group__code", flat=True)) == {"bakery", "kitchen"}
        assert (wave.channel, wave.campaign.audience) == (Channel.OPEN, Audience.CUSTOMER)

    def test_joins_the_campaign_that_asks_the_same_by_letter(
        self, hr: Client, bank: None, organisation: Organisation
    ) -> None:
        letters = make_draft(
            organisation, timezone.now(), Audience.CUSTOMER, scope_id=organisation.food.pk
        )

        hr.post(f"{HOME}new/", new_links(organisation))

        assert Wave.objects.get(channel=Channel.OPEN).campaign == letters.campaign

    @pytest.mark.parametrize(
        ("changes", "says"),
        [
            ({"closes_date": "2020-01-01"}, "Last day for answers: Choose a day"),
            ({"closes_date": "soon"}, "Last day for answers:"),
            ({"scope": "0"}, "At which teams:"),
            ({"questionnaire": ""}, "Questions:"),
        ],
    )
    def test_names_the_field_that_is_wrong(
        self,
        hr: Client,
        bank: None,
        organisation: Organisation,
        changes: dict[str, str],
        says: str,
    ) -> None:
        reply = hr.post(f"{HOME}new/", new_links(organisation, **changes))

        assert (reply.status_code, says in reply.content.decode()) == (422, True)
        assert not Wave.objects.exists()
        assert not Campaign.objects.exists()

    def test_offers_no_questions_for_staff(
        self, hr: Client, bank: None, organisation: Organisation
    ) -> None:
        pulse = str(Questionnaire.objects.get(code="pulse").pk)

        assert (
            hr.post(f"{HOME}new/", new_links(organisation, questionnaire=pulse)).status_code == 422
        )

    def test_asks_for_the_staff_list_first(self, hr: Client) -> None:
        assert "Bring in the staff list" in hr.get(f"{HOME}new/").content.decode()

    def test_tells_what_stood_in_the_way_of_the_launch(
        self, hr: Client, bank: None, organisation: Organisation, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(**given: object) -> bytes:
            raise KeysNotWritableError("no room for keys")

        hr.post(f"{HOME}new/", new_links(organisation))
        monkeypatch.setattr(launching, "create_keys", fail)
        launch_requested_waves(now=timezone.now())

        page = hr.get(f"{HOME}{Wave.objects.get().pk}/").content.decode()
        assert "no room for keys" in page
        assert "Look again in a moment" not in page


class TestLinks:
    def test_shows_every_team_with_its_addresses(self, hr: Client, hanging: Wave) -> None:
        make_kiosks(hanging, now=timezone.now())
        page = hr.get(f"{HOME}{hanging.pk}/").content.decode()

        for team in ("north", "south"):
            assert f'/o/{link_of(hanging, team).code}/"' in page
            assert f'/o/{link_of(hanging, team, "KIOSK").code}/kiosk/"' in page

    def test_costs_the_same_for_many_teams(
        self, hr: Client, hanging: Wave, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        shops = Team.objects.get(code="shops")
        for number in range(30):
            Team.objects.create(code=f"t{number}", name=f"Team {number}", parent=shops)
        hr.post(f"{HOME}{hanging.pk}/teams/")
        hr.get(f"{HOME}{hanging.pk}/")

        with django_assert_max_num_queries(8):
            page = hr.get(f"{HOME}{hanging.pk}/").content.decode()

        assert page.count("Switch off<") == 32

    def test_is_not_there_for_a_personal_wave(
        self, hr: Client, bank: None, organisation: Organisation
    ) -> None:
        draft = make_draft(organisation, timezone.now(), Audience.CUSTOMER)

        assert hr.get(f"{HOME}{draft.pk}/").status_code == 404
        assert hr.post(f"{HOME}{draft.pk}/teams/").status_code == 404

    def test_escapes_names(self, hr: Client, hanging: Wave) -> None:
        hanging.groups.filter(code="north").update(name="<script>alert(1)</script>")

        for page in (f"{HOME}{hanging.pk}/", f"{HOME}{hanging.pk}/print/"):
            assert "<script>alert" not in hr.get(page).content.decode()


class TestTheWaveItself:
    def test_speaks_neither_of_letters_nor_of_a_share(self, hr: Client, hanging: Wave) -> None:
        page = hr.get(f"/console/waves/{hanging.pk}/").content.decode()

        assert f'href="{HOME}{hanging.pk}/">Codes and tablets</a>' in page
        assert "no share of who answered can be told" in page
        assert "letters went out" not in page
        assert " asked" not in page.partition("<main")[2].partition("<section")[0]

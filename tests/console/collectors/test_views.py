"""Open links in the console: made, looked at, printed, switched."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from survey.accounts.models import Role, User
from survey.campaigns.keys import KeysNotWritableError
from survey.campaigns.models import Campaign, Channel, Collector, Wave
from survey.campaigns.services import close_wave, launch_requested_waves, launching
from survey.organization.models import Team
from survey.questionnaires.models import Audience, Questionnaire
from tests.cast import Organisation, make_user
from tests.console.waves import make_draft
from tests.factories.collectors import link_of, make_kiosks, make_links

pytestmark = pytest.mark.django_db
HOME = "/console/collectors/"


@pytest.fixture(autouse=True)
def keys(settings: Settings, tmp_path: Any) -> None:
    settings.KEYS_DIR = tmp_path / "keys"


@pytest.fixture
def wave() -> Wave:
    return make_links(now=timezone.now() - timedelta(minutes=1))


def form(organisation: Organisation, **changes: str) -> dict[str, str]:
    questionnaire = Questionnaire.objects.get(code="treatment")
    last_day = timezone.localdate() + timedelta(days=30)
    return {
        "scope": str(organisation.food.pk),
        "questionnaire": str(questionnaire.pk),
        "closes_date": last_day.isoformat(),
    } | changes


class TestAccess:
    @pytest.mark.parametrize("role", [Role.HR, Role.CX_MANAGER])
    def test_lets_those_in_who_ask(self, client: Client, wave: Wave, role: Role) -> None:
        client.force_login(make_user("somebody", role))

        assert [client.get(page).status_code for page in self._pages(wave)] == [200] * 5

    @pytest.mark.parametrize("role", [Role.ADMIN, Role.ANALYST, Role.AUDITOR])
    def test_lets_no_other_role_in(self, client: Client, wave: Wave, role: Role) -> None:
        client.force_login(make_user("somebody", role))
        self._is_shut(client, wave, 403)

    @pytest.mark.parametrize("name", ["bob", "charlie"])
    def test_lets_no_leader_in(
        self, client: Client, wave: Wave, name: str, request: pytest.FixtureRequest
    ) -> None:
        client.force_login(request.getfixturevalue(name))
        self._is_shut(client, wave, 403)

    def test_lets_no_stranger_in(self, client: Client, wave: Wave) -> None:
        self._is_shut(client, wave, 302)

    def _pages(self, wave: Wave) -> list[str]:
        code = link_of(wave, "north").code
        own = f"{HOME}{wave.pk}/"
        return [HOME, f"{HOME}new/", own, f"{own}print/", f"{HOME}codes/{code}.svg"]

    def _is_shut(self, client: Client, wave: Wave, status: int) -> None:
        code = link_of(wave, "north").code
        own = f"{HOME}{wave.pk}/"
        posts = [f"{HOME}new/", f"{own}teams/", f"{own}tablets/", f"{HOME}codes/{code}/switch/"]
        replies = [client.get(page) for page in self._pages(wave)]
        replies += [client.post(page, {"to": "off", "pin": "4711"}) for page in posts]

        assert {reply.status_code for reply in replies} == {status}
        assert all(b"North" not in reply.content for reply in replies)
        assert link_of(wave, "north").is_active
        assert not Collector.objects.filter(kind="KIOSK").exists()


class TestHome:
    def test_welcomes_whoever_has_none(self, hr: Client) -> None:
        assert "No codes hang anywhere yet" in hr.get(HOME).content.decode()

    def test_lists_waves_in_one_query_however_many(
        self, hr: Client, wave: Wave, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        make_kiosks(wave, now=timezone.now())
        for _ in range(3):
            make_links(wave.campaign, now=timezone.now())
        hr.get(HOME)

        with django_assert_max_num_queries(6):
            page = hr.get(HOME).content.decode()

        assert page.count('<tr><th scope="row">') == 4


class TestNew:
    def test_makes_a_code_for_each_team_of_a_part(
        self, hr: Client, bank: None, organisation: Organisation
    ) -> None:
        reply = hr.post(f"{HOME}new/", form(organisation))
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

        hr.post(f"{HOME}new/", form(organisation))

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
        reply = hr.post(f"{HOME}new/", form(organisation, **changes))

        assert (reply.status_code, says in reply.content.decode()) == (422, True)
        assert not Wave.objects.exists()
        assert not Campaign.objects.exists()

    def test_offers_no_questions_for_staff(
        self, hr: Client, bank: None, organisation: Organisation
    ) -> None:
        pulse = str(Questionnaire.objects.get(code="pulse").pk)

        assert hr.post(f"{HOME}new/", form(organisation, questionnaire=pulse)).status_code == 422

    def test_asks_for_the_staff_list_first(self, hr: Client) -> None:
        assert "Bring in the staff list" in hr.get(f"{HOME}new/").content.decode()

    def test_tells_what_stood_in_the_way_of_the_launch(
        self, hr: Client, bank: None, organisation: Organisation, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(**given: object) -> bytes:
            raise KeysNotWritableError("no room for keys")

        hr.post(f"{HOME}new/", form(organisation))
        monkeypatch.setattr(launching, "create_keys", fail)
        launch_requested_waves(now=timezone.now())

        page = hr.get(f"{HOME}{Wave.objects.get().pk}/").content.decode()
        assert "no room for keys" in page
        assert "Look again in a moment" not in page


class TestLinks:
    def test_shows_every_team_with_its_addresses(self, hr: Client, wave: Wave) -> None:
        make_kiosks(wave, now=timezone.now())
        page = hr.get(f"{HOME}{wave.pk}/").content.decode()

        for team in ("north", "south"):
            assert f'/o/{link_of(wave, team).code}/"' in page
            assert f'/o/{link_of(wave, team, "KIOSK").code}/kiosk/"' in page

    def test_costs_the_same_for_many_teams(
        self, hr: Client, wave: Wave, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        shops = Team.objects.get(code="shops")
        for number in range(30):
            Team.objects.create(code=f"t{number}", name=f"Team {number}", parent=shops)
        hr.post(f"{HOME}{wave.pk}/teams/")
        hr.get(f"{HOME}{wave.pk}/")

        with django_assert_max_num_queries(8):
            page = hr.get(f"{HOME}{wave.pk}/").content.decode()

        assert page.count("Switch off<") == 32

    def test_is_not_there_for_a_personal_wave(
        self, hr: Client, bank: None, organisation: Organisation
    ) -> None:
        draft = make_draft(organisation, timezone.now(), Audience.CUSTOMER)

        assert hr.get(f"{HOME}{draft.pk}/").status_code == 404
        assert hr.post(f"{HOME}{draft.pk}/teams/").status_code == 404

    def test_escapes_names(self, hr: Client, wave: Wave) -> None:
        wave.groups.filter(code="north").update(name="<script>alert(1)</script>")

        for page in (f"{HOME}{wave.pk}/", f"{HOME}{wave.pk}/print/"):
            assert "<script>alert" not in hr.get(page).content.decode()


class TestSwitching:
    def test_switches_off_and_on(self, hr: Client, wave: Wave) -> None:
        url = f"{HOME}codes/{link_of(wave, 'north').code}/switch/"

        hr.post(url, {"to": "off"})
        assert not link_of(wave, "north").is_active
        assert ">off<" in hr.get(f"{HOME}{wave.pk}/").content.decode()

        hr.post(url, {"to": "on"})
        assert link_of(wave, "north").is_active

    def test_adds_codes_for_new_teams(self, hr: Client, wave: Wave) -> None:
        Team.objects.create(code="east", name="East", parent=Team.objects.get(code="shops"))

        page = hr.post(f"{HOME}{wave.pk}/teams/", follow=True).content.decode()
        assert "1 code was added." in page
        page = hr.post(f"{HOME}{wave.pk}/teams/", follow=True).content.decode()
        assert "Every team has its code already." in page

    def test_sets_tablets_up_and_changes_their_pin(self, hr: Client, wave: Wave) -> None:
        url = f"{HOME}{wave.pk}/tablets/"
        assert hr.post(url, {"pin": "12"}).status_code == 422

        hr.post(url, {"pin": "4711"})
        first = link_of(wave, "south", "KIOSK").pin_hash
        page = hr.post(url, {"pin": "246810"}, follow=True).content.decode()

        assert link_of(wave, "south", "KIOSK").pin_hash not in ("", first)
        assert "246810" not in page

    def test_changes_nothing_once_the_wave_is_over(self, hr: Client, wave: Wave) -> None:
        close_wave(wave_id=wave.pk, now=timezone.now())

        for rest, sent in (("teams/", {}), ("tablets/", {"pin": "4711"})):
            page = hr.post(f"{HOME}{wave.pk}/{rest}", sent, follow=True).content.decode()
            assert "not running" in page
        assert wave.collectors.count() == 2

    @pytest.mark.parametrize("rest", ["teams/", "tablets/"])
    def test_changes_nothing_when_it_is_read(self, hr: Client, wave: Wave, rest: str) -> None:
        assert hr.get(f"{HOME}{wave.pk}/{rest}").status_code == 405


class TestPrinting:
    def test_puts_each_team_on_a_page(self, hr: Client, wave: Wave) -> None:
        page = hr.get(f"{HOME}{wave.pk}/print/?size=a6").content.decode()

        assert '<body class="a6">' in page
        assert page.count('<section class="sheet"') == 2
        assert f'src="{HOME}codes/{link_of(wave, "north").code}.svg"' in page
        assert "style=" not in page

    def test_prints_one_team_alone_and_none_that_is_off(self, hr: Client, wave: Wave) -> None:
        hr.post(f"{HOME}codes/{link_of(wave, 'south').code}/switch/", {"to": "off"})

        assert "South" not in hr.get(f"{HOME}{wave.pk}/print/").content.decode()
        alone = hr.get(f"{HOME}{wave.pk}/print/?team=south&size=poster").content.decode()
        assert '<body class="a4">' in alone
        assert "nothing to print" in alone

    def test_draws_a_picture_without_styles_or_scripts(self, hr: Client, wave: Wave) -> None:
        reply = hr.get(f"{HOME}codes/{link_of(wave, 'north').code}.svg")

        assert reply["Content-Type"] == "image/svg+xml"
        assert reply.content.startswith(b"<?xml")
        assert b"style=" not in reply.content
        assert b"<script" not in reply.content

    def test_draws_none_for_a_code_nobody_made(self, hr: Client, alice: User) -> None:
        assert hr.get(f"{HOME}codes/nobody.svg").status_code == 404

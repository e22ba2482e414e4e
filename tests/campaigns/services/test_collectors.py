import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from survey.campaigns.collectors import list_sites
from survey.campaigns.models import Channel, Collector, CollectorKind, Door, Group
from survey.campaigns.preflight import find_problems
from survey.campaigns.rosters import plan_wave
from survey.campaigns.services import (
    BadPinError,
    NoOpenLinksError,
    PinLockedError,
    activate_collector,
    allow_sites,
    cancel_launch,
    check_pin,
    close_wave,
    deactivate_collector,
    launch_wave,
    open_collectors,
    set_pin,
)
from survey.campaigns.sites import BadSiteError
from survey.organization.models import Team
from tests.factories.campaigns import NOW, make_campaign, make_draft, make_open_wave, make_teams
from tests.factories.collectors import PIN, link_of, make_kiosks, make_links, make_shops

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


class TestLaunchWave:
    def test_hangs_a_code_up_for_every_team_and_opens_the_door(self) -> None:
        wave = make_links()

        assert set(wave.collectors.values_list("group__code", "kind")) == {
            ("north", "QR"),
            ("south", "QR"),
        }
        assert Door.objects.filter(wave=wave).exists()
        assert not wave.invitations.exists()
        assert all(re.fullmatch(r"[a-z2-9]{10}", row.code) for row in wave.collectors.all())

    def test_gives_one_team_alone_a_code(self) -> None:
        campaign = make_campaign(make_teams({"kiosk": None}, {})["kiosk"], audience="CUSTOMER")

        assert link_of(make_links(campaign), "kiosk").is_active

    def test_is_refused_for_staff(self) -> None:
        campaign = make_campaign(make_teams({"top": None}, {"top": 9})["top"])
        wave = make_draft(campaign, channel=Channel.OPEN)

        (problem,) = find_problems(wave=wave, plan=plan_wave(wave=wave, today=NOW.date()), now=NOW)

        assert "for customers" in problem.sentence

    def test_needs_no_letter(self) -> None:
        campaign = make_shops()
        campaign.letter = None
        campaign.save()

        assert make_links(campaign).collectors.count() == 2

    def test_can_be_taken_back_with_all_its_codes(self) -> None:
        wave = make_draft(make_shops(), opens_at=NOW + MINUTE, channel=Channel.OPEN)
        launch_wave(wave_id=wave.pk, now=NOW)

        cancel_launch(wave_id=wave.pk, now=NOW)

        assert not Collector.objects.exists()
        assert not Door.objects.exists()
        assert launch_wave(wave_id=wave.pk, now=NOW).collectors.count() == 2


class TestOpenCollectors:
    def test_makes_nothing_twice(self) -> None:
        wave = make_links()

        assert open_collectors(wave_id=wave.pk, now=NOW) == 0
        assert wave.collectors.count() == 2

    def test_adds_a_team_that_was_opened_since(self) -> None:
        wave = make_links()
        Team.objects.create(code="east", name="East", parent=Team.objects.get(code="shops"))

        assert open_collectors(wave_id=wave.pk, now=NOW) == 1
        group = Group.objects.get(wave=wave, code="east")
        assert (group.parent.code, group.kind) == ("shops", "TEAM")  # type: ignore[union-attr]

    def test_puts_tablets_beside_the_codes(self) -> None:
        wave = make_links()
        made = open_collectors(wave_id=wave.pk, kind=CollectorKind.KIOSK, pin=PIN, now=NOW)

        assert made == 2
        assert wave.collectors.count() == 4
        assert PIN not in link_of(wave, "north", "KIOSK").pin_hash

    @pytest.mark.parametrize("pin", ["", "123", "123456789", "12a4", "١٢٣٤"])
    def test_wants_a_pin_of_digits_for_tablets(self, pin: str) -> None:
        wave = make_links()

        with pytest.raises(BadPinError):
            open_collectors(wave_id=wave.pk, kind=CollectorKind.KIOSK, pin=pin, now=NOW)

    def test_is_for_running_waves_of_open_links(self) -> None:
        campaign = make_shops()
        personal, closed = make_open_wave(campaign), make_links(campaign)
        draft = make_draft(campaign, channel=Channel.OPEN)
        close_wave(wave_id=closed.pk, now=NOW)

        for wave in (personal, closed, draft):
            with pytest.raises(NoOpenLinksError):
                open_collectors(wave_id=wave.pk, now=NOW)

    def test_cannot_leave_a_tablet_without_a_pin(self) -> None:
        code = link_of(make_links(), "north")
        code.kind, code.pk, code.code = CollectorKind.KIOSK, None, "other"

        with pytest.raises(IntegrityError, match="collector_kiosk_has_a_pin"), transaction.atomic():
            code.save()


class TestSwitching:
    def test_switches_one_link_off_and_on(self) -> None:
        wave = make_links()
        north, south = link_of(wave, "north"), link_of(wave, "south")

        deactivate_collector(collector_id=north.pk)
        assert [link_of(wave, code).is_active for code in ("north", "south")] == [False, True]

        activate_collector(collector_id=north.pk)
        assert link_of(wave, "north").is_active
        assert south.is_active


class TestCheckPin:
    @pytest.fixture
    def kiosk(self) -> Collector:
        wave = make_links()
        make_kiosks(wave)
        return link_of(wave, "north", "KIOSK")

    def test_knows_the_right_pin(self, kiosk: Collector) -> None:
        assert check_pin(collector_id=kiosk.pk, pin=PIN, now=NOW)
        assert not check_pin(collector_id=kiosk.pk, pin="0000", now=NOW)
        assert not check_pin(collector_id=kiosk.pk, pin="", now=NOW)

    def test_locks_after_five_wrong_ones_for_a_quarter_of_an_hour(self, kiosk: Collector) -> None:
        for _ in range(5):
            assert not check_pin(collector_id=kiosk.pk, pin="0000", now=NOW)

        with pytest.raises(PinLockedError) as locked:
            check_pin(collector_id=kiosk.pk, pin=PIN, now=NOW + 14 * MINUTE)
        assert locked.value.until == NOW + 15 * MINUTE
        assert check_pin(collector_id=kiosk.pk, pin=PIN, now=NOW + 15 * MINUTE)

    def test_forgets_wrong_ones_after_the_right_one(self, kiosk: Collector) -> None:
        for pin in [*["0000"] * 4, PIN, *["0000"] * 4]:
            check_pin(collector_id=kiosk.pk, pin=pin, now=NOW)

        assert check_pin(collector_id=kiosk.pk, pin=PIN, now=NOW)

    def test_takes_a_new_pin_and_unlocks(self, kiosk: Collector) -> None:
        for _ in range(5):
            check_pin(collector_id=kiosk.pk, pin="0000", now=NOW)

        set_pin(wave_id=kiosk.wave_id, pin="246810")

        assert check_pin(collector_id=kiosk.pk, pin="246810", now=NOW)
        assert not check_pin(collector_id=kiosk.pk, pin=PIN, now=NOW)


class TestAllowSites:
    def test_lets_sites_show_one_link_until_others_may(self) -> None:
        wave = make_links()
        north, south = link_of(wave, "north"), link_of(wave, "south")

        for sites in (["https://a.example", "https://b.example"], ["https://c.example"], []):
            allow_sites(collector_id=north.pk, sites=sites)
            assert list_sites(code=north.code) == tuple(sites)
        assert list_sites(code=south.code) == list_sites(code="nobody") == ()

    def test_keeps_what_was_allowed_where_one_site_is_wrong(self) -> None:
        north = link_of(make_links(), "north")
        allow_sites(collector_id=north.pk, sites=["https://a.example"])

        with pytest.raises(BadSiteError):
            allow_sites(collector_id=north.pk, sites=["https://b.example", "*"])

        assert list_sites(code=north.code) == ("https://a.example",)

    def test_puts_no_tablet_on_a_site(self) -> None:
        wave = make_links()
        make_kiosks(wave)
        kiosk = link_of(wave, "north", "KIOSK")

        allow_sites(collector_id=kiosk.pk, sites=["https://a.example"])

        assert list_sites(code=kiosk.code) == ()

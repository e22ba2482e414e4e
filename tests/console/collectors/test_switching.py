"""Open links switched, added to, and locked by a PIN."""

import pytest
from django.test import Client
from django.utils import timezone

from survey.campaigns.models import Wave
from survey.campaigns.services import close_wave
from survey.organization.models import Team
from tests.console.collectors.hanging import HOME
from tests.factories.collectors import link_of

pytestmark = pytest.mark.django_db


class TestSwitching:
    def test_switches_off_and_on(self, hr: Client, hanging: Wave) -> None:
        url = f"{HOME}codes/{link_of(hanging, 'north').code}/switch/"

        hr.post(url, {"to": "off"})
        assert not link_of(hanging, "north").is_active
        assert ">off<" in hr.get(f"{HOME}{hanging.pk}/").content.decode()

        hr.post(url, {"to": "on"})
        assert link_of(hanging, "north").is_active

    def test_adds_codes_for_new_teams(self, hr: Client, hanging: Wave) -> None:
        Team.objects.create(code="east", name="East", parent=Team.objects.get(code="shops"))

        page = hr.post(f"{HOME}{hanging.pk}/teams/", follow=True).content.decode()
        assert "1 code was added." in page
        page = hr.post(f"{HOME}{hanging.pk}/teams/", follow=True).content.decode()
        assert "Every team has its code already." in page

    def test_sets_tablets_up_and_changes_their_pin(self, hr: Client, hanging: Wave) -> None:
        url = f"{HOME}{hanging.pk}/tablets/"
        assert hr.post(url, {"pin": "12"}).status_code == 422

        hr.post(url, {"pin": "4711"})
        first = link_of(hanging, "south", "KIOSK").pin_hash
        page = hr.post(url, {"pin": "246810"}, follow=True).content.decode()

        assert link_of(hanging, "south", "KIOSK").pin_hash not in ("", first)
        assert "246810" not in page

    def test_changes_nothing_once_the_wave_is_over(self, hr: Client, hanging: Wave) -> None:
        close_wave(wave_id=hanging.pk, now=timezone.now())

        for rest, sent in (("teams/", {}), ("tablets/", {"pin": "4711"})):
            page = hr.post(f"{HOME}{hanging.pk}/{rest}", sent, follow=True).content.decode()
            assert "not running" in page
        assert hanging.collectors.count() == 2

    @pytest.mark.parametrize("rest", ["teams/", "tablets/"])
    def test_changes_nothing_when_it_is_read(self, hr: Client, hanging: Wave, rest: str) -> None:
        assert hr.get(f"{HOME}{hanging.pk}/{rest}").status_code == 405

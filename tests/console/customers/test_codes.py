"""Asking for printed codes on a page."""

from datetime import datetime

from django.test import Client

from survey.campaigns.models import CodeSheet, Wave
from survey.campaigns.services import launch_wave
from survey.letters.models import Delivery
from survey.organization.models import Person


class TestCodes:
    def test_sends_people_s_codes_to_whoever_asks(
        self, hr: Client, draft: Wave, present: datetime
    ) -> None:
        Person.objects.filter(external_id="bakery-2").update(email="")
        launch_wave(wave_id=draft.pk, now=present)
        url = f"/console/customers/codes/{draft.pk}/"
        assert "Send me the codes" in hr.get(url).text

        page = hr.post(url, follow=True).text

        assert "1 code is on the way to alice@example.org" in page
        assert Delivery.objects.get(kind="CODES").address == "alice@example.org"
        assert "/r/" not in page

    def test_says_where_nobody_needs_one(self, hr: Client, draft: Wave, present: datetime) -> None:
        launch_wave(wave_id=draft.pk, now=present)
        url = f"/console/customers/codes/{draft.pk}/"

        assert "Everybody who is asked has an e-mail address" in hr.get(url).text
        assert "has an e-mail address" in hr.post(url, follow=True).text
        assert not CodeSheet.objects.exists()

    def test_makes_codes_for_customers_of_a_team(self, carmen: Client, customer_wave: Wave) -> None:
        url = f"/console/customers/codes/{customer_wave.pk}/"

        page = carmen.post(url, {"team": "bakery", "n": "20"}, follow=True).text

        assert "20 codes are on the way to carmen@example.org" in page
        assert CodeSheet.objects.get().n_codes == 20

    def test_names_the_field_that_is_wrong(self, carmen: Client, customer_wave: Wave) -> None:
        url = f"/console/customers/codes/{customer_wave.pk}/"

        response = carmen.post(url, {"team": "cellar", "n": "0"})

        assert response.status_code == 422
        assert {"team", "n"} <= set(response.context["form"].errors)

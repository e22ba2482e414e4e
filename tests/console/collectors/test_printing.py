"""Codes as pictures and on paper."""

import pytest
from django.test import Client

from survey.campaigns.models import Wave
from tests.console.collectors.hanging import HOME
from tests.factories.collectors import link_of

pytestmark = pytest.mark.django_db


class TestPrinting:
    def test_puts_each_team_on_a_page(self, hr: Client, hanging: Wave) -> None:
        page = hr.get(f"{HOME}{hanging.pk}/print/?size=a6").content.decode()

        assert '<body class="a6">' in page
        assert page.count('<section class="sheet"') == 2
        assert f'src="{HOME}codes/{link_of(hanging, "north").code}.svg"' in page
        assert "style=" not in page

    def test_prints_one_team_alone_and_none_that_is_off(self, hr: Client, hanging: Wave) -> None:
        hr.post(f"{HOME}codes/{link_of(hanging, 'south').code}/switch/", {"to": "off"})

        assert "South" not in hr.get(f"{HOME}{hanging.pk}/print/").content.decode()
        alone = hr.get(f"{HOME}{hanging.pk}/print/?team=south&size=poster").content.decode()
        assert '<body class="a4">' in alone
        assert "nothing to print" in alone

    def test_draws_a_picture_without_styles_or_scripts(self, hr: Client, hanging: Wave) -> None:
        reply = hr.get(f"{HOME}codes/{link_of(hanging, 'north').code}.svg")

        assert reply["Content-Type"] == "image/svg+xml"
        assert reply.content.startswith(b"<?xml")
        assert b"style=" not in reply.content
        assert b"<script" not in reply.content

    def test_draws_none_for_a_code_nobody_made(self, hr: Client) -> None:
        assert hr.get(f"{HOME}codes/nobody.svg").status_code == 404

"""An open link on the company's own website."""

import pytest
from django.test import Client

from survey.campaigns.collectors import list_sites
from survey.campaigns.models import Wave
from tests.console.collectors.hanging import HOME
from tests.factories.collectors import link_of, make_kiosks

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(hanging: Wave) -> str:
    return f"{HOME}codes/{link_of(hanging, 'north').code}/site/"


class TestEmbed:
    def test_shows_no_line_before_a_site_is_named(self, hr: Client, url: str) -> None:
        page = hr.get(url).content.decode()

        assert "North on a website" in page
        assert "embed.js" not in page

    def test_names_sites_and_shows_what_to_put_into_their_pages(
        self, hr: Client, hanging: Wave, url: str
    ) -> None:
        code = link_of(hanging, "north").code
        sent = {"sites": "https://www.example.org/\r\nhttps://shop.example:8443\r\n"}

        page = hr.post(url, sent, follow=True).content.decode()

        assert list_sites(code=code) == ("https://www.example.org", "https://shop.example:8443")
        assert f"/static/js/embed.js&quot; data-code=&quot;{code}&quot;" in page
        assert f"/o/{code}/widget/&quot; title=" in page
        assert "<iframe" not in page

    @pytest.mark.parametrize("site", ["https://*.example.org", "http://example.org", "<script>"])
    def test_refuses_what_is_no_site(self, hr: Client, hanging: Wave, url: str, site: str) -> None:
        reply = hr.post(url, {"sites": site})

        assert reply.status_code == 422
        assert "is no address of a site" in reply.content.decode()
        assert "<script>" not in reply.content.decode()
        assert list_sites(code=link_of(hanging, "north").code) == ()

    def test_is_for_no_tablet_and_no_stranger(self, hr: Client, hanging: Wave, url: str) -> None:
        make_kiosks(hanging)
        kiosk = link_of(hanging, "north", "KIOSK").code

        assert hr.get(f"{HOME}codes/{kiosk}/site/").status_code == 404
        assert hr.get(f"{HOME}codes/nobody/site/").status_code == 404
        assert Client().get(url).status_code in (302, 404)

    def test_is_one_link_away_from_the_codes(self, hr: Client, hanging: Wave, url: str) -> None:
        assert f'href="{url}"' in hr.get(f"{HOME}{hanging.pk}/").content.decode()

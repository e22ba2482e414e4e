"""Headers that keep other sites, and what browsers can do besides, away from every page."""

import pytest
from django.test import Client

PAGES = ("/login/", "/privacy/", "/r/unknown/", "/o/unknown/", "/nowhere/", "/api/v1/linkage/")


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
class TestEveryPage:
    def test_is_kept_to_itself(self, client: Client, address: str) -> None:
        headers = client.get(address).headers

        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] in ("same-origin", "no-referrer")
        assert "camera=()" in headers["Permissions-Policy"]
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy

    def test_says_nothing_of_what_serves_it(self, client: Client, address: str) -> None:
        assert {"Server", "X-Powered-By"}.isdisjoint(client.get(address).headers)


class TestStyleFiles:
    def test_are_open_to_pages_that_embed_a_survey(self, client: Client) -> None:
        response = client.get("/static/js/embed.js")
        response.getvalue()

        assert "Cross-Origin-Resource-Policy" not in response.headers
        assert response.headers["X-Content-Type-Options"] == "nosniff"

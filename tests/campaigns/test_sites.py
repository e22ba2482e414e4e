"""Origins of sites."""

import pytest

from survey.campaigns.sites import MOST_SITES, BadSiteError, read_sites


class TestReadSites:
    @pytest.mark.parametrize(
        ("written", "origin"),
        [
            ("https://www.example.org", "https://www.example.org"),
            (" HTTPS://Example.org/ ", "https://example.org"),
            ("https://example.org:443", "https://example.org"),
            ("https://example.org:8443", "https://example.org:8443"),
            ("http://localhost:8001", "http://localhost:8001"),
            ("http://127.0.0.1:8001", "http://127.0.0.1:8001"),
            ("https://xn--bcher-kva.example", "https://xn--bcher-kva.example"),
        ],
    )
    def test_takes_origins_as_browsers_tell_them(self, written: str, origin: str) -> None:
        assert read_sites([written, "", written]) == [origin]

    @pytest.mark.parametrize(
        "written",
        [
            "example.org",
            "http://example.org",
            "https://*",
            "https://*.example.org",
            "https://example.org/shop",
            "https://example.org?x",
            "https://me:secret@example.org",
            "https://example.org:99999",
            "https://example.org:x",
            "https://exam ple.org",
            "https://example.org; script-src *",
            "https://example.org\nX: y",
            "https://bücher.example",
            "https://-a.example",
            "https://",
            "https://[::1]",
            "javascript:alert(1)",
            "'self'",
            "data:",
            "https://" + "a." * 200 + "org",
        ],
    )
    def test_refuses_what_could_mean_anything_else(self, written: str) -> None:
        with pytest.raises(BadSiteError):
            read_sites([written])

    def test_takes_some_twenty(self) -> None:
        sites = [f"https://s{number}.example" for number in range(MOST_SITES + 1)]

        assert len(read_sites(sites[:-1])) == MOST_SITES
        with pytest.raises(BadSiteError):
            read_sites(sites)

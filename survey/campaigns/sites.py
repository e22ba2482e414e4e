"""The sites whose pages may show an open link in a frame, each named by its origin."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

MOST_SITES = 20
LONGEST_SITE = 200
HOST = re.compile(
    r"(?=.{1,253}\Z)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
)
LOCAL = ("localhost", "127.0.0.1")


class BadSiteError(Exception):
    """A site cannot be meant as it stands; site is what was written."""

    def __init__(self, site: str) -> None:
        super().__init__(f"{site!r} is no origin such as https://www.example.org")
        self.site = site


def read_sites(written: Iterable[str]) -> list[str]:
    """Return the origins of sites, each once; raise BadSiteError.

    A site is https://host, perhaps with a port: no path, no wildcard, no name and password. Without
    encryption only one's own machine is taken, to try it out.
    """
    sites = list(dict.fromkeys(_origin(site.strip()) for site in written if site.strip()))
    if len(sites) > MOST_SITES:
        raise BadSiteError(sites[MOST_SITES])
    return sites


def _origin(site: str) -> str:
    try:
        parts = urlsplit(site[: LONGEST_SITE + 1].lower())
        port = parts.port
    except ValueError:
        raise BadSiteError(site) from None
    host = parts.hostname or ""
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and host in LOCAL)
    is_usual = port is None or port == {"https": 443, "http": 80}.get(parts.scheme)
    origin = f"{parts.scheme}://{host}" + ("" if is_usual else f":{port}")
    is_plain = site.lower().rstrip("/") in (origin, f"{origin}:{port}")
    if not (is_safe and is_plain and HOST.fullmatch(host) and len(site) <= LONGEST_SITE):
        raise BadSiteError(site)
    return origin

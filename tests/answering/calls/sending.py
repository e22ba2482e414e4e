"""What a form of a call sends."""

import re

from django.test import Client

KEY = re.compile(r'name="call\.key" value="([^"]+)"')
WISH = {"call.name": "Nia Brandt", "call.email": "nia@example.org", "call.words": "Stale bread"}


def key_of(page: str) -> str:
    """Return the key drawn with a form."""
    found = KEY.search(page)
    assert found, "the form carries no key"
    return found[1]


def wish(browser: Client, url: str, **changes: str) -> dict[str, str]:
    """Return what somebody sends from the page at an address."""
    fields = {f"call.{name}": value for name, value in changes.items()}
    return {"call.key": key_of(browser.get(url).text), **WISH, **fields}

"""Finding Debian's Chromium, the browser of the journeys."""

import shutil

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--renderer-process-limit=1",  # a new window goes on where another one is warm already
)


def find_chromium() -> str | None:
    """Return the path of a Chromium on this machine, if there is one."""
    return next((path for path in map(shutil.which, PROGRAMS) if path), None)

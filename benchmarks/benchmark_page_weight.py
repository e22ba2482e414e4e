"""Measure what a respondent's pages weigh and when they are first painted on a slow phone.

Usage: .venv/bin/python benchmarks/benchmark_page_weight.py [--runs 7] [--kilobits 400]
[--slow-down 4] [--latency 0 400]. Thirty items of every kind in three languages (those of
tests/factories/thirty.py) on gunicorn with collected files; Debian's Chromium, a new window with
nothing kept for each look, its line and its processor slowed down by its own tools (CDP).
"""

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmark_answering import serve
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parent
PHONE: Any = {"width": 390, "height": 844}
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
ONWARD = "main button[type=submit]:not([name])"
FIRST_PAINT = """() => new Promise((done) => new PerformanceObserver((list) => {
    const paint = list.getEntriesByName("first-contentful-paint")[0];
    if (paint) done(paint.startTime);
}).observe({ type: "paint", buffered: true }))"""


@dataclass(frozen=True, slots=True)
class Slowness:
    """How slow a line and a processor are."""

    kilobits: int  # a second
    latency: int  # milliseconds before every answer
    slow_down: int  # how many times


@dataclass
class Look:
    """A page looked at for the first time; takes its weight from what the browser receives."""

    page: Page
    line: CDPSession
    weight: int = field(default=0)  # bytes, with headers

    def slow_down(self, slowness: Slowness) -> None:
        """Slow the line and the processor down, and weigh what comes from here on."""
        bytes_a_second = slowness.kilobits * 1000 / 8
        self.line.send("Network.enable")
        self.line.send(
            "Network.emulateNetworkConditions",
            {
                "offline": False,
                "latency": slowness.latency,
                "downloadThroughput": bytes_a_second,
                "uploadThroughput": bytes_a_second,
            },
        )
        self.line.send("Emulation.setCPUThrottlingRate", {"rate": slowness.slow_down})
        self.line.on("Network.loadingFinished", self._take)

    def _take(self, event: dict[str, Any]) -> None:
        self.weight += int(event["encodedDataLength"])

    def first_paint(self) -> float:
        """Return when the page was first painted, in milliseconds after it was asked for."""
        painted = float(self.page.evaluate(FIRST_PAINT))
        self.page.wait_for_load_state("networkidle")
        return painted


def look_in(browser: Browser) -> Look:
    """Open a window that keeps nothing of others."""
    page = browser.new_context(viewport=PHONE).new_page()
    return Look(page, page.context.new_cdp_session(page))


def open_slowly(browser: Browser, address: str, slowness: Slowness) -> tuple[float, int]:
    """Return when a page is painted and what it weighs, for somebody who comes to it first."""
    look = look_in(browser)
    look.slow_down(slowness)
    look.page.goto(address, wait_until="commit")
    painted = look.first_paint()
    look.page.context.close()
    return painted, look.weight


def go_on_slowly(browser: Browser, address: str, slowness: Slowness) -> tuple[float, int]:
    """Return the same for the part after the first one, whose files are there already."""
    look = look_in(browser)
    look.page.goto(address)
    look.page.locator("input[name=place]").last.check()
    look.slow_down(slowness)
    with look.page.expect_navigation(wait_until="commit"):
        look.page.locator(ONWARD).click()
    look.page.locator("input[name=agree_1]").first.wait_for(state="attached")
    painted = look.first_paint()
    look.page.context.close()
    return painted, look.weight


def answer_all(browser: Browser, address: str) -> None:
    """Answer one question and send everything, so that the link leads to the thanks."""
    page = browser.new_context(viewport=PHONE).new_page()
    page.goto(address)
    page.locator("input[name=place]").last.check()
    while "/thanks/" not in page.url:
        with page.expect_navigation():
            page.locator(ONWARD).click()
    page.context.close()


def report(
    browser: Browser, site: str, links: Sequence[str], slowness: Slowness, runs: int
) -> Iterator[str]:
    """Yield a line of the table for each page."""
    answered, open_link = f"{site}{links[0]}", f"{site}{links[1]}"
    pages = {
        "first part, English": (open_slowly, f"{open_link}?lang=en"),
        "first part, Arabic": (open_slowly, f"{open_link}?lang=ar"),
        "second part, five statements": (go_on_slowly, open_link),
        "thanks": (open_slowly, f"{answered}thanks/"),
    }
    for name, (look, address) in pages.items():
        looked = [look(browser, address, slowness) for _ in range(runs)]
        painted = [at / 1000 for at, _ in looked]
        weight = statistics.median(weight for _, weight in looked) / 1000
        spread = f"{statistics.median(painted):.2f} ({min(painted):.2f} to {max(painted):.2f})"
        yield f"| {name} | {slowness.latency} | {weight:.1f} | {spread} |"


def fill(folder: str) -> tuple[dict[str, str], list[str]]:
    """Make a site with collected files; return its environment and the paths of its links."""
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "DATABASE_URL": f"sqlite:///{folder}/site.sqlite3",
        "DATA_DIR": folder,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "LOG_LEVEL": "ERROR",
        "PYTHONPATH": str(ROOT),
        "SECRET_KEY": "for a benchmark",
    }
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"]
    subprocess.run(collect, check=True, cwd=ROOT, env=environment)  # noqa: S603
    ask = [sys.executable, str(FOLDER / "page_weight_site.py")]
    told = subprocess.run(  # noqa: S603
        ask, check=True, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    return environment, told.stdout.split()


def main() -> None:
    """Look at every page as often as asked, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--kilobits", type=int, default=400)
    parser.add_argument("--slow-down", type=int, default=4)
    parser.add_argument("--latency", type=int, nargs="+", default=[0, 400])
    asked = parser.parse_args()
    chromium = shutil.which("chromium") or sys.exit("there is no Chromium")
    print(f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")  # noqa: T201
    print("| page | latency ms | KB over the wire | first paint s |\n|---|---|---|---|")  # noqa: T201
    with (
        tempfile.TemporaryDirectory() as folder,
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=chromium, args=FLAGS) as browser,
    ):
        environment, links = fill(folder)
        with serve(Path(sys.executable), "config.wsgi", environment) as (port, _):
            site = f"http://127.0.0.1:{port}"
            answer_all(browser, f"{site}{links[0]}")
            for latency in asked.latency:
                slowness = Slowness(asked.kilobits, latency, asked.slow_down)
                for line in report(browser, site, links, slowness, asked.runs):
                    print(line, flush=True)  # noqa: T201
    print(f"load at the end {os.getloadavg()[0]:.1f}")  # noqa: T201


if __name__ == "__main__":
    main()

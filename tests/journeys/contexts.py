"""What windows stand on, kept from test to test: to begin it anew costs a second of a core."""

from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext


@dataclass(frozen=True)
class Kept:
    """A context of a browser, whose first window stays blank and keeps its process alive."""

    browser: Browser
    context: BrowserContext
    javascript: bool

    @property
    def is_closed(self) -> bool:
        return not self.context.pages

    def wipe(self) -> None:
        """Leave nothing of what somebody did: no window, no cookie, no missing network.

        What localStorage holds would stay; the product puts nothing there.
        """
        for page in self.context.pages[1:]:
            page.close()
        self.context.clear_cookies()
        self.context.set_offline(False)


@dataclass
class Contexts:
    """Contexts that are lent to a test each; two at the same time know nothing of each other."""

    _idle: list[Kept] = field(default_factory=list)
    _lent: list[Kept] = field(default_factory=list)

    def lend(self, browser: Browser, *, javascript: bool) -> BrowserContext:
        """Return a context in which nobody has been, or nothing is left of whoever was."""
        kept = self._find_idle(browser, javascript) or _make(browser, javascript)
        self._lent.append(kept)
        return kept.context

    def take_back(self) -> None:
        """Wipe what is lent, for the next test."""
        while self._lent:
            kept = self._lent.pop()
            if not kept.is_closed:
                kept.wipe()
                self._idle.append(kept)

    def forget(self, browser: Browser) -> None:
        """Lend nothing of a browser that is about to be closed."""
        self._idle = [kept for kept in self._idle if kept.browser is not browser]

    def _find_idle(self, browser: Browser, javascript: bool) -> Kept | None:
        for kept in self._idle:
            if (kept.browser, kept.javascript) == (browser, javascript):
                self._idle.remove(kept)
                return kept
        return None


def _make(browser: Browser, javascript: bool) -> Kept:
    context = browser.new_context(java_script_enabled=javascript)
    context.set_default_timeout(30_000)
    context.new_page()
    return Kept(browser, context, javascript)


CONTEXTS = Contexts()

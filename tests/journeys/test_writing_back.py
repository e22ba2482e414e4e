"""From a wave that closes to what everybody reads: drafted, edited, signed, published, lettered."""

import os
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from config.celery import STAGES, app
from survey.accounts.models import User
from survey.campaigns.models import Group, Interaction, Invitation, Wave
from survey.core.stages import noting_failures
from survey.followup.models import Playback
from survey.followup.telling import Choosing, choose_story
from survey.organization.models import Customer, Person, Team
from survey.questionnaires.models import Audience
from survey.responses.models import Intake
from survey.responses.services import submit_response
from tests.cast import Organisation
from tests.dashboards.released import release_wave
from tests.dashboards.team.staging import write
from tests.factories import campaigns
from tests.factories.aggregation import make_campaign, make_instrument
from tests.factories.responses import make_answers
from tests.journeys import pages
from tests.journeys.mailbox import Mailbox, text_of

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
MOST_CLICKS, MOST_SECONDS = 12, 600
LOW = {"bakery": [2, 3] * 10, "kitchen": [2, 3] * 10, "garden": [3, 2] * 10}
HIGH = {"bakery": [4, 5] * 10, "kitchen": [4, 5] * 10, "garden": [5, 4] * 10}
STORY = "Friday night, one person at the desk & twenty of us <in line>."
N_CUSTOMERS, N_SILENT = 6, 7
WORDS = "I read your stories, not only the numbers. Here is what we do about it."
WILL, WONT = "A second person at the desk on Fridays.", "Open on Sundays."
WHY = "That needs four more people, and we have money for two."
PICTURES = os.environ.get("HEARTHLINE_PICTURES", "")  # a folder, for whoever wants to look


class Product:
    """The product with a clock that can be put on, and stages that run when they are told to."""

    def __init__(self, begins: datetime) -> None:
        self.n_ticks = 0
        self.go_to(begins)
        app.loader.import_default_modules()

    def go_to(self, moment: datetime) -> None:
        """Put the clock on; from then on it goes by itself."""
        self._moment, self._since = moment, time.monotonic()

    def read_clock(self) -> datetime:
        """Return the moment it is."""
        return self._moment + timedelta(seconds=time.monotonic() - self._since)

    def tick(self) -> None:
        """Let every stage of the timetable run once, as a worker does."""
        self.n_ticks += 1
        with noting_failures() as failed:
            for stage in STAGES:
                app.tasks[stage]()
        assert failed == []


@pytest.fixture
def mailbox(settings: Settings) -> Iterator[Mailbox]:
    """A real mail server that the product sends through."""
    box = Mailbox()
    box.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(box.url.rpartition(":")[2])
    yield box
    box.stop()


@pytest.fixture
def product(
    live_server: LiveServer, settings: Settings, monkeypatch: pytest.MonkeyPatch, mailbox: Mailbox
) -> Product:
    settings.BASE_URL = live_server.url
    noon = timezone.now().replace(hour=12, minute=0)
    product = Product(noon - timedelta(days=14))
    monkeypatch.setattr(timezone, "now", product.read_clock)
    monkeypatch.setitem(app.conf, "task_always_eager", True)
    return product


@pytest.fixture
def wave(product: Product, organisation: Organisation, alice: User) -> Wave:
    """Staff are asked for the second time, by letter; all but a few have answered."""
    for team in (organisation.bakery, organisation.kitchen, organisation.garden):
        campaigns.staff(team, 6)
    now = product.read_clock()
    campaign = campaigns.make_campaign(
        organisation.company, code="pulse", questionnaire=make_instrument()
    )
    release_wave(campaign, LOW, closed_at=now - timedelta(days=90))
    wave = campaigns.make_open_wave(campaign, now=now)
    product.tick()
    for number, token in enumerate(campaigns.tokens_of(wave)[N_SILENT:]):
        answers = make_answers(wave, 4 + number % 2)
        submit_response(token=token, answers=answers, now=product.read_clock())
    return wave


@pytest.fixture
def visits(wave: Wave, product: Product, organisation: Organisation, alice: User) -> Wave:
    """Customers were asked by name, answered twice, and told stories with leave."""
    now = wave.closes_at
    instrument = make_instrument(Audience.CUSTOMER, prefix="cx_")
    campaign = make_campaign(instrument, organisation.company, "visits")
    for answers, days in ((LOW, 95), (HIGH, 3)):
        closed = now - timedelta(days=days)
        release = release_wave(campaign, answers, closed_at=closed, prefix="cx_")
    bakery = Group.objects.get(wave=release.wave, code="bakery")
    choosing = Choosing(team=organisation.bakery, is_on_heard_page=True)
    choose_story(comment_id=write(bakery, STORY).pk, choosing=choosing, by=alice, now=now)
    _invite(bakery, now)
    return release.wave


def _invite(group: Group, now: datetime) -> None:
    for n in range(N_CUSTOMERS):
        customer = Customer.objects.create(
            external_id=f"c{n}",
            name=f"Kim {n}",
            email=f"kim{n}@example.org",
            language="ar" if n == 1 else "en",
        )
        contact = Interaction.objects.create(
            idempotency_key=f"c{n}", request_digest="d", wave=group.wave, customer=customer,
            team=Team.objects.get(code="bakery"), occurred_at=now, is_asked=True,
        )  # fmt: skip
        Invitation.objects.create(
            wave=group.wave, group=group, customer=customer, interaction=contact
        )


class Clicks:
    """A window in which every press is counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.n = page, 0

    def press(self, name: str, *, role: str = "button") -> None:
        """Press a button or follow a link, and wait for where it leads."""
        self.n += 1
        with self.page.expect_navigation():
            found = self.page.locator("main").get_by_role(role, name=name, exact=True)  # type: ignore[arg-type]
            found.first.click()

    def unfold(self, words: str) -> None:
        """Open what is folded."""
        self.n += 1
        self.page.locator("summary", has_text=words).click()


def log_in(browser: Browser, server: LiveServer, user: User) -> Page:
    page = pages.open_page(browser, is_phone=False)
    pages.log_in(page, user, server)
    return page


def look(page: Page, name: str, *, is_phone: bool = False) -> None:
    """Hold the page to what every page keeps to; keep pictures where somebody wants them."""
    size = pages.PHONE if is_phone else pages.DESK
    page.set_viewport_size({"width": size["width"], "height": size["height"]})
    assert pages.violations(page) == []
    assert not pages.overflows(page)
    for scheme in pages.SCHEMES if PICTURES else ():
        page.emulate_media(color_scheme=scheme)
        page.screenshot(path=Path(PICTURES) / f"{name}-{scheme}.png", full_page=True)
    page.emulate_media(color_scheme="light")


class TestWritingBack:
    def test_goes_from_a_wave_that_closes_to_both_pages_and_all_letters_in_twelve_clicks(
        self,
        wave: Wave,
        visits: Wave,
        product: Product,
        alice: User,
        browser: Browser,
        live_server: LiveServer,
        mailbox: Mailbox,
        settings: Settings,
    ) -> None:
        n_staff = Invitation.objects.filter(wave=wave).count()
        assert Intake.objects.filter(wave=wave).count() == n_staff - N_SILENT
        assert len(mailbox.letters) == n_staff  # the invitations
        mailbox.letters.clear()
        product.go_to(wave.closes_at)
        began, product.n_ticks = time.monotonic(), 0

        product.tick()
        stranger = pages.open_page(browser)
        stranger.goto(live_server.url + "/heard/?lang=en")
        look(stranger, "heard-empty-phone", is_phone=True)
        hand = Clicks(log_in(browser, live_server, alice))
        hand.page.goto(live_server.url + "/dashboards/playbacks/")
        look(hand.page, "list")
        self._tell_staff(hand)
        hand.press("Writing back", role="link")
        self._tell_customers(hand, product.read_clock())
        product.tick()

        assert hand.n <= MOST_CLICKS
        most_waiting = product.n_ticks * settings.TICK_SECONDS
        assert time.monotonic() - began + most_waiting <= MOST_SECONDS
        self._check_letters(mailbox)
        self._check_pages(browser, live_server)

    def _tell_staff(self, hand: Clicks) -> None:
        """Say no in the end; what was typed before goes along with the last press."""
        page = hand.page
        hand.press("Pulse, wave 2", role="link")
        expect(page.locator("main")).to_contain_text("higher than in")
        page.locator("#id_body").fill(WORDS)
        hand.unfold("We won’t, and why …")
        page.get_by_label("What we won’t do").fill(WONT)
        page.get_by_label("Why not").fill(WHY)
        look(page, "draft-phone", is_phone=True)
        hand.press("Publish …")
        look(page, "publish")
        hand.press("Publish it and send the letters")

    def _tell_customers(self, hand: Clicks, now: datetime) -> None:
        page = hand.page
        hand.press("Visits, wave 2", role="link")
        page.locator("#id_body").fill(WORDS)
        hand.unfold("We will …")
        will = page.locator("details[open]")
        will.get_by_label("In answer to a story").select_option(index=1)
        will.get_by_label("What", exact=True).fill(WILL)
        will.get_by_label("By when").fill((now + timedelta(days=30)).date().isoformat())
        hand.press("Promise it here")
        expect(page.locator("#id_body")).to_have_value(WORDS)
        look(page, "draft")
        hand.press("Publish …")
        hand.press("Publish it and send the letters")

    def _check_letters(self, mailbox: Mailbox) -> None:
        staff = Person.objects.values_list("email", flat=True)
        customers = [f"kim{n}@example.org" for n in range(N_CUSTOMERS)]
        assert sorted(address for address, _ in mailbox.letters) == sorted([*staff, *customers])
        code = Playback.objects.get(audience=Audience.EMPLOYEE).code
        for address, page in (("kim0@example.org", "heard"), (staff[0], f"heard/{code}")):
            [letter] = mailbox.letters_to(address)
            assert f"/{page}/?lang=en" in text_of(letter)
            assert WORDS[:20] in text_of(letter)
            if PICTURES:
                (Path(PICTURES) / f"letter-{address}.eml").write_bytes(letter.as_bytes())

    def _check_pages(self, browser: Browser, live_server: LiveServer) -> None:
        """Both audiences read theirs, and nothing of the other's."""
        page = pages.open_page(browser)
        for language, is_phone in (("en", False), ("ar", True)):
            page.goto(f"{live_server.url}/heard/?lang={language}")
            look(page, f"heard-{language}", is_phone=is_phone)
            assert [page.get_by_text(told).count() for told in (STORY, WONT)] == [1, 0]
        code = Playback.objects.get(audience=Audience.EMPLOYEE).code
        page.goto(f"{live_server.url}/heard/{code}/?lang=en")
        look(page, "heard-staff-phone", is_phone=True)
        assert page.get_by_text("of us answered").count() == 1
        assert [page.get_by_text(told).count() for told in (STORY, WHY)] == [0, 1]

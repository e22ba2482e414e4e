"""From released figures to what everybody reads: drafted, edited, signed, published, lettered."""

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from survey.accounts.models import Role, User
from survey.campaigns.models import Group, Interaction, Invitation, Wave
from survey.followup.drafting import draft_due_playbacks
from survey.followup.lettering import letter_due_playbacks
from survey.followup.models import Playback
from survey.followup.notices import send_due_notices
from survey.followup.telling import Choosing, choose_story
from survey.organization.models import Customer, Person, Team
from survey.questionnaires.models import Audience
from tests.cast import Organisation, make_user
from tests.dashboards.released import release_wave
from tests.dashboards.team.staging import write
from tests.factories.aggregation import make_campaign, make_instrument
from tests.journeys import pages
from tests.journeys.mailbox import Mailbox, text_of

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
MOST_CLICKS = 12
LOW = {"bakery": [2, 3] * 10, "kitchen": [2, 3] * 10, "garden": [3, 2] * 10}
HIGH = {"bakery": [4, 5] * 10, "kitchen": [4, 5] * 10, "garden": [5, 4] * 10}
STORY = "Friday night, one person at the desk & twenty of us <in line>."
N_CUSTOMERS = 6
PICTURES = os.environ.get("HEARTHLINE_PICTURES", "")  # a folder, for whoever wants to look


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
def asked(
    organisation: Organisation, alice: User, live_server: LiveServer, settings: Settings
) -> datetime:
    """Customers and staff answered twice, were asked by name, and told stories with leave."""
    settings.BASE_URL = live_server.url
    now = timezone.now()
    make_user("carmen", Role.CX_MANAGER)
    Role_of = {Audience.CUSTOMER: "cx_", Audience.EMPLOYEE: ""}  # noqa: N806
    for audience, prefix in Role_of.items():
        instrument = make_instrument(audience, prefix=prefix)
        campaign = make_campaign(instrument, organisation.company, f"asking-{audience.lower()}")
        for answers, days in ((LOW, 95), (HIGH, 3)):
            closed = now - timedelta(days=days)
            release = release_wave(campaign, answers, closed_at=closed, prefix=prefix)
        bakery = Group.objects.get(wave=release.wave, code="bakery")
        comment = write(bakery, STORY)
        choosing = Choosing(team=organisation.bakery, is_on_heard_page=True)
        choose_story(comment_id=comment.pk, choosing=choosing, by=alice, now=now)
        _invite(release.wave, bakery, audience, now)
    return now


def _invite(wave: Wave, group: Group, audience: str, now: datetime) -> None:
    if audience == Audience.EMPLOYEE:
        people = Person.objects.filter(memberships__team__code="bakery")
        for person in people:
            Invitation.objects.create(wave=wave, group=group, person=person)
        return
    for n in range(N_CUSTOMERS):
        customer = Customer.objects.create(
            external_id=f"c{n}",
            name=f"Kim {n}",
            email=f"kim{n}@example.org",
            language="ar" if n == 1 else "en",
        )
        contact = Interaction.objects.create(
            idempotency_key=f"c{n}", request_digest="d", wave=wave, customer=customer,
            team=Team.objects.get(code="bakery"), occurred_at=now, is_asked=True,
        )  # fmt: skip
        Invitation.objects.create(wave=wave, group=group, customer=customer, interaction=contact)


class Clicks:
    """A window in which every press is counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.n = page, 0

    def press(self, name: str, *, role: str = "button") -> None:
        """Press a button or follow a link, and wait for where it leads."""
        self.n += 1
        with self.page.expect_navigation():
            self.page.get_by_role(role, name=name, exact=True).first.click()  # type: ignore[arg-type]

    def unfold(self, words: str) -> None:
        """Open what is folded."""
        self.n += 1
        self.page.locator("summary", has_text=words).click()


def log_in(browser: Browser, server: LiveServer, user: User, *, is_phone: bool = False) -> Page:
    client = Client()
    client.force_login(user)
    session = client.cookies["sessionid"].value
    page = pages.open_page(browser, is_phone=is_phone)
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": server.url}])
    return page


def look(page: Page, name: str) -> None:
    """Hold the page to what every page keeps to; keep pictures where somebody wants them."""
    assert pages.violations(page) == []
    assert not pages.overflows(page)
    if PICTURES:
        for scheme in pages.SCHEMES:
            page.emulate_media(color_scheme=scheme)
            page.screenshot(path=Path(PICTURES) / f"{name}-{scheme}.png", full_page=True)
        page.emulate_media(color_scheme="light")


class TestWritingBack:
    def test_goes_from_a_draft_to_pages_and_letters_in_twelve_clicks(
        self, asked: datetime, browser: Browser, live_server: LiveServer, mailbox: Mailbox
    ) -> None:
        assert draft_due_playbacks(now=asked) == 2
        carmen = User.objects.get(email="carmen@example.org")
        hand = Clicks(log_in(browser, live_server, carmen))
        page = hand.page
        page.goto(live_server.url + "/dashboards/playbacks/")
        look(page, "list")

        hand.press("Asking-customer, wave 2", role="link")
        page.locator("#id_body").fill(
            "I read your stories, not only the numbers. Here is what we do about it."
        )
        hand.press("Save the words")
        hand.unfold("We will …")
        will = page.locator("details[open]")
        will.get_by_label("In answer to a story").select_option(index=1)
        will.get_by_label("What", exact=True).fill("A second person at the desk on Fridays.")
        will.get_by_label("By when").fill((asked + timedelta(days=30)).date().isoformat())
        hand.press("Promise it here")
        hand.unfold("We won’t, and why …")
        wont = page.locator("details[open]")
        wont.get_by_label("your own words").fill("Open on Sundays.")
        wont.get_by_label("What we won’t do").fill("Open on Sundays.")
        wont.get_by_label("Why not").fill("That needs four more people, and we have money for two.")
        hand.press("Say no here")
        look(page, "draft")
        hand.press("Publish …", role="link")
        hand.press("Publish it and send the letters")

        assert hand.n <= MOST_CLICKS
        self.check_letters(asked, mailbox)
        self.check_heard(browser, live_server)

    def check_letters(self, asked: datetime, mailbox: Mailbox) -> None:
        later = timezone.now()
        letter_due_playbacks(now=later)
        send_due_notices(now=later)
        assert sorted(address for address, _ in mailbox.letters) == [
            f"kim{n}@example.org" for n in range(N_CUSTOMERS)
        ]
        [letter] = mailbox.letters_to("kim0@example.org")
        assert "/heard/?lang=en" in text_of(letter)
        assert "I read your stories" in text_of(letter)
        if PICTURES:
            (Path(PICTURES) / "letter.eml").write_bytes(letter.as_bytes())

    def check_heard(self, browser: Browser, live_server: LiveServer) -> None:
        for language, is_phone in (("en", False), ("ar", True)):
            page = pages.open_page(browser, is_phone=is_phone)
            page.goto(f"{live_server.url}/heard/?lang={language}")
            look(page, f"heard-{language}")
            assert page.get_by_text(STORY).count() == 1
            page.context.close()

    def test_shows_staff_theirs_and_nothing_of_customers(
        self, asked: datetime, browser: Browser, live_server: LiveServer, mailbox: Mailbox
    ) -> None:
        draft_due_playbacks(now=asked)
        playback = Playback.objects.get(audience=Audience.EMPLOYEE)
        alice = User.objects.get(email="alice@example.org")
        hand = Clicks(log_in(browser, live_server, alice, is_phone=True))
        page = hand.page
        page.goto(f"{live_server.url}/dashboards/playbacks/{playback.pk}/")
        hand.press("Save the words")
        look(page, "draft-phone")
        hand.press("English", role="link")
        page.goto(f"{live_server.url}/dashboards/playbacks/{playback.pk}/publish/")
        hand.press("Publish it and send the letters")
        letter_due_playbacks(now=timezone.now())
        send_due_notices(now=timezone.now())

        stranger = pages.open_page(browser)
        stranger.goto(f"{live_server.url}/heard/{playback.code}/?lang=en")
        look(stranger, "heard-staff-phone")
        assert stranger.get_by_text("of us answered").count() == 1
        assert len(mailbox.letters) == 6  # everybody of Bakery
        stranger.goto(live_server.url + "/heard/?lang=en")
        assert stranger.get_by_text("Nothing to read here yet").count() == 1
        look(stranger, "heard-empty-phone")

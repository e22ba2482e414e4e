"""From one team to another: who serves whom, a wave among colleagues, and what a leader reads."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from survey.accounts.models import Role, User
from survey.campaigns.links import answer_url
from survey.campaigns.models import Credential, Invitation, Wave
from survey.campaigns.selectors import content_of, get_link
from survey.organization.models import Team
from survey.questionnaires.answers import ReadAnswers
from survey.questionnaires.bank import Bank, read_bank
from survey.questionnaires.models import Audience
from survey.questionnaires.repeating import code_at
from survey.questionnaires.services.loading import load_bank
from survey.responses.models import Intake
from survey.responses.services import submit_response
from tests.cast import make_user
from tests.factories.campaigns import staff, tokens
from tests.factories.linkage import Company, ask_customers, ask_employees, make_company
from tests.journeys import pages
from tests.journeys.test_writing_back import Product

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
BEGINS = datetime(2026, 3, 10, 12, tzinfo=UTC)
NEXT_QUARTER = datetime(2026, 4, 2, 9, tzinfo=UTC)
N_TEAMS, N_PEOPLE = 8, 6
SCORES = {f"t{number:04}": 2 + number % 3 for number in range(N_TEAMS)}
PICTURES = os.environ.get("HEARTHLINE_PICTURES", "")  # a folder, for whoever wants to look


def arrows() -> Iterator[tuple[str, str]]:
    """Yield who serves whom: each team is served by the three after it, the first one by two."""
    codes = [*SCORES]
    for at, consumer in enumerate(codes):
        for further in range(1, 4 if at else 3):
            yield codes[(at + further) % N_TEAMS], consumer


@pytest.fixture
def product(
    live_server: LiveServer, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Product:
    """The product on a day of March, whose stages run when they are told to."""
    settings.BASE_URL = live_server.url
    product = Product(BEGINS)
    monkeypatch.setattr(timezone, "now", product.read_clock)
    return product


@pytest.fixture
def company(product: Product) -> Company:
    """Staff and customers of eight teams have answered this quarter; colleagues never have."""
    _load_questions()
    company = make_company(N_TEAMS)
    ask_employees(company, SCORES)
    ask_customers(company, SCORES, day=BEGINS.date())
    for code in SCORES:
        staff(Team.objects.get(code=code), N_PEOPLE)
    return company


def _load_questions() -> None:
    """Take in what the product ships for colleagues."""
    bank = read_bank()
    shipped = next(one for one in bank.questionnaires if one.audience == Audience.COLLEAGUE)
    load_bank(
        bank=Bank(
            constructs=tuple(one for one in bank.constructs if one.code == "internal_service"),
            items=tuple(one for one in bank.items if one.code in shipped.items),
            scales=tuple(one for one in bank.scales if one.code == "internal_service"),
            questionnaires=(shipped,),
        )
    )


@pytest.fixture
def file_of_services(company: Company, tmp_path: Path) -> Path:
    """Who serves whom, as somebody's spreadsheet tells it: each team is served by three."""
    path = tmp_path / "services.csv"
    lines = [f"{provider},{consumer}" for provider, consumer in arrows()]
    path.write_text("\n".join(["provider,consumer", *lines]), encoding="utf-8")
    return path


def open_for(browser: Browser, server: LiveServer, user: User) -> Page:
    page = pages.open_page(browser, is_phone=False)
    pages.log_in(page, user, server)
    return page


def look(page: Page, name: str) -> None:
    """Hold the page to what every page keeps to; keep pictures where somebody wants them."""
    assert pages.violations(page) == []
    assert not pages.overflows(page)
    for scheme in pages.SCHEMES if PICTURES else ():
        page.emulate_media(color_scheme=scheme)
        page.screenshot(path=Path(PICTURES) / f"{name}-{scheme}.png", full_page=True)
    page.emulate_media(color_scheme="light")


def bring_in(hr: Page, server: LiveServer, file: Path) -> None:
    """Read a file of arrows, look at what it would change, and take it in."""
    hr.goto(f"{server.url}/console/services/import/")
    hr.locator("input[type=file]").set_input_files(file)
    hr.get_by_role("button", name="Read it").click()
    expect(hr.locator("main")).to_contain_text("What this file would change")
    hr.get_by_role("button", name="Take in 23 changes").click()
    expect(hr.locator("main")).to_contain_text("23 arrows today")
    look(hr, "services")


def launch(hr: Page, server: LiveServer, product: Product) -> Wave:
    """Ask colleagues from a template, and let the morning come on which the letters go."""
    hr.goto(f"{server.url}/console/pulse/new/")
    ready = hr.locator("section.start", has_text="How teams treat each other")
    ready.get_by_role("button", name="Start from this").click()
    expect(hr.locator("main")).to_contain_text("23 arrows are rated")
    hr.get_by_role("button", name="Schedule for").click()
    expect(hr.locator("main")).to_contain_text("It is being launched")
    product.tick()
    wave = Wave.objects.get(campaign__audience=Audience.COLLEAGUE)
    product.go_to(wave.opens_at + timedelta(minutes=30))
    product.tick()
    wave.refresh_from_db()
    assert wave.opened_at is not None
    return wave


def rate_on_a_phone(browser: Browser, address: str) -> None:
    """Rate two teams, about one of them nothing but that it cannot be said."""
    phone = pages.open_page(browser)
    phone.goto(address)
    look(phone, "rating")
    headings = phone.get_by_role("heading", name="About ").all_inner_texts()
    assert len(headings) == 2
    phone.get_by_role("button", name="Send to Alice").click()
    expect(phone.get_by_role("alert")).to_contain_text("Please answer at least one question")
    look(phone, "rating-error")
    names = phone.locator("fieldset input[type=radio]").evaluate_all(
        "fields => [...new Set(fields.map(field => field.name))]"
    )
    assert len(names) == 8
    for name in names[:4]:
        phone.locator(f"input[name={name}][value='4']").check()
    phone.locator(f"input[name={names[4]}][value=cant_say]").check()
    expect(phone.locator("[data-answered]")).to_have_text("5")
    phone.get_by_role("button", name="Send to Alice").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Thank you")
    look(phone, "rating-thanks")
    assert phone.context.cookies() == []


def rate_as_the_others(wave: Wave, product: Product) -> None:
    """Let everybody else rate, the higher the better their serving team feels treated."""
    codes = [item.code for item in content_of(wave=wave).items]
    now = product.read_clock()
    rest = Invitation.objects.filter(wave=wave).select_related("person").order_by("pk")
    for number, token in enumerate(tokens(wave, rest)):
        link = get_link(token=token, now=now)
        if link.is_spent:
            continue
        answers = {
            code_at(code, place): min(5, SCORES[arrow.group.code.split(">")[0]] + number % 2)
            for place, arrow in enumerate(link.arrows)
            for code in codes
        }
        submit_response(token=token, answers=ReadAnswers({**answers}, {}, {}, ()), now=now)


class TestFromTeamToTeam:
    def test_goes_from_a_file_of_arrows_to_what_a_leader_reads(
        self,
        company: Company,
        file_of_services: Path,
        product: Product,
        alice: User,
        browser: Browser,
        live_server: LiveServer,
    ) -> None:
        hr = open_for(browser, live_server, alice)
        bring_in(hr, live_server, file_of_services)
        wave = launch(hr, live_server, product)

        first = Invitation.objects.filter(wave=wave, group__arrows__consumer__code="t0000")[:1]
        [token] = tokens(wave, first)
        rate_on_a_phone(browser, answer_url(token=token))
        assert Intake.objects.count() == 2
        rate_as_the_others(wave, product)
        n_ratings = N_PEOPLE * len([*arrows()])
        assert Credential.objects.filter(is_spent=True).count() == n_ratings

        product.go_to(wave.closes_at + timedelta(minutes=5))
        product.tick()
        product.go_to(NEXT_QUARTER)  # the month of the customers is over
        product.tick()
        assert not Intake.objects.exists()

        leader = make_user("bob", Role.LEADER, Team.objects.get(code="company"))
        page = open_for(browser, live_server, leader)
        page.goto(f"{live_server.url}/dashboards/cascade/")
        main = page.locator("main")
        expect(main).to_contain_text("From 23 pairs of teams")
        expect(main.locator("#table")).to_contain_text("t0001")
        look(page, "cascade")
        page.set_viewport_size({"width": pages.PHONE["width"], "height": pages.PHONE["height"]})
        look(page, "cascade-phone")

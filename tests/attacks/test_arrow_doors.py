"""Charlie leads a team that serves nobody and is served by nobody, and looks for what others said.

Bakery and Kitchen serve each other, and rated that; Garden stands beside. Everything is launched,
answered, sealed, released and followed by the product itself.
"""

from datetime import datetime
from io import BytesIO
from itertools import cycle
from zipfile import ZipFile

import pytest
from django.test import Client

from survey.accounts.models import User
from survey.accounts.selectors import Scope
from survey.aggregation.models import Figure
from survey.aggregation.services import make_release, refresh_rollups
from survey.campaigns.models import Pairing, Wave
from survey.dashboards.cascade import pages
from survey.dashboards.figures.groups import Reach
from survey.linkage.cascade import update_cascades
from survey.linkage.models import CascadeStudy
from survey.organization.models import Membership, Person
from tests.api.machines import Machine
from tests.attacks.crawling import crawl, fetch, find_names
from tests.attacks.reading import Line, Page
from tests.cast import ROSTER_DAY, Organisation
from tests.factories.aggregation import make_campaign, make_instrument
from tests.factories.campaigns import NOW, make_open_wave
from tests.factories.colleagues import make_colleagues, rate_all, serve
from tests.factories.responses import close_and_seal

pytestmark = pytest.mark.django_db

SAID = {"bakery": (3, 3, 1, 2, 3, 2, 2), "kitchen": (1, 2, 2, 1, 3, 2, 2)}  # 64.3 and 42.9
ENDS = {"Bakery", "Kitchen", "bakery", "kitchen", "bakery>kitchen", "kitchen>bakery"}
CAMPAIGN, MEANS = "among-service", {"64.3", "42.9"}
DASHBOARDS = (
    "cascade/", "cascade/?part=company", "cascade/?part=food", "cascade/?team=bakery",
    "cascade/?format=csv", "cascade/?format=xlsx", "cascade/?format=csv&table=chains",
    "cascade/?format=csv&part=company", "cascade/bundle/", "cascade/bundle/?part=company",
    "teams/bakery/", "teams/kitchen/", "teams/garden/", "teams/bakery/?format=csv",
    f"figures/?campaign={CAMPAIGN}", f"figures/?campaign={CAMPAIGN}&format=csv",
    f"figures/?campaign={CAMPAIGN}&format=xlsx", f"figures/?campaign={CAMPAIGN}&part=food",
    f"participation/?wave={CAMPAIGN}-1", f"participation/?wave={CAMPAIGN}-1&format=csv",
    "waves/", "changes/", "overview/", "linkage/",
)  # fmt: skip
BUNDLE = "/dashboards/cascade/bundle/"
API = (f"/api/v1/releases/?campaign={CAMPAIGN}", "/api/v1/linkage/?pairing=both")


@pytest.fixture
def rated(organisation: Organisation) -> Wave:
    """Both arrows, each rated by seven people, released and followed into a cascade."""
    teams = {"bakery": organisation.bakery, "kitchen": organisation.kitchen}
    for code, team in teams.items():
        for number in (7, 8):
            newcomer = Person.objects.create(
                external_id=f"{code}-{number}",
                name=f"{team.name} {number}",
                email=f"{code}-{number}@example.org",
            )
            Membership.objects.create(person=newcomer, team=team, active_from=ROSTER_DAY)
    serve(teams, "bakery>kitchen", "kitchen>bakery")
    company = organisation.company
    pairing = Pairing.objects.create(
        code="both",
        name="Both sides",
        ex=make_campaign(make_instrument(), company),
        cx=make_campaign(make_instrument("CUSTOMER", prefix="cx_"), company, "care"),
        colleague=make_colleagues(company),
    )
    wave = make_open_wave(pairing.colleague)
    told = {code: cycle(values) for code, values in SAID.items()}
    rate_all(wave, lambda provider: next(told[provider]))
    close_and_seal(wave)
    refresh_rollups(wave_id=wave.pk)
    make_release(wave_id=wave.pk, now=NOW)
    update_cascades(pairing=pairing, now=NOW)
    return wave


def visit(client: Client, user: User) -> list[Page]:
    """Return every page and file that is offered, and those whose addresses can be guessed."""
    client.force_login(user)
    return [*crawl(client), *(fetch(client, f"/dashboards/{one}") for one in DASHBOARDS)]


def unpack(client: Client, address: str) -> Page:
    """Read the files of a bundle."""
    reply = client.get(address)
    with ZipFile(BytesIO(reply.content)) as files:
        texts = [files.read(name).decode() for name in files.namelist() if ".csv" in name]
    return Page(address, reply.status_code, [Line(text) for text in texts])


def find_said(read: list[Page]) -> set[str]:
    """Return which teams and which ratings of them stand on any page."""
    return find_names(read, ENDS | MEANS, surveys=())


@pytest.mark.usefixtures("rated")
class TestCharlie:
    def test_finds_no_arrow_on_any_page_or_file(self, client: Client, charlie: User) -> None:
        read = visit(client, charlie)

        assert len([page for page in read if page.status == 200]) > 10
        assert find_said(read) == set()

    def test_gets_nothing_from_the_api(self, charlie: User, now: datetime) -> None:
        machine = Machine(charlie, now=now)

        assert {machine.get(address).status_code for address in API} == {403}

    def test_finds_no_arrow_of_the_whole_company_either(
        self, client: Client, charlie: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Whoever were let in by mistake would still read no arrow of others."""
        monkeypatch.setattr(pages, "readable_cascades", lambda _reader: CascadeStudy.objects.all())
        client.force_login(charlie)
        read = [fetch(client, f"/dashboards/{one}") for one in DASHBOARDS if "cascade" in one]

        assert find_said([*read, unpack(client, BUNDLE)]) == set()

    def test_would_find_both_if_nobody_asked_who_reads(
        self, client: Client, charlie: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(Reach, "holds", lambda *_asked: True)
        found = find_said(visit(client, charlie))

        assert found >= {"bakery>kitchen", "kitchen>bakery", *MEANS}

    def test_would_find_both_on_the_page_if_everything_were_open(
        self, client: Client, charlie: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(pages, "readable_cascades", lambda _reader: CascadeStudy.objects.all())
        monkeypatch.setattr(Scope, "opens", lambda *_asked: True)
        client.force_login(charlie)

        for one in ("cascade/", "cascade/?format=csv", "cascade/?format=xlsx"):
            assert find_said([fetch(client, f"/dashboards/{one}")]) >= {"Bakery", "Kitchen", *MEANS}
        assert find_said([unpack(client, BUNDLE)]) >= MEANS


@pytest.mark.usefixtures("rated")
class TestCascade:
    def test_says_nothing_that_was_not_released(self, rated: Wave) -> None:
        """Whoever has the figures of all groups learns no more from what it stores."""
        study = CascadeStudy.objects.get()
        figures = Figure.objects.filter(release__wave=rated, metric="service")
        numbers = ("mean", "low", "high", "se", "n")
        by_code = {one.group.code: one for one in figures.select_related("group")}

        for row in study.arrows:
            figure = by_code[f"{row['provider']}>{row['consumer']}"]
            assert [row[name] for name in numbers] == [getattr(figure, name) for name in numbers]
        for row in study.teams:
            figure = by_code[row["code"]]
            told = (row["rating"], row["rating_low"], row["rating_high"])
            assert told == (figure.mean, figure.low, figure.high)
        assert len(study.arrows) == len(study.teams) == 2
        assert {chain["product"] for chain in study.chains} == {None}

"""The bundle computes the page's chains again, from released figures alone."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.test import Client

from survey.accounts.models import Role, User
from survey.linkage.cascade import update_cascades
from survey.linkage.models import CascadeStudy
from survey.organization.models import Team
from tests.cast import make_user
from tests.dashboards.cascade.test_recompute import run
from tests.factories.cascade import (
    QUARTERS,
    Colleagues,
    make_colleagues,
    release_quarters,
    release_ratings,
)
from tests.linkage.test_cascade import NOW

ADDRESS = "/dashboards/cascade/bundle/"


@pytest.fixture
def company(db: None) -> Colleagues:
    """Twenty teams over two quarters."""
    colleagues = make_colleagues(20)
    release_quarters(colleagues, 2)
    update_cascades(pairing=colleagues.pairing, now=NOW)
    return colleagues


def name_chain(company: Colleagues, name: str) -> None:
    """Release ratings of the last quarter once more, in which thirty arrows are a chain."""
    ratings = {arrow: 40.0 + at for at, arrow in enumerate(company.arrows)}
    chains = dict.fromkeys(company.arrows[:30], name)
    release_ratings(company, QUARTERS[1], ratings, chains=chains)


def unpack(client: Client, user: User, folder: Path, query: str = "") -> None:
    """Take the bundle along, as somebody would, and unpack it."""
    client.force_login(user)
    answer = client.get(ADDRESS + query)
    assert answer["Content-Type"] == "application/zip"
    assert answer["Content-Disposition"] == 'attachment; filename="from-team-to-team.zip"'
    ZipFile(BytesIO(answer.content)).extractall(folder)


@pytest.mark.usefixtures("company")
class TestBundle:
    def test_computes_every_chain_again(self, client: Client, alice: User, tmp_path: Path) -> None:
        unpack(client, alice, tmp_path)

        status, printed = run(tmp_path)

        assert status == 0, printed
        study = CascadeStudy.objects.filter(scope__code="company").latest("period_start")
        assert study.chains[0]["product"] is not None
        assert f"{study.chains[0]['product']:.3f}" in printed

    def test_says_so_where_a_chain_got_another_name_since_the_page_was_computed(
        self, client: Client, alice: User, company: Colleagues, tmp_path: Path
    ) -> None:
        name_chain(company, "Old")
        update_cascades(pairing=company.pairing, now=NOW)
        name_chain(company, "New")
        unpack(client, alice, tmp_path / "before")
        update_cascades(pairing=company.pairing, now=NOW)
        unpack(client, alice, tmp_path / "after")

        before, after = (run(tmp_path / name) for name in ("before", "after"))

        assert before[0] == 1
        assert "Old: arrows" in before[1]
        assert before[1].endswith("take this file again in a while.\n")
        assert after[0] == 0, after[1]

    def test_holds_no_formula_and_still_computes_its_chain(
        self, client: Client, alice: User, company: Colleagues, tmp_path: Path
    ) -> None:
        name_chain(company, "=HYPERLINK(1)")
        update_cascades(pairing=company.pairing, now=NOW)
        unpack(client, alice, tmp_path)

        status, printed = run(tmp_path)

        assert status == 0, printed
        assert "=HYPERLINK(1): arrows" in printed
        edges = (tmp_path / "edges.csv").read_text()
        assert ",'=HYPERLINK(1)," in edges
        assert ",=" not in edges

    def test_says_so_where_rows_are_held_back_since_a_team_has_moved(
        self, client: Client, tmp_path: Path
    ) -> None:
        north = Team.objects.get(code="north")
        olga = make_user("olga", Role.LEADER, north)
        unpack(client, olga, tmp_path / "before", "?part=north")
        Team.objects.filter(code="t0000").update(parent=Team.objects.get(code="south"))
        unpack(client, olga, tmp_path / "after", "?part=north")

        before, after = (run(tmp_path / name) for name in ("before", "after"))

        assert before[1].endswith("All numbers agree.\n")
        assert after[0] == 0
        assert "DIFFERS" not in after[1]
        assert after[1].endswith("cannot be computed again from this file.\n")
        assert "t0000" not in (tmp_path / "after" / "units.csv").read_text()

    def test_says_how_it_was_made(self, client: Client, alice: User, tmp_path: Path) -> None:
        unpack(client, alice, tmp_path)

        about = (tmp_path / "README.txt").read_text()
        study = CascadeStudy.objects.filter(scope__code="company").latest("period_start")
        assert study.release_checksum in about
        assert "python recompute.py" in about
        assert "served by the codes of their teams" in about
        assert "does not show that one causes the other" in about

    def test_takes_nothing_along_from_outside_the_part(
        self, client: Client, alice: User, tmp_path: Path
    ) -> None:
        unpack(client, alice, tmp_path, "?part=north")

        units = (tmp_path / "units.csv").read_text().splitlines()[1:]
        assert {int(line[1:5]) % 2 for line in units} == {0}

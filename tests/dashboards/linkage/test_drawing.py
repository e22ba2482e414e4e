"""Drawings are kept between requests, and none is ever shown to the wrong reader."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from survey.accounts.models import Role, User
from survey.campaigns.models import Pairing
from survey.dashboards.linkage import drawn
from survey.dashboards.linkage.drawing import MOST_KEPT, Drawing, Sheet, draw
from survey.dashboards.linkage.scatter import Trend
from survey.dashboards.trees import TeamTree
from survey.linkage.printed import Margin, PrintedUnit
from survey.organization.models import Team
from tests.cast import Organisation, make_user
from tests.dashboards.studies import make_study

pytest_plugins = ["tests.dashboards.company"]
PAGE = "/dashboards/linkage/"
MARGIN = Margin(50.0, 46.0, 54.0, 12)
ROWS = tuple(
    PrintedUnit(code, name, "TEAM", (pk,), MARGIN, replace(MARGIN, mean=60.0 + pk))
    for pk, code, name in ((2, "b", "Bakery"), (3, "g", "Garden"))
)
SHEET = Sheet(
    scope=1,
    team="",
    own=frozenset(),
    ex_name="Fairness",
    cx_name="Care",
    trend=Trend(0.4, 0.1, 0.6),
    rows=ROWS,
    tree=TeamTree({1: "Company", 2: "Bakery", 3: "Garden"}, {1: None, 2: 1, 3: 1}),
)


def read_figure(drawing: Drawing) -> dict[str, list[dict[str, list[float]]]]:
    figure: dict[str, list[dict[str, list[float]]]] = json.loads(drawing.figure)
    return figure


class TestDraw:
    def test_draws_equal_sheets_once(self) -> None:
        again = replace(SHEET, rows=tuple(replace(row) for row in ROWS), tree=replace(SHEET.tree))

        assert draw(again) is draw(SHEET)

    @pytest.mark.parametrize(
        "other",
        [
            replace(SHEET, scope=2),
            replace(SHEET, team="b"),
            replace(SHEET, own=frozenset({2})),
            replace(SHEET, ex_name="Passion"),
            replace(SHEET, cx_name="Respect"),
            replace(SHEET, trend=None),
            replace(SHEET, rows=ROWS[:1]),
            replace(SHEET, rows=(ROWS[0], replace(ROWS[1], ex=replace(MARGIN, mean=50.1)))),
            replace(SHEET, rows=(ROWS[0], replace(ROWS[1], ex=replace(MARGIN, n=13)))),
            replace(SHEET, rows=(ROWS[0], replace(ROWS[1], ex=replace(MARGIN, low=None)))),
            replace(SHEET, tree=TeamTree(SHEET.tree.names, {1: None, 2: 1, 3: 2})),
            replace(SHEET, tree=TeamTree({**SHEET.tree.names, 3: "Meadow"}, SHEET.tree.parents)),
        ],
    )
    def test_draws_anew_whatever_differs(self, other: Sheet) -> None:
        assert other != SHEET
        assert draw(other) is not draw(SHEET)

    def test_keeps_a_few_drawings_only(self) -> None:
        for scope in range(MOST_KEPT + 5):
            draw(replace(SHEET, scope=scope))

        assert draw.cache_info().currsize == draw.cache_info().maxsize == MOST_KEPT

    def test_writes_a_chart_that_cannot_leave_its_script_element(self) -> None:
        name = "</script><b>&amp;"
        drawing = draw(replace(SHEET, rows=(replace(ROWS[0], name=name), ROWS[1])))

        assert not set("<>&") & set(drawing.figure)
        names = {
            words[0]
            for trace in read_figure(drawing)["data"]
            for words in trace.get("customdata", ())
        }
        assert "&lt;/script&gt;&lt;b&gt;&amp;amp;" in names

    def test_draws_nothing_without_teams(self) -> None:
        assert draw(replace(SHEET, rows=())) == Drawing((), (), (), "")


class TestWhoseDrawing:
    """The same process answers readers of different parts, turn by turn."""

    @pytest.fixture
    def readers(
        self, both_sides: Pairing, organisation: Organisation,
        branch_figures: Callable[..., list[PrintedUnit]], alice: User,
    ) -> dict[str, User]:  # fmt: skip
        for scope in (organisation.company, organisation.food, organisation.goods):
            make_study(both_sides, scope, 0.4)
        leads_too = make_user("hanna", Role.HR)
        leads_too.grants.create(role=Role.LEADER, team=organisation.food)
        return {
            "all": alice,
            "food": make_user("fred", Role.LEADER, organisation.food),
            "goods": make_user("gina", Role.LEADER, organisation.goods),
            "all, food of her own": leads_too,
        }

    def test_gives_each_reader_their_own_teams_in_any_order(self, readers: dict[str, User]) -> None:
        clients = {name: Client() for name in readers}
        for name, client in clients.items():
            client.force_login(readers[name])

        def look(name: str) -> tuple[bool, bool, bool]:
            page = clients[name].get(PAGE).content.decode()
            return "Food 7" in page, "Goods 7" in page, "Your own" in page

        expected = {
            "all": (True, True, False),
            "food": (True, False, False),
            "goods": (False, True, False),
            "all, food of her own": (True, True, True),
        }
        for name in [*expected, *reversed(expected), *expected]:
            assert look(name) == expected[name], name

    def test_shows_no_team_to_who_may_not_open_it_any_more(
        self, client: Client, readers: dict[str, User], organisation: Organisation
    ) -> None:
        client.force_login(readers["all, food of her own"])
        assert "Goods 7" in client.get(PAGE).content.decode()

        readers["all, food of her own"].grants.filter(role=Role.HR).delete()

        assert "Goods 7" not in client.get(PAGE).content.decode()

    def test_shows_the_figures_of_a_release_that_takes_the_place_of_another(
        self, client: Client, readers: dict[str, User], branches: list[Team],
        branch_figures: Callable[..., list[PrintedUnit]], monkeypatch: pytest.MonkeyPatch,
    ) -> None:  # fmt: skip
        client.force_login(readers["all"])
        before = client.get(PAGE).content.decode()

        def superseding(*, scope: Team, **asked: object) -> list[PrintedUnit]:
            return [
                replace(one, ex=replace(one.ex, mean=77.7)) for one in branch_figures(scope=scope)
            ]

        monkeypatch.setattr(drawn, "paired_units", superseding)
        after = client.get(PAGE).content.decode()

        assert (before.count("77.7<br>"), after.count("77.7<br>")) == (0, len(branches))

    def test_asks_the_same_questions_warm_and_cold(
        self, client: Client, readers: dict[str, User],
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:  # fmt: skip
        client.force_login(readers["all"])
        draw.cache_clear()
        for _ in range(2):
            with django_assert_num_queries(13):
                client.get(PAGE)

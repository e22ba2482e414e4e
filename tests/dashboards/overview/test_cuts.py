"""What everybody answered by tenure, beside everything else on the page."""

from html import unescape

import pytest
from django.test import Client

from survey.accounts.models import User
from survey.aggregation.models import CutFigure, CutReason, Figure, Release
from survey.aggregation.periods import find_period
from survey.campaigns.contact_cuts import CONTACT_CHANNEL
from survey.campaigns.cuts import NOT_KNOWN
from survey.campaigns.models import Group, Pairing
from survey.core.periods import Period, period_name
from survey.dashboards.access import find_reader
from survey.dashboards.measures import read_measures
from survey.dashboards.overview.cuts import say_level
from survey.dashboards.overview.exports import make_table
from survey.dashboards.overview.pages import OverviewPage, build_overview
from tests.dashboards.overview.material import NOW
from tests.stages import stage

pytest_plugins = ["tests.dashboards.overview.company"]

PAGE = "/dashboards/overview/"
LEVELS = (["under 2 years"], ["2 to 5 years", NOT_KNOWN])


@stage
def release(pairing: Pairing) -> Release:
    """The last release of staff, told by tenure: fairness in two levels, being seen not at all."""
    made = Release.objects.filter(wave__campaign=pairing.ex).latest("pk")
    made.cuts = [{"code": "tenure", "name": "Tenure", "left_out": {"seen": CutReason.TELLS}}]
    made.save()
    CutFigure.objects.bulk_create(
        CutFigure(
            release=made, cut="tenure", place=place, levels=levels, metric="fairness",
            n=20 + place, mean=68.2 + place, se=2.0, low=64.3, high=72.1,
        )
        for place, levels in enumerate(LEVELS)
    )  # fmt: skip
    return made


def build(user: User, **wanted: str) -> OverviewPage:
    page = build_overview(reader=find_reader(user=user), wanted=wanted, now=NOW)
    assert page is not None
    return page


@pytest.mark.usefixtures("release")
class TestReadCutTables:
    def test_tells_each_measure_by_its_levels(self, alice: User) -> None:
        (cut,) = build(alice).cuts

        (fairness,) = cut.shown
        said = [(one.name, one.line.now and one.line.now.mean) for one in fairness.levels]
        assert said == [("under 2 years", 68.2), ("2 to 5 years or not known", 69.2)]
        assert fairness.levels[0].line.median == 71.1  # everybody

    def test_says_what_is_left_out_and_why(self, alice: User) -> None:
        (left,) = build(alice).cuts[0].left_out

        assert left.reason.startswith("beside the figures of the teams")

    def test_tells_nothing_of_a_part(self, alice: User) -> None:
        assert build(alice, scope="food").cuts == ()

    def test_tells_nothing_of_a_superseded_release(self, alice: User, release: Release) -> None:
        Release.objects.create(
            wave=release.wave, made_at=NOW, checksum="1", supersedes=release, reason="wrong",
            scales=release.scales,
        )  # fmt: skip

        assert build(alice).cuts == ()


@pytest.mark.usefixtures("release")
class TestPage:
    def test_shows_a_table_and_hands_it_out(self, client: Client, alice: User) -> None:
        client.force_login(alice)
        shown = unescape(client.get(PAGE).text)

        assert "By Tenure" in shown
        assert "2 to 5 years or not known" in shown
        assert "by sums and bounds" in shown
        table = make_table(build(alice), "by-tenure")
        rows = [list(row) for row in table.rows]
        assert rows[0] == ["Fairness", "under 2 years", 20, 68.2, 64.3, 72.1]
        assert rows[-1][2:4] == [None, "not shown"]
        assert all(len(row) == len(table.columns) for row in rows)

    def test_is_not_for_who_leads_a_part(self, client: Client, bob: User) -> None:
        client.force_login(bob)

        assert "By Tenure" not in client.get(PAGE).text


class TestWithout:
    def test_says_nothing_where_nothing_was_declared(self, pairing: Pairing, alice: User) -> None:
        assert build(alice).cuts == ()


class TestMonthsOfCustomers:
    def test_tell_the_last_month_of_the_period_beside_its_own_whole(
        self, alice: User, pairing: Pairing
    ) -> None:
        made = Release.objects.filter(wave__campaign=pairing.cx).latest("month_start", "pk")
        made.cuts = [{"code": CONTACT_CHANNEL, "name": "as it was", "left_out": {}}]
        made.month_start = find_period(made, Period.MONTH)
        made.save()
        root = Group.objects.create(wave=made.wave, code="all", name="All", kind="NODE")
        metric = next(iter(read_measures([pairing.cx.questionnaire_id])))
        Figure.objects.create(release=made, group=root, metric=metric, n=40, mean=61.5)
        CutFigure.objects.create(
            release=made, cut=CONTACT_CHANNEL, place=0, levels=["till"], metric=metric, n=20,
            mean=63.0,
        )  # fmt: skip

        (cut,) = build(alice).cuts

        assert (cut.name, cut.month) == (
            "Channel of the contact",
            period_name(made.month_start, Period.MONTH),
        )
        assert cut.measures[0].levels[0].line.median == 61.5


class TestSayLevel:
    def test_joins_what_is_counted_together(self) -> None:
        assert say_level(["a", "b", NOT_KNOWN]) == "a or b or not known"

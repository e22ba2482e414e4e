"""What can be chosen of the released figures."""

import pytest

from survey.accounts.models import User
from survey.aggregation.models import Release
from survey.aggregation.services import supersede_release
from survey.campaigns.models import Pairing
from survey.core.periods import Period
from survey.dashboards.access import find_reader
from survey.dashboards.figures.choices import ALL, Chosen, choose_figures
from survey.dashboards.filters import UnknownChoiceError
from tests.cast import Organisation
from tests.factories.aggregation import make_campaign

pytest_plugins = ["tests.dashboards.figures.company"]


def choose(user: User, *, is_file: bool = False, **wanted: str) -> Chosen:
    chosen = choose_figures(reader=find_reader(user=user), wanted=wanted, is_file=is_file)
    assert chosen is not None
    return chosen


class TestChooseFigures:
    def test_starts_with_the_newest_period(self, alice: User, both_waves: list[Release]) -> None:
        (dated,) = choose(alice).releases

        assert dated.release == both_waves[0]
        assert (dated.code, dated.period) == ("2026-Q2", "Q2 2026")

    def test_reads_colleagues_by_the_months_of_their_comparison(
        self, alice: User, both_waves: list[Release]
    ) -> None:
        colleagues = both_waves[0].wave.campaign
        of_the_same = (colleagues.questionnaire, colleagues.scope)
        ex, cx = (make_campaign(*of_the_same, code) for code in ("staff", "customers"))
        Pairing.objects.create(code="main", ex=ex, cx=cx, colleague=colleagues, period=Period.MONTH)

        (dated,) = choose(alice).releases

        assert (dated.code, dated.period) == ("2026-06", "June 2026")

    def test_takes_all_periods_into_a_file_only(
        self, alice: User, both_waves: list[Release]
    ) -> None:
        chosen = choose(alice, is_file=True, period=ALL)

        assert [one.release for one in chosen.releases] == both_waves
        with pytest.raises(UnknownChoiceError):
            choose(alice, period=ALL)

    def test_leaves_superseded_releases_out(self, alice: User, both_waves: list[Release]) -> None:
        supersede_release(
            release_id=both_waves[0].pk, reason="A wrong rounding.", now=both_waves[0].made_at
        )

        (dated,) = choose(alice).releases

        assert dated.release.supersedes == both_waves[0]

    def test_names_scales_and_items(self, alice: User, both_waves: list[Release]) -> None:
        assert {"fair", "care", "recommend", "item:fair_1"} <= choose(alice).metrics.keys()

    @pytest.mark.parametrize("name", ["campaign", "period", "scope", "metric"])
    def test_refuses_what_is_not_there(
        self, alice: User, both_waves: list[Release], name: str
    ) -> None:
        with pytest.raises(UnknownChoiceError):
            choose(alice, **{name: "none-such"})

    def test_offers_no_part_that_a_reader_does_not_lead(
        self, bob: User, both_waves: list[Release]
    ) -> None:
        assert "scope" not in {one.name for one in choose(bob).filters}
        with pytest.raises(UnknownChoiceError):
            choose(bob, scope="food")

    def test_finds_nothing_where_nothing_is_released(
        self, alice: User, organisation: Organisation
    ) -> None:
        assert choose_figures(reader=find_reader(user=alice), wanted={}) is None

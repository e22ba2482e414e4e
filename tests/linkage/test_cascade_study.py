"""What a cascade says of chains, arrows and teams."""

from datetime import UTC, datetime

import pandas as pd
import pytest

from survey.aggregation.models import Figure
from survey.linkage.cascade import update_cascades
from survey.linkage.models import CascadeStudy
from survey.statistics.correlation import pearson
from tests.factories.cascade import (
    CARED_FOR,
    QUARTERS,
    Colleagues,
    chain_of,
    make_colleagues,
    release_customers,
    release_quarters,
    release_ratings,
    release_staff,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 7, 2, tzinfo=UTC)
CHAIN_KEYS = {
    *("code", "name", "n_arrows", "n_teams", "n_waves", "product", "low", "high"),
    *("p_value", "verdict", "reason", "links"),
}
LINK_KEYS = {"name", "r", "low", "high", "n", "n_teams", "verdict"}
ARROW_KEYS = {
    *("provider_id", "provider", "provider_name", "consumer_id", "consumer", "consumer_name"),
    *("chain", "mean", "low", "high", "se", "n", "is_pooled", "is_shown"),
}
TEAM_KEYS = {
    *("team_id", "code", "name", "ex", "ex_low", "ex_high", "cx", "cx_low", "cx_high"),
    *("rating", "rating_low", "rating_high", "n_served_by", "n_serves"),
}


def study_of(colleagues: Colleagues, scope: str = "company", quarter: int = 0) -> CascadeStudy:
    update_cascades(pairing=colleagues.pairing, now=NOW)
    return CascadeStudy.objects.get(scope__code=scope, period_start=QUARTERS[quarter])


def rated(colleagues: Colleagues) -> dict[tuple[str, str], float]:
    """Return a rating of each arrow: 40, 41, 42 and so on."""
    return {arrow: 40.0 + at for at, arrow in enumerate(colleagues.arrows)}


class TestComputeCascade:
    def test_has_the_keys_that_pages_read(self) -> None:
        colleagues = make_colleagues()
        release_quarters(colleagues, 2)

        study = study_of(colleagues, quarter=1)

        assert {side: one["code"] for side, one in study.scales.items()} == {
            "ex": "fair", "cx": "cx_fair", "rating": "co_fair",
        }  # fmt: skip
        assert {*study.scales["ex"]} == {"code", "name", "phrase"}
        assert all({*one} == CHAIN_KEYS for one in study.chains)
        assert all({*link} == LINK_KEYS for one in study.chains for link in one["links"])
        assert all({*one} == ARROW_KEYS for one in study.arrows)
        assert all({*one} == TEAM_KEYS for one in study.teams)

    def test_has_the_links_of_the_printed_figures(self) -> None:
        colleagues = make_colleagues()
        release_quarters(colleagues, 1)

        study = study_of(colleagues)

        teams = pd.DataFrame(study.teams).set_index("team_id")
        arrows = pd.DataFrame(study.arrows)
        pairs = [
            (arrows["provider_id"].map(teams["ex"]), arrows["mean"]),
            (arrows["mean"], arrows["consumer_id"].map(teams["ex"])),
            (teams["ex"], teams["cx"]),
        ]
        for link, (x, y) in zip(chain_of(study)["links"], pairs, strict=True):
            assert link["r"] == pytest.approx(pearson(x, y).r, abs=1e-12)

    def test_follows_each_named_chain_over_its_own_arrows(self) -> None:
        colleagues = make_colleagues(24)
        release_quarters(colleagues, 1)
        chains = {arrow: "B" if at < 30 else "A" for at, arrow in enumerate(colleagues.arrows)}
        release_ratings(colleagues, QUARTERS[0], rated(colleagues), chains=chains)

        study = study_of(colleagues)

        assert [(one["code"], one["n_arrows"]) for one in study.chains] == [
            ("", 48), ("A", 18), ("B", 30),
        ]  # fmt: skip
        assert [one["verdict"] for one in study.chains] == ["CANNOT_TELL", "TOO_FEW", "CANNOT_TELL"]
        assert chain_of(study, "A")["product"] is None
        assert chain_of(study, "A")["reason"].startswith("needs 20 pairs of teams")

    def test_keeps_the_history_of_a_chain_that_was_renamed(self) -> None:
        colleagues = make_colleagues(24)
        release_quarters(colleagues, 1)
        for quarter, name in zip(QUARTERS, ("Old", "New"), strict=False):
            chains = dict.fromkeys(colleagues.arrows[:30], name)
            release_ratings(colleagues, quarter, rated(colleagues), chains=chains)

        study = study_of(colleagues, quarter=1)

        assert [one["code"] for one in study.chains] == ["", "New"]
        assert chain_of(study, "New")["n_waves"] == 2

    def test_shows_a_pool_at_each_of_its_arrows_and_counts_it_nowhere(self) -> None:
        colleagues = make_colleagues()
        release_quarters(colleagues, 1)
        small = colleagues.arrows[:2]
        release_ratings(colleagues, QUARTERS[0], rated(colleagues), pooled=small)

        study = study_of(colleagues)

        pooled = [one for one in study.arrows if one["is_pooled"]]
        assert [(one["provider"], one["consumer"], one["mean"]) for one in pooled] == [
            (*small[0], 40.0), (*small[1], 40.0),
        ]  # fmt: skip
        assert (study.n_arrows, chain_of(study)["n_arrows"]) == (40, 38)

    def test_says_which_arrows_are_not_shown(self) -> None:
        colleagues = make_colleagues()
        ratings = rated(colleagues)
        hidden = ratings.popitem()[0]
        release_ratings(colleagues, QUARTERS[0], ratings)

        study = study_of(colleagues)

        (dark,) = [one for one in study.arrows if not one["is_shown"]]
        assert (dark["provider"], dark["consumer"]) == hidden
        assert (dark["mean"], dark["low"], dark["high"], dark["se"], dark["n"]) == (None,) * 5
        assert chain_of(study)["n_arrows"] == 39

    def test_tells_of_teams_what_was_released_in_the_period(self) -> None:
        colleagues = make_colleagues()
        first, second, *_ = colleagues.company.teams
        release_staff(colleagues, QUARTERS[0], {first: 55.0, second: 66.0})
        release_customers(colleagues, QUARTERS[0], {second: 77.0})
        release_ratings(colleagues, QUARTERS[0], {colleagues.arrows[0]: 44.0})

        study = study_of(colleagues)

        teams = {one["code"]: one for one in study.teams}
        assert (teams[first]["ex"], teams[first]["ex_low"], teams[first]["ex_high"]) == (55, 51, 59)
        assert (teams[first]["cx"], teams[first]["rating"]) == (None, 44)
        assert (teams[second]["cx"], teams[second]["cx_low"]) == (77, 73)
        assert (teams[first]["n_serves"], teams[first]["n_served_by"]) == (2, 2)
        assert len(teams) == 20

    def test_takes_the_figure_of_an_inner_team_for_all_below_it(self) -> None:
        colleagues = make_colleagues()
        release_staff(colleagues, QUARTERS[0], {"north": 58.0})
        release_ratings(colleagues, QUARTERS[0], {("north", "t0001"): 44.0})

        teams = {one["code"]: one for one in study_of(colleagues).teams}

        assert (teams["north"]["ex"], teams["north"]["rating"]) == (58, 44)

    def test_keeps_the_figures_of_teams_outside_out_of_a_part(self) -> None:
        colleagues = make_colleagues()
        release_quarters(colleagues, 1)

        north = study_of(colleagues, "north")

        inside = {one["code"]: one["ex"] is not None for one in north.teams}
        assert inside == {code: at % 2 == 0 for at, code in enumerate(colleagues.company.teams)}
        assert {int(one["consumer"][1:]) % 2 for one in north.arrows} == {0}
        first = chain_of(north)["links"][0]
        assert (chain_of(north)["verdict"], first["r"]) == ("TOO_FEW", None)

    def test_leaves_a_team_with_few_customers_out(self) -> None:
        colleagues = make_colleagues()
        release_quarters(colleagues, 1)
        few = Figure.objects.filter(metric=CARED_FOR, group__code=colleagues.company.teams[0])
        few.update(n=9)

        study = study_of(colleagues)

        assert chain_of(study)["n_teams"] == 19
        assert study.teams[0]["cx"] is not None

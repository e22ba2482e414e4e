"""Stored chains in plain words."""

import pytest

from survey.dashboards.cascade.chains import name_chain, read_chains, tell_finding
from survey.linkage.cascade_study import SAME_WAVE
from survey.linkage.models import CascadeStudy
from survey.statistics.cascade import TOO_ALIKE
from survey.statistics.correlation.coefficients import CONSTANT
from tests.dashboards.cascades import SCALES, Row, make_chain
from tests.dashboards.linkage.test_findings import CAUSAL_WORDS


def tell(*rows: Row) -> tuple[str, str, str, str]:
    found = tell_finding(read_chains(CascadeStudy(chains=list(rows))), SCALES)
    return found.headline, found.steps, found.whole, found.others


class TestTellFinding:
    def test_says_what_goes_together_where_all_steps_hold(self) -> None:
        headline, steps, whole, others = tell(make_chain())

        assert headline.startswith("Teams that score higher on fairness at work are rated higher")
        assert steps == "Each of the three steps holds on its own."
        assert "0.058 of a step above theirs, likely between 0.012 and 0.141" in whole
        assert others == ""

    def test_names_the_steps_that_hold_and_those_that_do_not(self) -> None:
        headline, steps, _, _ = tell(make_chain(verdict="CANNOT_TELL", r=(0.38, 0.1, 0.42)))

        assert headline.startswith("From 31 pairs of teams we can’t tell")
        held, open_ones = steps.split(" Can’t tell: ")
        assert held.startswith("Supported: How a team feels, and how those it serves rate it; ")
        assert open_ones == "How a team is served, and how it feels one wave later."

    def test_says_how_many_pairs_it_takes(self) -> None:
        headline, steps, whole, _ = tell(make_chain(verdict="TOO_FEW", n_arrows=7))

        assert headline.startswith("7 pairs of teams are too few")
        assert headline.endswith("It takes 20.")
        assert steps == whole == ""

    def test_blames_missing_figures_where_pairs_are_enough(self) -> None:
        headline, _, _, _ = tell(make_chain(verdict="TOO_FEW", n_arrows=24))

        assert headline.startswith("Too few teams have figures at both ends")

    def test_gathers_the_chains_by_their_verdict(self) -> None:
        others = tell(
            make_chain(), make_chain("A"), make_chain("B", "CANNOT_TELL"), make_chain("C"),
            make_chain("D", "TOO_FEW", n_arrows=7),
        )[3]  # fmt: skip

        assert others == (
            "Chains supported: A; C. Chains of which we can’t tell: B. "
            "Chains with too few pairs of teams: D."
        )

    def test_names_apart_the_chains_that_have_pairs_but_lack_teams(self) -> None:
        others = tell(
            make_chain(), make_chain("D", "TOO_FEW", n_arrows=7),
            make_chain("E", "TOO_FEW", n_arrows=40),
        )[3]  # fmt: skip

        assert others == (
            "Chains with too few pairs of teams: D. "
            "Chains where too few teams have figures at both ends: E."
        )

    @pytest.mark.parametrize("verdict", ["SUPPORTED", "CANNOT_TELL", "TOO_FEW"])
    def test_claims_no_cause(self, verdict: str) -> None:
        assert not CAUSAL_WORDS.search(" ".join(tell(make_chain(verdict=verdict))))


class TestChain:
    def test_draws_its_steps_on_an_axis_that_holds_them(self) -> None:
        (chain,) = read_chains(CascadeStudy(chains=[make_chain(r=(0.38, 0.36, 0.42))]))

        assert chain.reach == pytest.approx(0.8)
        assert chain.depth == -chain.reach

    def test_never_reaches_beyond_one(self) -> None:
        (chain,) = read_chains(CascadeStudy(chains=[make_chain(r=(0.9, 0.9, 0.9))]))

        assert chain.reach == 1.0

    def test_says_later_only_where_staff_were_asked_later(self) -> None:
        rows = [make_chain(n_waves=1), make_chain(n_waves=3, reason=SAME_WAVE)]

        chains = read_chains(CascadeStudy(chains=rows))

        assert [one.is_later for one in chains] == [False, False]
        assert chains[0].links[1].label == "How a team is served, and how it feels"

    def test_says_later_where_teams_are_too_alike_over_several_waves(self) -> None:
        rows = [make_chain(n_waves=4, reason=reason) for reason in (TOO_ALIKE, CONSTANT)]

        assert all(one.is_later for one in read_chains(CascadeStudy(chains=rows)))

    def test_counts_teams_where_customers_speak_and_pairs_elsewhere(self) -> None:
        (chain,) = read_chains(CascadeStudy(chains=[make_chain()]))

        counted = [one.counted for one in chain.links]
        assert counted == ["31 pairs of teams", "31 pairs of teams", "31 teams"]

    def test_asks_for_teams_where_pairs_are_enough(self) -> None:
        rows = [make_chain(verdict="TOO_FEW", n_arrows=n) for n in (19, 20)]

        few, teamless = read_chains(CascadeStudy(chains=rows))

        assert (few.chip, few.evidence) == ("too few pairs of teams", "Too few pairs of teams")
        assert teamless.chip == "too few teams have figures at both ends"
        assert teamless.evidence == "Too few teams have figures at both ends"

    def test_is_called_by_its_name(self) -> None:
        chains = read_chains(CascadeStudy(chains=[make_chain(), make_chain("Stores, desk")]))

        assert [name_chain(one) for one in chains] == ["All arrows together", "Stores, desk"]

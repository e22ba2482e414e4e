"""What was planted along the chains, beside what was found."""

from collections.abc import Iterable

import pytest

from survey.campaigns.models import Pairing
from survey.samples.chains import ARROWS, PlantedChain, list_lines, read_chains, say_number
from survey.samples.serving import EMPTY_CHAIN, TRUE_CHAIN, WIRING
from survey.samples.truth import SHIPPED_TRUTH
from tests.cast import Organisation
from tests.dashboards.cascades import make_cascade, make_chain
from tests.factories.aggregation import make_campaign, make_instrument

FOUND = (0.38, 0.36, 0.42)


def chain(
    name: str = TRUE_CHAIN, verdict: str = "SUPPORTED", *, low: float | None = 0.1
) -> PlantedChain:
    return PlantedChain(
        name=name,
        n_arrows=48,
        planted=(0.35, 0.35, 0.45),
        found=((0.31, low, 0.5), (0.32, 0.15, 0.47), (0.18, 0.03, 0.33)),
        verdicts=("SUPPORTED", "SUPPORTED", "CANNOT_TELL"),
        verdict=verdict,
    )


def lines(chains: Iterable[PlantedChain]) -> str:
    return "\n".join(list_lines(tuple(chains)))


@pytest.fixture
def pairing(organisation: Organisation) -> Pairing:
    sides = {}
    for audience, prefix in (("EMPLOYEE", ""), ("CUSTOMER", "cx_")):
        instrument = make_instrument(audience, prefix=prefix)
        sides[prefix] = make_campaign(instrument, organisation.company, f"{prefix}side")
    return Pairing.objects.create(code="both", name="Both", ex=sides[""], cx=sides["cx_"])


@pytest.mark.django_db
class TestReadChains:
    def test_puts_what_was_planted_beside_what_was_found(self, pairing: Pairing) -> None:
        rows = [
            make_chain(),
            make_chain("Somebody else's"),
            make_chain(EMPTY_CHAIN, "CANNOT_TELL", r=(0.05, 0.04, 0.42), n_arrows=36),
            make_chain(TRUE_CHAIN, r=FOUND, n_arrows=48),
        ]
        make_cascade(pairing, pairing.ex.scope, [], chains=rows)
        true, empty = read_chains(pairing=pairing, truth=SHIPPED_TRUTH)

        assert (true.name, empty.name) == (TRUE_CHAIN, EMPTY_CHAIN)
        assert (true.planted, empty.planted) == ((0.35, 0.35, 0.45), (0.0, 0.0, 0.45))
        assert (true.n_arrows, empty.n_arrows) == (48, 36)
        assert (true.verdict, empty.verdict) == ("SUPPORTED", "CANNOT_TELL")
        assert tuple(r for r, *_ in true.found) == FOUND
        assert empty.found[0] == pytest.approx((0.05, -0.25, 0.35))
        assert empty.verdicts == ("CANNOT_TELL", "CANNOT_TELL", "SUPPORTED")

    def test_leaves_out_chains_that_were_not_studied(self, pairing: Pairing) -> None:
        assert not list(read_chains(pairing=pairing, truth=SHIPPED_TRUTH))

        make_cascade(pairing, pairing.ex.scope, [], chains=[make_chain(), make_chain(TRUE_CHAIN)])
        assert [one.name for one in read_chains(pairing=pairing, truth=SHIPPED_TRUTH)] == [
            TRUE_CHAIN
        ]

    def test_reads_what_could_not_be_said(self, pairing: Pairing) -> None:
        rows = [make_chain(), make_chain(TRUE_CHAIN, "TOO_FEW", reason="few")]
        make_cascade(pairing, pairing.ex.scope, [], chains=rows)
        (true,) = read_chains(pairing=pairing, truth=SHIPPED_TRUTH)

        assert true.found == ((None, None, None),) * len(ARROWS)
        assert (true.verdict, set(true.verdicts)) == ("TOO_FEW", {"NOT_SHOWN"})


class TestListLines:
    def test_prints_every_arrow_with_both_numbers(self) -> None:
        text = lines([chain(), chain(EMPTY_CHAIN, "CANNOT_TELL")])

        for name in WIRING:
            assert f"{name}, 48 pairs of teams" in text
        for arrow in ARROWS:
            assert text.count(arrow) == 2
        line = next(one for one in text.split("\n") if ARROWS[0] in one)
        assert line.split()[-6:] == ["0.35", "0.31", "0.10", "to", "0.50", "SUPPORTED"]

    def test_prints_a_dash_where_there_is_no_number(self) -> None:
        assert "- to 0.50" in lines([chain(low=None)])

    def test_prints_nothing_where_nothing_was_found(self) -> None:
        assert lines([]) == ""


class TestSayNumber:
    @pytest.mark.parametrize(
        ("number", "said"), [(None, "-"), (0.0, "0.00"), (-0.276, "-0.28"), (0.35, "0.35")]
    )
    def test_says_two_digits(self, number: float | None, said: str) -> None:
        assert say_number(number) == said

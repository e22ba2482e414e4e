"""What was found over all arrows and over each chain, in plain words.

Numbers are printed as stored and never worked out anew. Nothing here says that one thing makes
another: team averages that go together are all that there is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from survey.dashboards.linkage.strips import STEP
from survey.dashboards.numerals import count, print_number, quote
from survey.dashboards.retelling import retell
from survey.linkage.cascade_study import SAME_WAVE
from survey.linkage.models import CascadeStudy
from survey.statistics.cascade import FEWEST_EDGES

SUPPORTED, CANNOT_TELL, TOO_FEW = "SUPPORTED", "CANNOT_TELL", "TOO_FEW"
LINK_CHIPS = {
    SUPPORTED: (gettext_lazy("supported"), "ok"),
    CANNOT_TELL: (gettext_lazy("can’t tell"), ""),
    "NOT_SHOWN": (gettext_lazy("not shown"), ""),
}
CHAIN_CHIPS = {
    SUPPORTED: (gettext_lazy("chain supported"), "ok"),
    CANNOT_TELL: (gettext_lazy("chain: can’t tell"), ""),
    TOO_FEW: (gettext_lazy("too few pairs of teams"), ""),
}
EVIDENCE = {
    SUPPORTED: (gettext_lazy("Evidence: some"), "gold"),
    CANNOT_TELL: (gettext_lazy("Evidence: unclear"), "gold"),
    TOO_FEW: (gettext_lazy("Too few pairs of teams"), ""),
}
FEW_TEAMS = gettext_lazy("too few teams have figures at both ends")
STEPS = {
    "staff_to_service": (
        gettext_lazy("How a team feels, and how those it serves rate it"), "r",
    ),
    "service_to_staff": (gettext_lazy("How a team is served, and how it feels"), "r"),
    "staff_to_customers": (gettext_lazy("How a team feels, and what its customers say"), ""),
}  # fmt: skip
AFTER = gettext_lazy("How a team is served, and how it feels one wave later")


@dataclass(frozen=True, slots=True)
class Link:
    """One step of a chain; look is "r" where it stays inside, "" where customers speak."""

    name: str
    label: str
    r: float | None
    low: float | None
    high: float | None
    n: int
    verdict: str
    look: str

    @property
    def chip(self) -> str:
        """Return the verdict as a word."""
        return str(LINK_CHIPS[self.verdict][0])

    @property
    def chip_class(self) -> str:
        """Return how the verdict looks."""
        return LINK_CHIPS[self.verdict][1]

    @property
    def counted(self) -> str:
        """Say what the step was worked out from."""
        if self.name == "staff_to_customers":
            return ngettext("%(n)s team", "%(n)s teams", self.n) % {"n": count(self.n)}
        told = ngettext("%(n)s pair of teams", "%(n)s pairs of teams", self.n)
        return told % {"n": count(self.n)}


@dataclass(frozen=True, slots=True)
class Chain:
    """Three steps and their product; the code is "" where it is about all arrows.

    is_later says that how the served feel was asked a wave after the rating.
    """

    code: str
    name: str
    n_arrows: int
    n_teams: int
    n_waves: int
    product: float | None
    low: float | None
    high: float | None
    p_value: float | None
    verdict: str
    reason: str
    is_later: bool
    links: tuple[Link, ...]

    @property
    def chip(self) -> str:
        """Return the verdict as words."""
        if self.lacks_teams:
            return str(FEW_TEAMS)
        return str(CHAIN_CHIPS[self.verdict][0])

    @property
    def chip_class(self) -> str:
        """Return how the verdict looks."""
        return CHAIN_CHIPS[self.verdict][1]

    @property
    def evidence(self) -> str:
        """Return how firm the finding is, in words."""
        if self.lacks_teams:
            return capfirst(str(FEW_TEAMS))
        return str(EVIDENCE[self.verdict][0])

    @property
    def evidence_class(self) -> str:
        """Return how the firmness looks."""
        return EVIDENCE[self.verdict][1]

    @property
    def has_interval(self) -> bool:
        """Say whether the whole chain has its interval."""
        return self.low is not None and self.high is not None

    @property
    def reach(self) -> float:
        """Return how far the axis of the steps reaches to either side of 0."""
        ends = [abs(e) for one in self.links for e in (one.low, one.r, one.high) if e is not None]
        steps = int(max(ends, default=0.0) / STEP - 1e-9) + 1
        return min(STEP * steps, 1.0)

    @property
    def depth(self) -> float:
        """Return the lower end of the axis of the steps."""
        return -self.reach

    @property
    def is_too_few(self) -> bool:
        """Say whether there are too few pairs of teams for any number."""
        return self.verdict == TOO_FEW

    @property
    def lacks_teams(self) -> bool:
        """Say whether pairs would be enough, but too few teams have figures at both ends."""
        return self.is_too_few and self.n_arrows >= FEWEST_EDGES


def read_chains(study: CascadeStudy) -> tuple[Chain, ...]:
    """Return what was found over all arrows, then over each chain."""
    return tuple(_read_chain(row) for row in study.chains)


def name_chain(chain: Chain) -> str:
    """Return what a chain is called on the page."""
    return quote(chain.name) if chain.code else _("All arrows together")


def _read_chain(row: Mapping[str, Any]) -> Chain:
    is_later = row["n_waves"] > 1 and row["reason"] != SAME_WAVE
    numbers = {name: row[name] for name in ("product", "low", "high", "p_value")}
    return Chain(
        code=row["code"],
        name=row["name"],
        n_arrows=row["n_arrows"],
        n_teams=row["n_teams"],
        n_waves=row["n_waves"],
        **numbers,
        verdict=row["verdict"],
        reason="" if row["verdict"] == TOO_FEW else retell(row["reason"]),
        is_later=is_later,
        links=tuple(_read_link(one, is_later=is_later) for one in row["links"]),
    )


def _read_link(row: Mapping[str, Any], *, is_later: bool) -> Link:
    label, look = STEPS[row["name"]]
    if is_later and row["name"] == "service_to_staff":
        label = AFTER
    return Link(
        row["name"], str(label), row["r"], row["low"], row["high"], row["n"], row["verdict"], look
    )


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer of the page, the most important first."""

    headline: str
    steps: str
    whole: str
    others: str


def tell_finding(chains: Sequence[Chain], scales: Mapping[str, Any]) -> Finding:
    """Put the verdict over all arrows into words, then those of the chains."""
    whole = chains[0]
    return Finding(
        _tell_headline(whole, scales),
        _tell_steps(whole),
        _tell_whole(whole),
        _tell_others([one for one in chains if one.code]),
    )


def _tell_headline(whole: Chain, scales: Mapping[str, Any]) -> str:
    told = {
        SUPPORTED: _(
            "Teams that score higher on %(staff)s are rated higher by the teams they serve. Teams "
            "that are served better score higher on it too, and where they do, customers score "
            "higher on %(customers)s."
        ),
        CANNOT_TELL: ngettext(
            "From %(n)s pair of teams we can’t tell whether good service goes on from team to "
            "team to the customer.",
            "From %(n)s pairs of teams we can’t tell whether good service goes on from team to "
            "team to the customer.",
            whole.n_arrows,
        ),
    }.get(whole.verdict) or _tell_too_few(whole)
    return told % {
        "n": count(whole.n_arrows),
        "fewest": count(FEWEST_EDGES),
        "staff": quote(scales["ex"]["phrase"]),
        "customers": quote(scales["cx"]["phrase"]),
    }


def _tell_too_few(whole: Chain) -> str:
    if whole.lacks_teams:
        return _(
            "Too few teams have figures at both ends to say whether service goes on from team to "
            "team to the customer."
        )
    return ngettext(
        "%(n)s pair of teams is too few to say whether service goes on from team to team to the "
        "customer. It takes %(fewest)s.",
        "%(n)s pairs of teams are too few to say whether service goes on from team to team to the "
        "customer. It takes %(fewest)s.",
        whole.n_arrows,
    )


def _tell_steps(whole: Chain) -> str:
    """Say which of the three steps hold, each by its name."""
    if whole.is_too_few:
        return ""
    if all(one.verdict == SUPPORTED for one in whole.links):
        return _("Each of the three steps holds on its own.")
    words = {
        SUPPORTED: _("Supported: %(steps)s."),
        CANNOT_TELL: _("Can’t tell: %(steps)s."),
        "NOT_SHOWN": _("Not shown: %(steps)s."),
    }
    by_verdict = [
        (told, [one.label for one in whole.links if one.verdict == verdict])
        for verdict, told in words.items()
    ]
    return " ".join(told % {"steps": "; ".join(names)} for told, names in by_verdict if names)


def _tell_whole(whole: Chain) -> str:
    if whole.product is None or whole.low is None or whole.high is None:
        return ""
    told = _(
        "Along the whole chain: where a team is one step above the others, the customers of those "
        "it serves are %(product)s of a step above theirs, likely between %(low)s and %(high)s. A "
        "step is one standard deviation between teams."
    )
    numbers = {"product": whole.product, "low": whole.low, "high": whole.high}
    return told % {name: print_number(value, 3) for name, value in numbers.items()}


def _tell_others(chains: Sequence[Chain]) -> str:
    words = {
        (SUPPORTED, False): _("Chains supported: %(chains)s."),
        (CANNOT_TELL, False): _("Chains of which we can’t tell: %(chains)s."),
        (TOO_FEW, False): _("Chains with too few pairs of teams: %(chains)s."),
        (TOO_FEW, True): _("Chains where too few teams have figures at both ends: %(chains)s."),
    }
    by_verdict = [
        (told, [quote(one.name) for one in chains if (one.verdict, one.lacks_teams) == found])
        for found, told in words.items()
    ]
    return " ".join(told % {"chains": "; ".join(names)} for told, names in by_verdict if names)

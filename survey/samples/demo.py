"""Build the demo organisation, and say what was planted beside what was found."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from survey.aggregation.models import Release
from survey.campaigns.models import Pairing
from survey.core.timestamps import local_date
from survey.linkage.selectors import linkage_document
from survey.organization.models import Team
from survey.samples.chains import PlantedChain, list_lines, read_chains, say_number
from survey.samples.closing import close_the_loop
from survey.samples.colleagues import RatedPast, create_colleagues, open_colleague_wave
from survey.samples.demo_questionnaires import store_questionnaires
from survey.samples.history import create_demo_pairing, last_look_before, live_through
from survey.samples.logins import create_logins
from survey.samples.organisation import REGIONS, YEARS_BACK, create_organisation, region_code
from survey.samples.progress import Progress
from survey.samples.running import start_running_waves
from survey.samples.serving import bring_in_services, plant_ratings
from survey.samples.simulation import Quarter, draw_team_effects, simulate
from survey.samples.tenure import declare_tenure
from survey.samples.truth import CX_SCALES, EX_SCALES, SHIPPED_TRUTH, PlantedScale, Truth
from survey.samples.writing_back import write_back

OUTCOME = "treatment"


@dataclass(frozen=True, slots=True)
class PlantedLink:
    """One planted link with customers' treatment, and what the product made of it."""

    scale: str
    planted: float
    ceiling: float | None
    r: float | None
    low: float | None
    high: float | None
    verdict: str


@dataclass(frozen=True, slots=True)
class PlantedQuality:
    """How a scale was planted to measure, and how the product says it does, in the last quarter."""

    scale: str
    icc: float
    found_icc: float | None
    alpha: float | None
    found_alpha: float | None


@dataclass(frozen=True, slots=True)
class DemoReport:
    """What the demo organisation holds; its text prints the planted truth beside the finding."""

    seed: int
    truth: Truth
    n_ex: int
    n_cx: int
    links: tuple[PlantedLink, ...]
    qualities: tuple[PlantedQuality, ...]
    chains: tuple[PlantedChain, ...] = ()

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield (
            f"{self.truth.n_teams} teams, {self.truth.n_quarters} quarters, {self.n_ex} answers "
            f"of employees and {self.n_cx} of customers, drawn with seed {self.seed}."
        )
        yield ""
        yield "Linked with how customers feel treated, last quarter:"
        yield f"  {'':<16}{'planted':>8}{'may look':>10}{'found':>7}   95 % interval    verdict"
        for link in self.links:
            may_look = None if link.ceiling is None else link.planted * link.ceiling
            interval = f"{say_number(link.low)} to {say_number(link.high)}"
            yield (
                f"  {link.scale:<16}{say_number(link.planted):>8}{say_number(may_look):>10}"
                f"{say_number(link.r):>7}   {interval:<15}  {link.verdict}"
            )
        yield "  (planted: between the teams' true standings; may look: through this much noise)"
        yield ""
        yield from list_lines(self.chains)
        yield ""
        yield "Between teams (ICC) and within scales (alpha), planted / found:"
        for one in self.qualities:
            yield (
                f"  {one.scale:<16}ICC {say_number(one.icc)} / {say_number(one.found_icc)}"
                f"    alpha {say_number(one.alpha)} / {say_number(one.found_alpha)}"
            )
        yield ""
        truth = self.truth
        yield (
            f"Also planted: both sides lean on the region by {say_number(truth.region)}; within a "
            f"team, fairness moves treatment by {say_number(truth.fairness_to_treatment)} a "
            f"quarter later, treatment moves employees by "
            f"{say_number(truth.treatment_to_employees)}; staff think customers feel better than "
            f"they do by {say_number(truth.rosy_view)}."
        )


def build_demo(
    *, seed: int, now: datetime, progress: Progress, truth: Truth = SHIPPED_TRUTH
) -> DemoReport:
    """Build the whole organisation in an empty database; return what was planted and found."""
    quarters = simulate(truth=truth, seed=seed)
    n_ex = sum(len(quarter.ex.teams) for quarter in quarters)
    n_cx = sum(len(quarter.cx.teams) for quarter in quarters)
    progress.reset(total=2 * (n_ex + n_cx))
    progress.set_description("hiring")
    store_questionnaires()
    declare_tenure()
    root = create_organisation(headcounts=_headcounts(quarters), seed=seed, today=local_date(now))
    bring_in_services(since=local_date(now) - YEARS_BACK, today=local_date(now))
    pairing = create_demo_pairing(root=root)
    colleagues = _plan_colleagues(pairing, root, truth, seed)
    live_through(
        pairing=pairing,
        quarters=quarters,
        colleagues=colleagues,
        now=now,
        progress=progress,
        seed=seed,
    )
    progress.set_description("opening three waves")
    region = Team.objects.get(code=region_code(REGIONS[0]))
    start_running_waves(region=region, customers=pairing.cx, now=now, seed=seed)
    open_colleague_wave(campaign=colleagues.campaign, now=now)
    create_logins(looked_at=last_look_before(now))
    close_the_loop(now=now)
    write_back(pairing=pairing, now=now)
    return DemoReport(
        seed=seed,
        truth=truth,
        n_ex=n_ex,
        n_cx=n_cx,
        links=tuple(_read_links(pairing, truth)),
        qualities=tuple(_read_qualities(pairing, truth)),
        chains=tuple(read_chains(pairing=pairing, truth=truth)),
    )


def _plan_colleagues(pairing: Pairing, root: Team, truth: Truth, seed: int) -> RatedPast:
    """Plant what is true of who serves whom, among the very teams that are simulated."""
    teams_rng, *_, rng = np.random.default_rng(seed).spawn(6)
    effects = plant_ratings(truth=truth, effects=draw_team_effects(truth, teams_rng), rng=rng)
    return RatedPast(create_colleagues(pairing=pairing, root=root), truth, effects, rng)


def _headcounts(quarters: list[Quarter]) -> list[int]:
    """Return how many people each team needs to have so many answers in its best quarter."""
    n_teams = int(max(quarter.ex.teams.max() for quarter in quarters)) + 1
    return [
        1 + max(int((quarter.ex.teams == team).sum()) for quarter in quarters)
        for team in range(n_teams)
    ]


def _read_links(pairing: Pairing, truth: Truth) -> Iterator[PlantedLink]:
    """Yield what was found of each planted link in the last quarter."""
    pairs = {
        pair["ex_scale"]: pair
        for pair in linkage_document(pairing=pairing)["pairs"]
        if pair["cx_scale"] == OUTCOME
    }
    for scale in EX_SCALES:
        pair = pairs[scale.code]
        yield PlantedLink(
            scale=scale.code,
            planted=truth.linked_to_treatment[scale.factor],
            ceiling=pair["ceiling"],
            r=pair["r"],
            low=pair["low"],
            high=pair["high"],
            verdict=pair["verdict"]["code"],
        )


def _read_qualities(pairing: Pairing, truth: Truth) -> Iterator[PlantedQuality]:
    """Yield what the last releases say of the scales."""
    for campaign, scales in ((pairing.ex, EX_SCALES), (pairing.cx, CX_SCALES)):
        said = Release.objects.filter(wave__campaign=campaign).latest("made_at", "pk").scales
        for scale in scales:
            yield _read_quality(scale, said[scale.code], truth)


def _read_quality(
    scale: PlantedScale, said: dict[str, float | None], truth: Truth
) -> PlantedQuality:
    """Put what was planted in a scale beside what a release says of it."""
    return PlantedQuality(
        scale=scale.code,
        icc=truth.icc(factor=scale.factor),
        found_icc=said["icc1"],
        alpha=truth.alpha if len(scale.items) > 1 else None,
        found_alpha=said["alpha"],
    )

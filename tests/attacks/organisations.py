"""Random organisations that ask three times, with moves in between: all in memory, nothing stored.

Groups, places, counts and figures are made by the product's own functions.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from survey.aggregation import cut_auditing, cut_printing
from survey.aggregation.composing import FamilyFigures, FamilyMaterial, Tree, compose_release
from survey.aggregation.counting import summarise
from survey.aggregation.metrics import Metric, list_metrics
from survey.aggregation.printing import PrintedFigure
from survey.aggregation.scores import score_items, score_metrics
from survey.aggregation.summaries import Summary
from survey.campaigns.cuts import DeclaredCut
from survey.campaigns.grouping import GroupPlan, Member, TeamNode, plan_groups
from survey.campaigns.models import GroupKind, Wave
from survey.questionnaires.families import build_families
from survey.questionnaires.models import ItemKind, ScoringMethod
from survey.responses.placing import climb_and_take_up
from tests.factories.questionnaires import item_content, questionnaire_content
from tests.factories.scored import FACETED, scale

K = 5
TOP = 0
MOVES, LEAVES, RETHINKS = 0.08, 0.05, 0.1
SAYS_NOTHING = 0.06
STAYS_HOME = 0.97
AGREES = 0.12  # so many groups answer all alike, at an end
SHOWN, KEPT = ("s1", "s2"), ("c1", "c2", "c3", "c4")
THREE = ("t1", "t2", "t3")
CONTENT = questionnaire_content(
    *(item_content(code) for code in (*SHOWN, *KEPT, *THREE)),
    item_content("r1", kind=ItemKind.RATING),
    *FACETED.items,
    scales=(
        scale("shown", " ".join(SHOWN)),
        scale("kept", " ".join(KEPT), reversed_codes="c3"),
        scale("three", " ".join(THREE), reversed_codes="t2"),
        scale("r", "r1", method=ScoringMethod.RECOMMEND, minimum=0, maximum=10),
        *FACETED.scales,
    ),
)
ITEMS = tuple(item.code for item in CONTENT.items)
FAMILIES = list_metrics(CONTENT, build_families(content=CONTENT))
CUTS = (
    DeclaredCut("tenure", "Tenure", ("under 2 years", "2 to 5 years", "over 5 years")),
    DeclaredCut("site", "Site", ("harbour", "hill")),
)
METRICS = {metric.code: metric for metrics in FAMILIES.values() for metric in metrics}


@dataclass(frozen=True)
class Organisation:
    """Teams by id with the team above, and who belongs where."""

    above: Mapping[int, int | None]
    members: tuple[Member, ...]

    @property
    def nodes(self) -> list[TeamNode]:
        return [TeamNode(pk, above, f"t{pk}", f"Team {pk}") for pk, above in self.above.items()]


@dataclass(frozen=True, eq=False)
class Played:
    """A sealed wave: its tree, and what everybody said.

    Column "at" says where it is stored; "person" whose it is and a column per cut their level,
    which nothing stores.
    """

    tree: Tree
    said: pd.DataFrame


@dataclass(frozen=True)
class CutFigure:
    """One figure of everybody at some levels of a cut."""

    metric: str
    cut: str
    levels: frozenset[str]
    figure: PrintedFigure


@dataclass(frozen=True)
class Shown:
    """What a release says: figures by group and metric, and those of cuts."""

    figures: Mapping[tuple[str, str], PrintedFigure]
    cuts: tuple[CutFigure, ...] = ()


def draw_organisation(draw: np.random.Generator) -> Organisation:
    """Draw 8 to 40 teams in a tree, with 1 to 14 people in those without teams below."""
    size = int(draw.integers(8, 41))
    above: dict[int, int | None] = {TOP: None}
    for team in range(1, size):
        above[team] = int(draw.integers(max(0, team // 3 - 2), max(1, team // 2)))
    inner = set(above.values())
    members = []
    for team in above:
        n = int(draw.integers(0, 4) if team in inner else draw.integers(1, 15))
        first = len(members)
        members += [Member(first + at, team, is_leader=not at) for at in range(n)]
    return Organisation(above, tuple(members))


def move_people(before: Organisation, draw: np.random.Generator) -> Organisation:
    """Let some change teams, some leave and some join; now and then a team moves elsewhere."""
    above = dict(before.above)
    inner = set(above.values())
    for team in [one for one in above if one not in inner and draw.random() < RETHINKS]:
        above[team] = int(draw.choice(sorted(one for one in inner if one is not None)))
    teams = list(above)
    members = []
    for member in before.members:
        if draw.random() >= LEAVES:
            goes = not member.is_leader and draw.random() < MOVES
            members.append(replace(member, team_id=int(draw.choice(teams))) if goes else member)
    last = max(member.person_id for member in before.members)
    joined = draw.integers(0, max(2, len(members) // 12))
    members += [Member(last + 1 + at, int(draw.choice(teams))) for at in range(joined)]
    return Organisation(above, tuple(members))


def play_waves(seed: int) -> list[Played]:
    """Draw an organisation and let it answer three times."""
    return [played for _, played in live(seed) if len(played.said)]


def live(seed: int, *, n_waves: int = 3) -> Iterator[tuple[Organisation, Played]]:
    """Draw an organisation and yield it with what it answers, so many times."""
    draw = np.random.default_rng(seed)
    organisation = draw_organisation(draw)
    pooled = dict[int, int]()
    for _ in range(n_waves):
        plan = plan_groups(
            teams=organisation.nodes, top_id=TOP, members=organisation.members, k=K, pooled=pooled
        )
        yield organisation, _answer(plan, draw)
        pooled = _read_pools(plan)
        organisation = move_people(organisation, draw)


def release(
    played: Played,
    *,
    families: Mapping[str, tuple[Metric, ...]] = FAMILIES,
    published: Mapping[str, frozenset[str]] | None = None,
    cuts: Sequence[DeclaredCut] = (),
) -> Shown:
    """Compute what the product releases; of other families or groups, for controls."""
    codes = dict(enumerate(played.tree.parents))
    ids = {code: pk for pk, code in codes.items()}
    values = played.said[list(ITEMS)].assign(group_id=played.said["at"].map(ids), cell_id=0)
    stored: dict[str, dict[str, Summary]] = defaultdict(dict)
    for place, metric, summary in summarise(values, CONTENT, dict(families)):
        if summary.n:
            stored[codes[place.group_id]][metric.code] = summary
    material = [_only(metrics, stored) for metrics in families.values()]
    composed = compose_release(played.tree, material, published=published)
    pairs = zip(material, composed, strict=True)
    return Shown(
        {key: figure for one in composed for key, figure in one.figures.items()},
        tuple(one for pair in pairs for one in _cut(played, *pair, cuts)) if cuts else (),
    )


def _cut(
    played: Played, material: FamilyMaterial, composed: FamilyFigures, cuts: Sequence[DeclaredCut]
) -> Iterable[CutFigure]:
    """Count and print the cuts of one family as the seal and the release do."""
    scores = score_metrics(score_items(played.said[list(ITEMS)], CONTENT), material.metrics)
    names = {cut.code: cut_auditing.COLUMN + cut.code for cut in cuts}
    told = played.said[["at", *names]].rename(columns={"at": cut_auditing.ATOM, **names})
    counted = cut_auditing.place_people(played.tree, material, told, scores)
    for row in cut_auditing.audit_family(
        Wave(threshold=K), material.metrics[0].family, cuts, counted
    ):
        for level in row.levels:
            for metric, total in level["totals"].items():
                spread = composed.spreads[metric]
                figure = cut_printing._print_level(level["n"], total, METRICS[metric], spread)
                yield CutFigure(metric, row.cut, frozenset(level["values"]), figure)


def _only(
    metrics: tuple[Metric, ...], stored: Mapping[str, Mapping[str, Summary]]
) -> FamilyMaterial:
    inside = {metric.code for metric in metrics}
    kept = {
        code: {metric: one for metric, one in said.items() if metric in inside}
        for code, said in stored.items()
    }
    return FamilyMaterial(metrics, {code: said for code, said in kept.items() if said}, K, True)


def _read_pools(plan: GroupPlan) -> dict[int, int]:
    inner = {group.code: group.team_ids[0] for group in plan.groups}
    return {
        team: inner[group.parent_code]
        for group in plan.groups
        if group.kind == GroupKind.POOL and group.parent_code is not None
        for team in group.team_ids
    }


def _answer(plan: GroupPlan, draw: np.random.Generator) -> Played:
    """Let 45 to 90 per cent of each group answer, and store it where the seal would."""
    parents = {group.code: group.parent_code for group in plan.groups}
    leaves = frozenset(group.code for group in plan.groups if group.kind != GroupKind.NODE)
    rows: list[tuple[str, int, list[float]]] = []
    levels: list[list[str]] = []
    for group in plan.groups:
        n = int(draw.binomial(len(group.people), draw.uniform(0.45, 0.9)))
        answered = zip(group.people[:n], draw_answers(n, draw), strict=True)
        rows += [(group.code, person, answers) for person, answers in answered]
        levels += _draw_levels(n, draw)
    places = place(Counter(code for code, *_ in rows), parents)
    said = [
        [places[code], person, *answers, *told]
        for (code, person, answers), told in zip(rows, levels, strict=True)
        if code in places
    ]
    columns = ["at", "person", *ITEMS, *(cut.code for cut in CUTS)]
    return Played(Tree(parents, leaves), pd.DataFrame(said, columns=columns))


def place(
    counts: Mapping[str, int], parents: Mapping[str, str | None], *, k: int = K
) -> dict[str, str]:
    """Return under which group the answers of each are stored; some find no place."""
    codes: Sequence[str] = list(parents)
    ids: dict[str | None, int | None] = {code: pk for pk, code in enumerate(codes)} | {None: None}
    placement = climb_and_take_up(
        counts={_known(ids[code]): n for code, n in counts.items()},
        parents={_known(ids[code]): ids[above] for code, above in parents.items()},
        k=k,
    )
    return {codes[source]: codes[node] for source, node in placement.stored_at.items()}


def _known(pk: int | None) -> int:
    assert pk is not None
    return pk


def draw_answers(n: int, draw: np.random.Generator) -> Iterable[list[float]]:
    """Draw what so many people of one group say, now and then all of them alike."""
    mood = draw.normal(3.4, 0.7)
    is_unanimous = draw.random() < AGREES
    end = float(draw.choice([1, 5]))
    for _ in range(n):
        own = mood + draw.normal(0, 0.6)
        answers = np.clip(np.rint(own + draw.normal(0, 0.8, len(ITEMS))), 1, 5)
        if is_unanimous:
            answers[:] = end
        answers[ITEMS.index("r1")] = (answers[ITEMS.index("r1")] - 1) * 2.5 // 1
        answers[draw.random(len(ITEMS)) < SAYS_NOTHING] = np.nan
        yield answers.tolist()


def _draw_levels(n: int, draw: np.random.Generator) -> list[list[str]]:
    """Draw how long people have been there, and one site for nearly all of a group."""
    tenure, site = (cut.levels for cut in CUTS)
    home = str(draw.choice(site))
    return [
        [str(draw.choice(tenure)), home if draw.random() < STAYS_HOME else str(draw.choice(site))]
        for _ in range(n)
    ]

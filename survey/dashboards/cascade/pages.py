"""The page "From team to team to customer", gathered in one call so that no template asks."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil, floor

from django.core.paginator import Page, Paginator
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from survey.dashboards.access import Reader
from survey.dashboards.cascade.arrows import Arrow, read_arrows, read_nodes
from survey.dashboards.cascade.caveats import list_caveats
from survey.dashboards.cascade.chains import Chain, Finding, read_chains, tell_finding
from survey.dashboards.cascade.choices import Chosen, choose_cascade, readable_cascades
from survey.dashboards.cascade.empty import EmptyPage, build_empty_page
from survey.dashboards.cascade.graph import draw_graph
from survey.dashboards.cascade.pictures import (
    Domino,
    Picture,
    list_dominoes,
    make_picture,
    narrow,
)
from survey.dashboards.cascade.visits import Visits, list_visits
from survey.dashboards.filters import Filter, build_filter, choose
from survey.dashboards.moments import Moment, read_moments
from survey.dashboards.ordering import natural
from survey.dashboards.scores import Axis
from survey.dashboards.trees import TeamTree, read_tree
from survey.linkage.models import CascadeStudy

MOST_TO_CHOOSE = 150  # teams in one list; of more, each is a link in the table
PER_PAGE = 50
STEP = 10
SIZES = ((1.5, "flat-g"), (4, "low-g"), (8, "mid-g"))  # of a graph, by its rows
IN_SCRIPT: Mapping[int, str] = {ord(mark): f"\\u{ord(mark):04X}" for mark in "<>&"}


@dataclass(frozen=True, slots=True)
class CascadePage:
    """Everything that the page says about one part in one period."""

    chosen: Chosen
    chains: tuple[Chain, ...]
    finding: Finding
    arrows: tuple[Arrow, ...]
    narrowed: tuple[Arrow, ...]
    picture: Picture
    figure: SafeString
    axis: Axis
    rows: Page[Arrow]
    visits: Visits
    caveats: tuple[tuple[str, str], ...]
    moments: tuple[Moment, ...]
    team_name: str

    @property
    def study(self) -> CascadeStudy:
        """Return the cascade that the page shows."""
        return self.chosen.study

    @property
    def whole(self) -> Chain:
        """Return what was found over all arrows."""
        return self.chains[0]

    @property
    def tested(self) -> tuple[Chain, ...]:
        """Return the chains that have a card: all arrows together only where there is no other."""
        return self.chains[1:] or self.chains

    @property
    def period(self) -> str:
        """Return the name of the period."""
        return self.chosen.period

    @property
    def address(self) -> str:
        """Return the query that leads back to this page."""
        return self.chosen.address()

    @property
    def whole_address(self) -> str:
        """Return the query that leads to the page with all arrows."""
        return self.chosen.address(chain="", team="")

    @property
    def title(self) -> str:
        """Return what is shown, in a line."""
        narrowed = [self.chosen.chain, self.team_name]
        return ", ".join(one for one in (self.study.scope.name, *narrowed, self.period) if one)

    @property
    def dominoes(self) -> list[Domino]:
        """Return the teams from those who serve to the customers, each with whom it serves."""
        return list_dominoes(self.picture)

    @property
    def size(self) -> str:
        """Return how high the graph is drawn, as a class."""
        n_rows = self.picture.arrangement.n_rows
        return next((name for most, name in SIZES if n_rows <= most), "high-g")

    @property
    def scales(self) -> Mapping[str, Mapping[str, str]]:
        """Return the scales compared: ex, cx and rating."""
        scales: Mapping[str, Mapping[str, str]] = self.study.scales
        return scales


def build_cascade_page(
    *, reader: Reader, wanted: Mapping[str, str], now: datetime
) -> CascadePage | EmptyPage:
    """Gather the page that a reader asked for, within what they may read."""
    tree = read_tree()
    picked = choose_cascade(readable_cascades(reader), wanted=wanted, tree=tree)
    if picked is None:
        return build_empty_page(reader=reader, now=now)
    study, filters = picked
    arrows = read_arrows(study, opens=reader.opens)
    chosen = _narrow_down(study, filters, arrows, wanted)
    narrowed = narrow(arrows, chain=chosen.chain, team=chosen.team)
    picture = _draw(chosen, narrowed, tree, reader)
    chains = read_chains(study)
    pairing = study.pairing
    return CascadePage(
        chosen=chosen,
        chains=chains,
        finding=tell_finding(chains, study.scales),
        arrows=arrows,
        narrowed=tuple(narrowed),
        picture=picture,
        figure=_write_figure(picture),
        axis=_find_axis(picture, narrowed),
        rows=Paginator(narrowed, PER_PAGE).get_page(wanted.get("page")),
        visits=list_visits(arrows, address=chosen.address(team="", chain="")),
        caveats=list_caveats(chains[0], arrows),
        moments=read_moments(
            campaigns=[one for one in (pairing.ex, pairing.cx, pairing.colleague) if one],
            period=pairing.period,
            start=study.period_start,
            now=now,
        ),
        team_name=_name_team(chosen.team, narrowed),
    )


def _narrow_down(
    study: CascadeStudy,
    filters: Sequence[Filter],
    arrows: Sequence[Arrow],
    wanted: Mapping[str, str],
) -> Chosen:
    """Add the lists of chains and teams; one that is not drawn here raises UnknownChoiceError."""
    chains = {"": _("All chains")} | {
        name: name for name in sorted({one.chain for one in arrows if one.chain})
    }
    ends = {end.code: end.name for one in arrows for end in (one.provider, one.consumer)}
    chain = choose(wanted.get("chain"), chains)
    team = choose(wanted.get("team"), {"": ""} | ends)
    listed = {team: ends[team]} if team else {}
    if len(ends) <= MOST_TO_CHOOSE:
        listed = dict(sorted(ends.items(), key=lambda one: (natural(one[1]), one[0])))
    lists = []
    if len(chains) > 1:
        lists.append(build_filter("chain", _("Chain"), chains, chain))
    if listed:
        lists.append(build_filter("team", _("Team"), {"": _("All teams")} | listed, team))
    return Chosen(study, (*filters, *lists), chain=chain, team=team)


def _draw(chosen: Chosen, arrows: Sequence[Arrow], tree: TeamTree, reader: Reader) -> Picture:
    study = chosen.study
    return make_picture(
        arrows,
        read_nodes(study, opens=reader.opens),
        tree=tree,
        scope=study.scope_id,
        ex_name=study.scales["ex"]["name"],
        cx_name=study.scales["cx"]["name"],
        team=chosen.team,
    )


def _write_figure(picture: Picture) -> SafeString:
    if not picture.lines:
        return SafeString("")
    text = json.dumps(draw_graph(picture), separators=(",", ":"), ensure_ascii=False, default=list)
    return SafeString(text.translate(IN_SCRIPT))


def _find_axis(picture: Picture, arrows: Sequence[Arrow]) -> Axis:
    """Return the part of 0 to 100 that holds all that is drawn, with its ends and its middle."""
    scores = [*(one.score for one in picture.lines), *(one.score for one in arrows)]
    ends = [e for one in scores for e in (one.mean, one.low, one.high) if e is not None]
    start = STEP * 2 * floor(min(ends, default=0.0) / (2 * STEP))
    end = STEP * 2 * ceil(max(ends, default=100.0) / (2 * STEP))
    end = max(end, start + 2 * STEP)
    return Axis(start, end, (start, (start + end) // 2, end))


def _name_team(code: str, arrows: Sequence[Arrow]) -> str:
    ends = (end for one in arrows for end in (one.provider, one.consumer))
    return next((end.name for end in ends if end.code == code), "")

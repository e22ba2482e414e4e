"""Declared cuts: what else a survey's figures are told by, such as tenure, for everybody together.

A campaign names attributes of the staff list, or for customers facts of their contact with the
levels these can have; a launch freezes them. Whoever has no value, or one that is no level, counts
as not known.
"""

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import inf

from django.utils.translation import gettext as _

from survey.campaigns.contact_cuts import CONTACT_CUTS, count_channels, fit_level, say_cut
from survey.campaigns.grouping import GroupPlan
from survey.campaigns.models import Campaign, Channel, Wave
from survey.campaigns.rosters import asks_people
from survey.campaigns.sizes import cut_box_size
from survey.organization.models import Attribute, Person
from survey.questionnaires.models import Audience

MOST_CUTS = 3
MOST_LEVELS = 12  # the seal waits for the audit, which asks of each level
FEWEST_LEVELS = 2
NOT_KNOWN = ""
NUMBER = re.compile(r"\d+")
LESS = re.compile(r"\s*(<|under|less|below|up to)", re.IGNORECASE)


class CutsError(Exception):
    """The cuts cannot be declared; the message says why."""


@dataclass(frozen=True, slots=True)
class DeclaredCut:
    """One attribute by which figures are told, and its levels in their order."""

    code: str
    name: str
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlannedCut:
    """A cut as it would be frozen now, with how many people are asked in each level."""

    cut: DeclaredCut
    n_people: Mapping[str, int]

    @property
    def counted(self) -> list[tuple[str, int]]:
        """Return each level with how many people are asked in it."""
        return [(level, self.n_people.get(level, 0)) for level in self.cut.levels]

    @property
    def n_unknown(self) -> int:
        """Return how many people have no level."""
        return self.n_people.get(NOT_KNOWN, 0)

    def small_levels(self, k: int) -> tuple[str, ...]:
        """Return the levels in which fewer than k are asked, in their order."""
        return tuple(level for level in self.cut.levels if self.n_people.get(level, 0) < k)


def read_cuts(*, wave: Wave) -> tuple[DeclaredCut, ...]:
    """Return the cuts that a wave froze at its launch."""
    return tuple(DeclaredCut(one["code"], one["name"], tuple(one["levels"])) for one in wave.cuts)


def check_cuts(
    *, codes: Collection[str], audience: str, levels: Mapping[str, Sequence[str]] | None = None
) -> None:
    """Raise CutsError unless a campaign may tell its figures by these attributes.

    For customers they are facts of a contact, each with the levels it can have.
    """
    if not codes:
        return
    if audience == Audience.CUSTOMER:
        _check_contact_cuts(codes, levels or {})
        return
    if audience != Audience.EMPLOYEE:
        raise CutsError(_("Only surveys of people who work here are told by the staff list."))
    if len(codes) > MOST_CUTS:
        raise CutsError(
            _("Choose %(most)s at most: each one more makes fewer figures safe to show.")
            % {"most": MOST_CUTS}
        )
    unknown = set(codes) - set(Attribute.objects.values_list("code", flat=True))
    if unknown:
        raise CutsError(
            _("Declare %(names)s before figures are told by it.")
            % {"names": ", ".join(sorted(unknown))}
        )


def _check_contact_cuts(codes: Collection[str], levels: Mapping[str, Sequence[str]]) -> None:
    if set(codes) - CONTACT_CUTS.keys():
        raise CutsError(_("Customers’ figures are told by the channel of their contact alone."))
    if any(not FEWEST_LEVELS <= len(levels.get(code, ())) <= MOST_LEVELS for code in codes):
        raise CutsError(
            _("Name at least %(fewest)s channels and at most %(most)s.")
            % {"fewest": FEWEST_LEVELS, "most": MOST_LEVELS}
        )


def plan_cuts(*, campaign: Campaign, people: Collection[int] | None) -> tuple[PlannedCut, ...]:
    """Return the cuts of a campaign with the levels of some people (None: of everybody).

    Nothing is read where a campaign declares none. Those of customers have the levels that were
    named; who will be asked nobody knows.
    """
    if not campaign.cut_codes:
        return ()
    if campaign.audience == Audience.CUSTOMER:
        return tuple(
            PlannedCut(_contact_cut(campaign, code), Counter()) for code in campaign.cut_codes
        )
    names = dict(Attribute.objects.values_list("code", "name"))
    rows = Person.objects.values_list("pk", "attributes").iterator()
    told = [attributes for pk, attributes in rows if people is None or pk in people]
    return tuple(_plan(code, names.get(code, code), told) for code in campaign.cut_codes)


def preview_contact_cuts(*, campaign: Campaign, now: datetime) -> tuple[PlannedCut, ...]:
    """Return the cuts of a customers' campaign with how many contacts there were of late."""
    cuts = [_contact_cut(campaign, code) for code in campaign.cut_codes]
    return tuple(
        PlannedCut(cut, count_channels(campaign=campaign, levels=cut.levels, now=now))
        for cut in cuts
    )


def freeze_cuts(*, wave: Wave, plan: GroupPlan) -> None:
    """Set on a wave, which is not saved, its cuts with their levels and the size of their boxes.

    An open link knows no contact, so it has none.
    """
    people = plan.people if asks_people(wave=wave) else None
    is_open = wave.channel == Channel.OPEN
    planned = () if is_open else plan_cuts(campaign=wave.campaign, people=people)
    wave.cuts = [
        {"code": one.cut.code, "name": one.cut.name, "levels": list(one.cut.levels)}
        for one in planned
        if FEWEST_LEVELS <= len(one.cut.levels) <= MOST_LEVELS
    ]
    wave.cut_box_size = cut_box_size(longest=_longest_bytes(wave)) if wave.cuts else None


def fit_values(*, wave: Wave, values: Mapping[str, object]) -> dict[str, str]:
    """Return the value of each cut of a wave; one that is no level of it is not known."""
    fitted = {}
    for cut in read_cuts(wave=wave):
        value = str(values.get(cut.code) or NOT_KNOWN)
        if cut.code in CONTACT_CUTS:
            value = fit_level(levels=cut.levels, value=value)
        fitted[cut.code] = value if value in cut.levels else NOT_KNOWN
    return fitted


def order_levels(values: Iterable[str]) -> list[str]:
    """Order values by the first number in them, "under" before all else; then by their letters."""
    return sorted(set(values), key=_place)


def say_small_levels(planned: Sequence[PlannedCut], *, k: int) -> list[str]:
    """Return a sentence for each cut that cannot be shown as it is declared."""
    said = []
    for one in planned:
        small = one.small_levels(k)
        if len(one.cut.levels) < FEWEST_LEVELS:
            sentence = _(
                "Nobody asked differs in %(cut)s, or too few have one: there is nothing to tell "
                "by it."
            )
            said.append(sentence % {"cut": one.cut.name})
        elif small:
            sentence = _(
                "By %(cut)s: fewer than %(n)s people are asked in %(levels)s. They are counted "
                "together with the level beside them."
            )
            values = {"cut": one.cut.name, "n": k, "levels": ", ".join(small)}
            said.append(sentence % values)
    return said


def say_rare_levels(planned: Sequence[PlannedCut], *, k: int) -> list[str]:
    """Return a sentence for each cut of customers some of whose levels have few contacts."""
    sentence = _(
        "By %(cut)s: of the contacts of the last 90 days fewer than %(n)s were by %(levels)s. In "
        "a month with so few they are counted together with the level beside them."
    )
    return [
        sentence
        % {
            "cut": say_cut(code=one.cut.code, name=one.cut.name),
            "n": k,
            "levels": ", ".join(one.small_levels(k)),
        }
        for one in planned
        if one.n_people and one.small_levels(k)
    ]


def _contact_cut(campaign: Campaign, code: str) -> DeclaredCut:
    return DeclaredCut(code, CONTACT_CUTS[code], tuple(campaign.cut_levels.get(code, ())))


def _plan(code: str, name: str, told: Iterable[Mapping[str, object]]) -> PlannedCut:
    found = Counter(str(attributes.get(code) or NOT_KNOWN) for attributes in told)
    levels = order_levels(value for value in found if value != NOT_KNOWN)
    return PlannedCut(DeclaredCut(code, name, tuple(levels)), dict(found))


def _longest_bytes(wave: Wave) -> int:
    longest = {cut.code: max((NOT_KNOWN, *cut.levels), key=_width) for cut in read_cuts(wave=wave)}
    return len(json.dumps(longest, ensure_ascii=False, separators=(",", ":")).encode())


def _width(text: str) -> int:
    return len(json.dumps(text, ensure_ascii=False).encode())


def _place(value: str) -> tuple[float, bool, str]:
    number = NUMBER.search(value)
    return float(number.group()) if number else inf, not LESS.match(value), value

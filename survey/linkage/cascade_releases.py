"""Which releases a cascade is made of: those of colleagues, of employees and of customers."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from survey.aggregation.models import Release
from survey.aggregation.periods import closing_moment, find_period
from survey.aggregation.selectors import current_releases
from survey.aggregation.wordings import find_breaks
from survey.campaigns.models import Campaign, Pairing
from survey.linkage.alignment import Aligned, list_sides
from survey.questionnaires.content import QuestionnaireContent, ScaleContent
from survey.questionnaires.selectors import get_content

ByPeriod = Mapping[date, Sequence[Release]]


@dataclass(frozen=True, slots=True)
class CascadeReleases:
    """The releases of the three campaigns of a pairing, by period; the earliest first.

    Colleagues and employees have one in a period, the later of two; customers one or more.
    """

    pairing: Pairing
    colleague: ByPeriod
    ex: ByPeriod
    cx: ByPeriod

    @property
    def periods(self) -> tuple[date, ...]:
        """Return the periods in which colleagues rated one another."""
        return tuple(self.colleague)

    def until(self, period: date) -> "CascadeReleases":
        """Keep what was there in a period: it looks back, never forward."""
        sides = (self.colleague, self.ex, self.cx)
        kept = [{day: one[day] for day in one if day <= period} for one in sides]
        return CascadeReleases(self.pairing, *kept)

    def aligned(self) -> list[Aligned]:
        """Return the periods in which employees and customers both have a release."""
        return [
            Aligned(day, self.ex[day][0], tuple(self.cx[day])) for day in self.ex if day in self.cx
        ]

    def checksum(self) -> str:
        """Return one SHA-256 over all releases and the periods they stand in."""
        parts = [
            f"{side} {day} {release.checksum}"
            for side, found in (("colleague", self.colleague), ("ex", self.ex), ("cx", self.cx))
            for day, releases in found.items()
            for release in sorted(releases, key=lambda one: one.checksum)
        ]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def list_releases(pairing: Pairing) -> CascadeReleases:
    """Return all releases of a pairing with a campaign among colleagues; none without one."""
    if pairing.colleague is None:
        return CascadeReleases(pairing, {}, {}, {})
    ex, cx = list_sides(pairing, with_scales=False)
    found = current_releases(campaigns=[pairing.colleague]).defer("scales")
    colleague = {
        find_period(release, pairing.period): [release]
        for release in sorted(found, key=lambda one: closing_moment(one.wave))
    }
    return CascadeReleases(
        pairing,
        {day: colleague[day] for day in sorted(colleague)},
        {day: [ex[day]] for day in sorted(ex)},
        {day: cx[day] for day in sorted(cx)},
    )


def pick_scale(
    campaign: Campaign, releases: ByPeriod, wanted: str, *, is_linked: bool
) -> ScaleContent | None:
    """Return the wanted scale as last asked, else the first (linked) one; None without a scale."""
    content = _content(campaign, releases)
    scales = content.linked_scales if is_linked else content.scales
    named = [scale for scale in content.scales if scale.code == wanted]
    return next(iter([*named, *scales]), None)


def keep_wording(releases: ByPeriod, code: str) -> ByPeriod:
    """Leave out the periods from before a scale was worded as it is in the last of them."""
    days = list(releases)
    asked = [[one.wave.questionnaire_id for one in releases[day]] for day in days]
    breaks = find_breaks(code, asked)
    return {day: releases[day] for day in (days[breaks[-1] :] if breaks else days)}


def newest_of(releases: ByPeriod) -> Sequence[Release]:
    """Return the releases of the last period; none if there is none."""
    return releases[max(releases)] if releases else ()


def _content(campaign: Campaign, releases: ByPeriod) -> QuestionnaireContent:
    last = newest_of(releases)
    questionnaire = last[-1].wave.questionnaire_id if last else campaign.questionnaire_id
    return get_content(questionnaire_id=questionnaire)

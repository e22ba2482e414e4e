"""What the database refuses to keep of rollups, releases and figures."""

from datetime import date, datetime

import pytest

from survey.aggregation.models import (
    CutFigure,
    CutRollup,
    Figure,
    Release,
    Rollup,
    Standing,
)
from survey.campaigns.models import Group
from tests.cast import Organisation
from tests.constraints import Write, assert_refused, constraints_of, twice
from tests.factories.aggregation import (
    fair,
    make_campaign,
    make_cell,
    make_instrument,
    make_wave,
    plant,
)
from tests.stages import stage

MONTH = date(2026, 3, 1)


@stage
def group(organisation: Organisation) -> Group:
    """The one group of a sealed wave."""
    wave = make_wave(make_campaign(make_instrument(), organisation.company))
    return plant(wave, {"company": None})["company"]


def writes(group: Group, now: datetime) -> dict[str, Write]:
    cell = make_cell(group, MONTH, [fair(4)])
    sums = {"family": "fair", "metric": "fair", "n": 1, "total": 4.0, "sum_squares": 16.0}
    first = Release.objects.create(
        wave=group.wave, month_start=date(2025, 1, 1), made_at=now, checksum="0"
    )

    def roll_up(**fields: object) -> Write:
        return lambda: Rollup.objects.create(wave=group.wave, group=group, **sums, **fields)

    def release(**fields: object) -> Write:
        return lambda: Release.objects.create(wave=group.wave, made_at=now, checksum="0", **fields)

    def stand(period: str) -> Write:
        return lambda: Standing.objects.create(
            campaign=group.wave.campaign,
            scope=group.wave.campaign.scope,
            period=period,
            period_start=MONTH,
            computed_at=now,
            release_checksum="0",
            n_teams=1,
        )

    def count_cut(**fields: object) -> Write:
        shown: dict[str, object] = {"levels": [{"n": 5}], "reason": ""}
        named = {"wave": group.wave, "cut": "tenure", "family": "fair"}
        return lambda: CutRollup.objects.create(**named, **shown | fields)

    return {
        "cut_rollup_once_per_family": twice(count_cut()),
        "cut_rollup_once_per_month": twice(count_cut(month_start=MONTH)),
        "cut_rollup_is_shown_or_says_why": count_cut(levels=[]),
        "cut_rollup_reason_is_known": count_cut(levels=[], reason="OTHER"),
        "cut_figure_once": twice(
            lambda: CutFigure.objects.create(
                release=first, cut="tenure", place=0, metric="fair", n=5, mean=50
            )
        ),
        "rollup_once_per_group": twice(roll_up()),
        "rollup_once_per_cell": twice(roll_up(cell=cell)),
        "release_once_per_wave": twice(release()),
        "release_once_per_month": twice(release(month_start=MONTH)),
        "release_superseding_has_a_reason": release(supersedes=first),
        "standing_once": twice(stand("MONTH")),
        "standing_period_is_known": stand("YEAR"),
        "figure_once": twice(
            lambda: Figure.objects.create(release=first, group=group, metric="fair", n=5, mean=50)
        ),
    }


NAMES = sorted(constraints_of("aggregation"))


class TestConstraints:
    @pytest.mark.parametrize("name", NAMES)
    def test_are_held_by_the_database(self, group: Group, now: datetime, name: str) -> None:
        assert_refused(name, writes(group, now)[name])

    def test_let_a_group_and_a_cell_of_it_be_counted_each(
        self, group: Group, now: datetime
    ) -> None:
        cell = make_cell(group, MONTH, [fair(4)])
        sums = {"family": "fair", "metric": "fair", "n": 1, "total": 4.0, "sum_squares": 16.0}
        for one in (None, cell):
            Rollup.objects.create(wave=group.wave, group=group, cell=one, **sums)

        assert Rollup.objects.count() == 2

"""Long lists of released figures."""

from survey.aggregation.listing import count_figures, list_figures
from survey.aggregation.models import Release
from tests.cast import Organisation
from tests.dashboards.released import release_wave
from tests.factories.aggregation import make_campaign, make_instrument
from tests.stages import stage


@stage
def release(organisation: Organisation) -> Release:
    campaign = make_campaign(make_instrument(), organisation.company)
    return release_wave(campaign, {"bakery": [4, 5] * 6, "kitchen": [2, 3] * 6})


class TestListFigures:
    def test_lists_groups_as_frozen_and_metrics_by_code(self, release: Release) -> None:
        rows = [row[:2] for row in list_figures(release=release)]

        assert rows == sorted(release.figures.values_list("group_id", "metric"))

    def test_lists_one_part_after_another(self, release: Release) -> None:
        whole = list(list_figures(release=release))
        parts = [list(list_figures(release=release, start=at, end=at + 4)) for at in (0, 4)]

        assert parts[0] + parts[1] == whole[:8]

    def test_lists_one_metric_of_some_groups(self, release: Release) -> None:
        group = release.wave.groups.get(code="bakery").pk
        (row,) = list_figures(release=release, metric="fair", group_ids=[group])

        assert row[:4] == (group, "fair", 12, 87.5)


class TestCountFigures:
    def test_counts_what_is_listed(self, release: Release) -> None:
        group = release.wave.groups.get(code="bakery").pk

        assert count_figures(release=release) == len(list(list_figures(release=release)))
        assert count_figures(release=release, metric="fair", group_ids=[group]) == 1
        assert count_figures(release=release, group_ids=[]) == 0

"""Counting stored answers into rollups."""

from datetime import date

import pytest

from survey.aggregation.models import Rollup
from survey.aggregation.recount import count_responses
from survey.campaigns.models import Wave
from survey.responses.models import Response
from tests.cast import Organisation
from tests.factories.aggregation import (
    answer,
    fair,
    make_campaign,
    make_cell,
    make_instrument,
    make_wave,
    plant,
)

TREE = {"company": None, "bakery": "company", "garden": "company"}


@pytest.fixture
def wave(organisation: Organisation) -> Wave:
    return make_wave(make_campaign(make_instrument(), organisation.company))


def counted(wave: Wave, responses: object = None) -> dict[tuple[str, int | None, str], Rollup]:
    rows = count_responses(wave, responses or Response.objects.filter(wave=wave))  # type: ignore[arg-type]
    return {(row.group.code, row.cell_id, row.metric): row for row in rows}


class TestCountResponses:
    def test_counts_scores_item_by_item(self, wave: Wave) -> None:
        answer(plant(wave, TREE)["bakery"], [fair(4, 5), fair(2), fair(5), fair(1)])
        row = counted(wave)["bakery", None, "fair"]

        assert (row.n, row.total, row.sum_squares, row.n_favourable) == (4, 12.5, 50.25, 2)
        assert (row.n_complete, row.item_totals) == (4, [12.0, 13.0])
        assert row.cross_products == [46.0, 50.0, 55.0]

    def test_counts_the_options_of_shown_items(self, wave: Wave) -> None:
        answer(plant(wave, TREE)["bakery"], [fair(4), fair(4), fair(2)])
        row = counted(wave)["bakery", None, "item:fair_1"]

        assert {key: n for key, n in row.option_counts.items() if n} == {"2": 1, "4": 2}

    def test_turns_reversed_items_round(self, wave: Wave) -> None:
        one = {f"care_{number}": 5 for number in range(1, 4)} | {"care_4": 1}
        answer(plant(wave, TREE)["bakery"], [fair(4) | one])

        assert counted(wave)["bakery", None, "care"].total == 5

    def test_keeps_groups_and_cells_apart(self, wave: Wave) -> None:
        groups = plant(wave, TREE)
        cell = make_cell(groups["bakery"], date(2026, 3, 1), [fair(4)] * 5)
        answer(groups["garden"], [fair(1)] * 6)
        found = counted(wave)

        assert found["bakery", cell.pk, "fair"].n == 5
        assert found["garden", None, "fair"].n == 6

    def test_takes_only_the_answers_it_is_given(self, wave: Wave) -> None:
        groups = plant(wave, TREE)
        answer(groups["bakery"], [fair(4)] * 5)
        answer(groups["garden"], [fair(1)] * 6)
        some = Response.objects.filter(group=groups["garden"])

        assert {group for group, _, _ in counted(wave, some)} == {"garden"}

    def test_saves_nothing(self, wave: Wave) -> None:
        answer(plant(wave, TREE)["bakery"], [fair(4)] * 5)
        count_responses(wave, Response.objects.all())

        assert not Rollup.objects.exists()

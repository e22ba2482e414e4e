from collections import Counter
from datetime import timedelta

import pytest

from survey.campaigns.models import Group, Wave
from survey.campaigns.services import close_wave
from survey.questionnaires.models import Audience
from survey.responses.models import Cell, Intake, Response
from survey.responses.services import seal_due_waves, seal_wave
from tests.factories.campaigns import (
    NOW,
    make_campaign,
    make_open_wave,
    make_teams,
    spoil_keys,
)
from tests.factories.responses import put_boxes
from tests.stages import stage

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@stage
def wave() -> Wave:
    teams = make_teams({"top": None, "x": "top", "a": "x", "b": "x", "c": "top"}, {})
    campaign = make_campaign(teams["top"], Audience.CUSTOMER)
    return make_open_wave(campaign, closes_at=NOW + 365 * DAY)


def group(wave: Wave, code: str) -> Group:
    return Group.objects.get(wave=wave, code=code)


def cells(wave: Wave) -> list[tuple[str, int, int]]:
    """Return each cell's group, number and size."""
    sizes = Counter(Response.objects.values_list("cell", flat=True))
    return sorted(
        (cell.group.code, cell.number, sizes[cell.pk])
        for cell in Cell.objects.filter(wave=wave).select_related("group")
    )


class TestSealCells:
    def test_opens_a_group_as_soon_as_k_boxes_wait(self, wave: Wave) -> None:
        put_boxes(wave, group(wave, "a"), [1, 2, 3, 1, 2])
        put_boxes(wave, group(wave, "b"), [3, 3, 3, 3])

        seal_due_waves(now=NOW)

        assert cells(wave) == [("a", 1, 5)]
        assert Intake.objects.count() == 4
        assert Cell.objects.get().sealed_date == NOW.date()

    def test_keeps_what_is_left_for_the_next_cell(self, wave: Wave) -> None:
        put_boxes(wave, group(wave, "a"), [1] * 6)
        seal_due_waves(now=NOW)
        put_boxes(wave, group(wave, "a"), [2] * 4)
        seal_due_waves(now=NOW)
        assert cells(wave) == [("a", 1, 6)]

        put_boxes(wave, group(wave, "a"), [2])
        seal_due_waves(now=NOW + DAY)

        assert cells(wave) == [("a", 1, 6), ("a", 2, 5)]

    def test_writes_no_answer_before_k_wait(self, wave: Wave) -> None:
        put_boxes(wave, group(wave, "a"), [1] * 4)

        seal_due_waves(now=NOW)

        assert not Response.objects.exists()
        wave.refresh_from_db()
        assert wave.n_waiting == 4

    def test_does_not_open_boxes_again_where_none_came(
        self, wave: Wave, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        put_boxes(wave, group(wave, "a"), [1] * 4)
        seal_due_waves(now=NOW)
        monkeypatch.delattr("survey.responses.services.cells.open_boxes")

        seal_due_waves(now=NOW + DAY)

    def test_stores_one_level_up_what_has_waited_ninety_days(self, wave: Wave) -> None:
        put_boxes(wave, group(wave, "a"), [1] * 3)
        put_boxes(wave, group(wave, "b"), [2] * 2)
        seal_due_waves(now=NOW)

        seal_due_waves(now=NOW + 89 * DAY)
        assert cells(wave) == []
        seal_due_waves(now=NOW + 90 * DAY)

        assert cells(wave) == [("x", 1, 5)]
        assert not Intake.objects.exists()

    def test_lets_what_came_lately_wait_on(self, wave: Wave) -> None:
        put_boxes(wave, group(wave, "a"), [1] * 3)
        seal_due_waves(now=NOW)
        put_boxes(wave, group(wave, "b"), [2] * 2)

        seal_due_waves(now=NOW + 90 * DAY)

        assert cells(wave) == []
        assert Intake.objects.count() == 5

    def test_counts_the_wait_anew_after_a_cell(self, wave: Wave) -> None:
        put_boxes(wave, group(wave, "a"), [1] * 3)
        seal_due_waves(now=NOW)
        put_boxes(wave, group(wave, "a"), [1] * 3)
        seal_due_waves(now=NOW + 10 * DAY)

        assert group(wave, "a").waiting_from_date is None

    def test_counts_boxes_that_cannot_be_read(self, wave: Wave) -> None:
        Intake.objects.create(wave=wave, box=b"damaged")

        seal_due_waves(now=NOW)

        wave.refresh_from_db()
        assert (wave.n_discarded, Intake.objects.count()) == (1, 0)

    def test_keeps_boxes_whose_key_does_not_fit(self, wave: Wave) -> None:
        put_boxes(wave, group(wave, "a"), [1] * 5)
        spoil_keys(wave=wave)

        assert seal_due_waves(now=NOW) == 0
        assert Intake.objects.count() == 5


class TestLastSealOfCustomers:
    def test_makes_cells_of_what_is_left(self, wave: Wave) -> None:
        put_boxes(wave, group(wave, "a"), [1] * 5)
        seal_due_waves(now=NOW)
        put_boxes(wave, group(wave, "a"), [1] * 3)
        put_boxes(wave, group(wave, "b"), [1] * 4)

        close_wave(wave_id=wave.pk, now=NOW + DAY)
        seal_wave(wave_id=wave.pk, now=NOW + DAY)

        assert cells(wave) == [("a", 1, 5), ("x", 1, 7)]

    def test_joins_nothing_to_a_cell_that_was_sealed_before(self, wave: Wave) -> None:
        put_boxes(wave, group(wave, "a"), [1] * 5)
        seal_due_waves(now=NOW)
        put_boxes(wave, group(wave, "a"), [1] * 3)

        close_wave(wave_id=wave.pk, now=NOW + DAY)
        seal_wave(wave_id=wave.pk, now=NOW + DAY)

        wave.refresh_from_db()
        assert cells(wave) == [("a", 1, 5)]
        assert wave.n_discarded == 3

"""What a release is made of."""

from datetime import date, datetime

import pytest

from survey.aggregation.material import find_asked, read_material, read_metrics, read_tree
from survey.aggregation.services import refresh_due_rollups
from survey.campaigns.models import Wave
from tests.cast import Organisation
from tests.factories.aggregation import (
    IMPORT,
    answer,
    fair,
    make_campaign,
    make_cell,
    make_instrument,
    make_wave,
    plant,
)
from tests.stages import stage

TREE = {"company": None, "food": "company", "bakery": "food", "garden": "company"}
JANUARY, FEBRUARY = date(2026, 1, 1), date(2026, 2, 1)


@stage
def wave(organisation: Organisation) -> Wave:
    """A sealed staff wave without answers."""
    return make_wave(make_campaign(make_instrument(), organisation.company))


@stage
def customers(organisation: Organisation, now: datetime) -> Wave:
    """A customer wave: Bakery has four answers in January and six in February."""
    wave = make_wave(make_campaign(make_instrument("CUSTOMER"), organisation.company))
    bakery = plant(wave, TREE)["bakery"]
    make_cell(bakery, date(2026, 1, 20), [fair(4)] * 4)
    make_cell(bakery, date(2026, 2, 10), [fair(2)] * 6)
    refresh_due_rollups(now=now)
    return wave


def stored(wave: Wave, month: date | None, metric: str = "fair") -> dict[str, tuple[int, float]]:
    """Return how many answers of each group go into a metric, and the sum of their scores."""
    (family,) = (
        one for one in read_material(wave, month) if metric in {m.code for m in one.metrics}
    )
    return {
        code: (summaries[metric].n, summaries[metric].moments.total)
        for code, summaries in family.stored.items()
    }


class TestReadMetrics:
    def test_keeps_to_the_families_of_the_launch(self, wave: Wave) -> None:
        asked = {m.code for metrics in read_metrics(wave).values() for m in metrics if m.is_scale}
        assert asked == {"fair", "care", "recommend"}

        wave.families = wave.families[:1]
        assert len(read_metrics(wave)) == 1


class TestReadTree:
    def test_tells_leaves_from_nodes(self, wave: Wave) -> None:
        groups = plant(wave, TREE, n_invited=7)
        found = read_tree(wave)

        assert found.tree.parents == TREE
        assert found.tree.leaves == {"bakery", "garden"}
        assert found.ids == {code: group.pk for code, group in groups.items()}
        assert set(found.invited.values()) == {7}


class TestReadMaterial:
    def test_adds_up_what_lies_at_each_group(self, wave: Wave, now: datetime) -> None:
        groups = plant(wave, TREE)
        answer(groups["bakery"], [fair(4), fair(2), fair(5, 4)])
        answer(groups["food"], [fair(1)] * 5)
        refresh_due_rollups(now=now)

        assert stored(wave, None) == {"bakery": (3, 10.5), "food": (5, 5.0)}

    def test_leaves_out_metrics_that_nobody_answered(self, wave: Wave, now: datetime) -> None:
        groups = plant(wave, TREE)
        answer(groups["bakery"], [fair(4) | {"rec_1": None}] * 5)
        refresh_due_rollups(now=now)

        assert stored(wave, None) == {"bakery": (5, 20.0)}
        assert stored(wave, None, "recommend") == {}

    def test_puts_a_small_month_into_the_month_that_completes_it(self, customers: Wave) -> None:
        assert stored(customers, JANUARY) == {}
        assert stored(customers, FEBRUARY) == {"bakery": (10, 28.0)}

    def test_never_changes_a_month_when_a_later_one_comes(
        self, customers: Wave, now: datetime
    ) -> None:
        make_cell(customers.groups.get(code="bakery"), date(2026, 3, 1), [fair(5)] * 9)
        refresh_due_rollups(now=now)

        assert stored(customers, FEBRUARY) == {"bakery": (10, 28.0)}

    def test_says_when_it_knows_no_people(self, wave: Wave) -> None:
        assert all(family.knows_people for family in read_material(wave, None))

        Wave.objects.update(channel=IMPORT, counts_digest="0" * 64)
        wave.refresh_from_db()
        assert not any(family.knows_people for family in read_material(wave, None))


class TestFindAsked:
    def test_takes_who_was_invited_and_who_answered(self, wave: Wave, now: datetime) -> None:
        groups = plant(wave, TREE)
        groups["garden"].n_invited = 3
        groups["garden"].save()
        answer(groups["bakery"], [fair(4)] * 5)
        refresh_due_rollups(now=now)

        assert find_asked(wave, read_tree(wave), None) == {"bakery", "garden"}

    def test_counts_no_inner_node(self, wave: Wave, now: datetime) -> None:
        answer(plant(wave, TREE)["food"], [fair(4)] * 5)
        refresh_due_rollups(now=now)

        assert find_asked(wave, read_tree(wave), None) == frozenset()

    @pytest.mark.parametrize(("month", "codes"), [(JANUARY, {"bakery"}), (date(2026, 3, 1), set())])
    def test_looks_at_one_month_of_a_customer_wave(
        self, customers: Wave, month: date, codes: set[str]
    ) -> None:
        assert find_asked(customers, read_tree(customers), month) == codes

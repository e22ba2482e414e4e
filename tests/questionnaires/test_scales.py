"""Storing scales: what they may become, and what never."""

from dataclasses import replace

import pytest

from survey.questionnaires.bank import Bank, read_bank
from survey.questionnaires.models import Scale
from survey.questionnaires.scales import NotAFacetError, ScaleChangedError
from survey.questionnaires.services import load_bank, load_item_bank

pytestmark = pytest.mark.django_db


class TestStoreScales:
    def test_refuses_to_score_a_stored_scale_differently(self) -> None:
        load_item_bank()
        changed = replace(read_bank().scales[0], minimum=0)

        with pytest.raises(ScaleChangedError, match=changed.code):
            load_bank(bank=Bank(scales=(changed,)))

    @pytest.mark.parametrize(
        ("code", "change"),
        [
            ("fairness_process", {"facet_of": None}),
            ("customer_view", {"mirrors": "satisfaction"}),
            ("passion", {"profiles": []}),
        ],
    )
    def test_refuses_to_make_something_else_of_a_scale(
        self, code: str, change: dict[str, object]
    ) -> None:
        load_item_bank()
        (stored,) = (scale for scale in read_bank().scales if scale.code == code)

        with pytest.raises(ScaleChangedError, match=next(iter(change))):
            load_bank(bank=Bank(scales=(replace(stored, **change),)))

    @pytest.mark.parametrize(
        "change",
        [
            {"items": ("fair_process_1", "seen_1")},
            {"items": ("fair_outcome_1",)},
            {"reversed": frozenset({"fair_process_1"})},
            {"maximum": 7},
            {"facet_of": "passion"},
            {"facet_of": "nothing"},
        ],
        ids=str,
    )
    def test_refuses_a_facet_that_is_no_part_of_its_whole(self, change: dict[str, object]) -> None:
        scales = [
            replace(scale, **change) if scale.code == "fairness_process" else scale
            for scale in read_bank().scales
        ]

        with pytest.raises(NotAFacetError, match="fairness_process"):
            load_bank(bank=replace(read_bank(), scales=tuple(scales)))

    def test_refuses_a_facet_of_a_facet(self) -> None:
        bank = read_bank()
        inner = replace(
            next(scale for scale in bank.scales if scale.code == "fairness_process"),
            code="inner",
            facet_of="fairness_process",
            items=("fair_process_1",),
        )

        with pytest.raises(NotAFacetError, match="inner"):
            load_bank(bank=replace(bank, scales=(inner, *bank.scales)))

    def test_shows_from_now_on_what_the_bank_says(self) -> None:
        load_item_bank()
        (stored,) = (scale for scale in read_bank().scales if scale.code == "treatment")

        load_bank(bank=Bank(scales=(replace(stored, shows_items=False, is_linked=False),)))

        scale = Scale.objects.get(code="treatment")
        assert (scale.shows_items, scale.is_linked) == (False, False)

    def test_refuses_an_item_that_a_stored_facet_holds(self) -> None:
        load_item_bank()
        scales = {scale.code: scale for scale in read_bank().scales}
        double = replace(scales["fairness_process"], code="double")

        with pytest.raises(NotAFacetError, match="double"):
            load_bank(bank=Bank(scales=(scales["fairness"], double)))

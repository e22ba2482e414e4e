import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.campaigns.rotation import RotationError, list_parts, plan_rotation
from survey.questionnaires.content import QuestionnaireContent
from survey.questionnaires.models import ItemKind
from tests.factories.questionnaires import item_content, questionnaire_content
from tests.factories.scored import scale


def make_content(n_scales: int = 5) -> QuestionnaireContent:
    """Make scales of two items; the first has a facet, and there is a story beside them."""
    codes = [f"s{number}" for number in range(n_scales)]
    items = [item_content(f"{code}_{place}") for code in codes for place in (1, 2)]
    scales = [scale(code, f"{code}_1 {code}_2") for code in codes]
    facet = scale("part", "s0_1", facet_of="s0")
    story = item_content("story", kind=ItemKind.TEXT)
    return questionnaire_content(*items, story, scales=(scales[0], facet, *scales[1:]))


class TestPlanRotation:
    def test_asks_all_where_no_number_is_set_or_all_fit(self) -> None:
        for number in (None, 5, 9):
            rotation = plan_rotation(content=make_content(), scales_per_round=number)
            assert rotation.blocks == ((),)
            assert rotation.n_rounds == 1

    def test_shares_scales_out_evenly_with_their_facets(self) -> None:
        rotation = plan_rotation(content=make_content(), scales_per_round=3)

        assert rotation.blocks == (("s0", "part", "s1", "s2"), ("s3", "s4"))
        assert rotation.n_rounds == 2

    def test_asks_fixed_scales_in_every_round(self) -> None:
        rotation = plan_rotation(content=make_content(), scales_per_round=2, fixed_scales=["s1"])

        assert [block for block in rotation.blocks if "s1" not in block] == []
        assert rotation.n_rounds == 4

    def test_keeps_a_whole_scale_where_its_facet_is_fixed(self) -> None:
        rotation = plan_rotation(content=make_content(), scales_per_round=2, fixed_scales=["part"])

        assert all({"s0", "part"} <= set(block) for block in rotation.blocks)

    def test_begins_again_after_the_last_round(self) -> None:
        rotation = plan_rotation(content=make_content(), scales_per_round=3)

        assert rotation.from_round(3) == rotation.blocks[1:] + rotation.blocks[:1]
        assert rotation.from_round(4) == rotation.blocks

    @pytest.mark.parametrize(("number", "fixed"), [(1, ["s1"]), (2, ["nothing"]), (0, [])])
    def test_refuses_what_leaves_no_place(self, number: int, fixed: list[str]) -> None:
        with pytest.raises(RotationError):
            plan_rotation(content=make_content(), scales_per_round=number, fixed_scales=fixed)

    @given(n_scales=st.integers(1, 12), number=st.integers(2, 12), data=st.data())
    def test_asks_everything_once_in_a_cycle_and_never_more_than_said(
        self, n_scales: int, number: int, data: st.DataObject
    ) -> None:
        content = make_content(n_scales)
        codes = [part[0] for part in list_parts(content=content)]
        fixed = data.draw(st.sets(st.sampled_from(codes), max_size=number - 1))

        rotation = plan_rotation(content=content, scales_per_round=number, fixed_scales=fixed)

        if rotation.blocks == ((),):
            assert number >= n_scales
            return
        for block in rotation.blocks:
            assert 1 <= len([code for code in block if code != "part"]) <= number
        asked = [code for block in rotation.blocks for code in block]
        free = {scale.code for scale in content.scales} - fixed - {"part"}
        assert all(asked.count(code) == 1 for code in free)
        assert all(asked.count(code) == rotation.n_rounds for code in fixed)
        for block in rotation.blocks:  # what a block names is what is asked
            assert {one.code for one in content.asking_only(block).scales} == set(block)

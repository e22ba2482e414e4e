"""Instruments as written."""

from pathlib import Path

from survey.questionnaires.bank import read_bank

INSTRUMENT = """
construct: {code: joy, name: Joy}
scales:
  - {code: joy, name: Joy, phrase: how glad, minimum: 1, maximum: 2,
     items: [joy_1], reversed: [joy_1]}
options: yes_no
items:
  - {code: joy_1, texts: {en: "Is there joy?"}}
  - {code: joy_2, options: none, kind: TEXT, texts: {en: "Tell us."}}
"""
ANSWER_SETS = """
answer_sets:
  none: []
  yes_no: [{value: 1, score: 1, texts: {en: "Yes"}}]
"""


class TestReadBank:
    def test_reads_instruments_with_their_shared_options(self, tmp_path: Path) -> None:
        (tmp_path / "joy.yaml").write_text(INSTRUMENT)
        (tmp_path / "sets.yaml").write_text(ANSWER_SETS)

        bank = read_bank(tmp_path)

        assert [construct.code for construct in bank.constructs] == ["joy"]
        assert [len(item.options) for item in bank.items] == [1, 0]
        assert bank.scales[0].construct == "joy"
        assert bank.scales[0].reversed == {"joy_1"}
        assert (bank.scales[0].facet_of, bank.scales[0].is_linked) == (None, True)
        assert bank.questionnaires == ()

    def test_makes_every_facet_a_part_of_its_whole_measured_alike(self) -> None:
        scales = {scale.code: scale for scale in read_bank().scales}
        facets = [scale for scale in scales.values() if scale.facet_of]

        assert [scale.code for scale in facets if scale.facet_of == "fairness"] == [
            "fairness_overall",
            "fairness_outcome",
            "fairness_process",
            "fairness_respect",
            "fairness_telling",
        ]
        for whole in ("fairness", "passion"):
            parts = [code for one in facets if one.facet_of == whole for code in one.items]
            assert sorted(parts) == sorted(scales[whole].items)
        for facet in facets:
            whole = scales[facet.facet_of or ""]
            assert facet.reversed == whole.reversed & set(facet.items)
            assert (facet.minimum, facet.maximum) == (whole.minimum, whole.maximum)

    def test_defines_profiles_by_scales_that_are_there(self) -> None:
        scales = {scale.code: scale for scale in read_bank().scales}
        (passion,) = (scale for scale in scales.values() if scale.profiles)
        told_by = [{**one.get("at_least", {}), **one.get("below", {})} for one in passion.profiles]

        assert [one["code"] for one in passion.profiles] == [
            "passionate",
            "contented",
            "disengaged",
        ]
        assert {scales[code].facet_of for codes in told_by for code in codes} == {"passion"}
        assert sum(not codes for codes in told_by) == 1  # everybody else

    def test_mirrors_a_scale_of_the_other_side(self) -> None:
        scales = {scale.code: scale for scale in read_bank().scales}
        view = scales["customer_view"]

        assert view.mirrors == "treatment"
        assert (view.minimum, view.maximum) == (1, 5)
        assert {code for code, scale in scales.items() if not scale.is_linked} == {
            "customer_view",
            "survey_trust",
        }

    def test_never_names_an_item_twice_or_asks_one_that_is_missing(self) -> None:
        bank = read_bank()
        codes = [item.code for item in bank.items]

        assert len(set(codes)) == len(codes)
        for entry in (*bank.scales, *bank.questionnaires):
            assert set(entry.items) <= set(codes)

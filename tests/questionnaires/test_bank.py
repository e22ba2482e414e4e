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
        assert bank.questionnaires == ()

    def test_never_names_an_item_twice_or_asks_one_that_is_missing(self) -> None:
        bank = read_bank()
        codes = [item.code for item in bank.items]

        assert len(set(codes)) == len(codes)
        for entry in (*bank.scales, *bank.questionnaires):
            assert set(entry.items) <= set(codes)

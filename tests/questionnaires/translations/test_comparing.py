import pytest

from survey.questionnaires.translations.comparing import Change, Comparison, compare, plain
from tests.questionnaires.translations.samples import PIPED, said, visit

GOOD = "Dijo {{item:ease}}. ¿Por qué?"


class TestCompare:
    def test_tells_a_new_wording_from_what_is_there(self) -> None:
        document = visit()
        easy = said("Fácil", "item/ease/answer/2", "Easy")
        simple = said("Sencillo", "item/ease/answer/2", "Easy")

        assert compare(document, [easy]).n_same == 1
        assert compare(document, [simple]).changes == (
            Change("row 2", "item/ease/answer/2", "es", "Fácil", "Sencillo"),
        )
        assert compare(document, [said(GOOD)]).changes[0].old == ""

    @pytest.mark.parametrize("empty", ["", "  ", "\n"])
    def test_takes_an_empty_text_for_nothing_said(self, empty: str) -> None:
        nothing = compare(visit(), [said(empty, "item/ease/answer/2", "Easy")])

        assert nothing == Comparison((), 0, (), ())

    @pytest.mark.parametrize(
        ("wrong", "why"),
        [
            ({"where": "item/gone/text"}, "no text of this name"),
            ({"where": ""}, "no text of this name"),
            ({"language": "fr"}, "no language of this questionnaire"),
            ({"source": "Other words"}, "now they are “You said {{item:ease}}. Why?”"),
        ],
    )
    def test_leaves_aside_what_belongs_to_nothing_here(
        self, wrong: dict[str, str], why: str
    ) -> None:
        found = compare(
            visit(), [said(GOOD, **wrong), said("Tu visita", "section/visit", "Your visit")]
        )

        assert [why in one.reason for one in found.left_aside] == [True]
        assert len(found.changes) == 1
        assert not found.faults

    @pytest.mark.parametrize(
        ("text", "why"),
        [
            ("¿Por qué?", "missing {{item:ease}}, too much –"),
            ("{{item:ease}} {{item:ease}}", "missing –, too much {{item:ease}}"),
            ("{{item:why}}", "missing {{item:ease}}, too much {{item:why}}"),
            ("{{fact:team}} {{item:ease}}", "too much {{fact:team}}"),
            ("{{item:ease}}" + "x" * 5000, "it has 5013 characters; 5000 is the most"),
            ("{{item:ease}}\x07", "cannot be shown"),
        ],
    )
    def test_finds_what_has_to_be_mended(self, text: str, why: str) -> None:
        found = compare(visit(), [said(text)])

        assert why in found.faults[0].reason
        assert found.faults[0].where == "row 2"
        assert not found.changes

    def test_allows_headings_only_what_their_form_allows(self) -> None:
        found = compare(visit(), [said("x" * 301, "section/visit", "Your visit")])

        assert "300 is the most" in found.faults[0].reason

    def test_allows_placeholders_in_another_order_and_spacing(self) -> None:
        found = compare(visit(), [said("¿Por qué {{ item:ease }}?")])

        assert len(found.changes) == 1

    def test_wants_one_wording_of_one_text(self) -> None:
        twice = compare(visit(), [said(GOOD), said(GOOD + "!")])
        same = compare(visit(), [said(GOOD), said(GOOD)])

        assert "stands twice" in twice.faults[0].reason
        assert (len(same.changes), same.faults) == (1, ())

    def test_keeps_markup_as_the_plain_text_it_is(self) -> None:
        text = "<script>alert(1)</script> {{item:ease}} <b>&amp;</b>"

        assert compare(visit(), [said(text)]).changes[0].new == text

    def test_has_a_digest_that_knows_every_change(self) -> None:
        document = visit()
        digests = {
            compare(document, found).digest
            for found in ([], [said(GOOD)], [said(GOOD + "!")], [said(GOOD, language="ar")])
        }

        assert len(digests) == 4
        assert compare(document, [said(GOOD)]).digest == compare(document, [said(GOOD)]).digest

    def test_gathers_the_wordings_by_place(self) -> None:
        found = compare(visit(), [said(GOOD), said(PIPED + "?", language="ar")])

        assert found.wordings == {"item/why/text": {"es": GOOD, "ar": PIPED + "?"}}


class TestPlain:
    def test_has_one_kind_of_line_end_and_nothing_that_a_sheet_refuses(self) -> None:
        assert plain("a\r\nb\rc\ufffe") == "a\nb\nc"

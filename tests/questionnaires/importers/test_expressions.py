"""Conditions of other programs, taken apart."""

import pytest

from survey.questionnaires.importers.expressions import (
    LIMESURVEY,
    XPATH,
    Call,
    CannotSayError,
    Compared,
    Dialect,
    Joined,
    Literal,
    Name,
    Negated,
    parse,
)

A = Compared(Name("a"), "=", Literal("1", True))
B = Compared(Name("b"), "<", Literal("2.5", True))
C = Compared(Name("c"), "!=", Literal("it's"))


class TestParse:
    def test_binds_and_before_or(self) -> None:
        assert parse('a == 1 || b lt 2.5 and c != "it\'s"', LIMESURVEY) == Joined(
            "any", (A, Joined("all", (B, C)))
        )

    def test_minds_brackets_and_negation(self) -> None:
        tree = parse("!(a == 1 or b < 2.5) && !is_empty(c)", LIMESURVEY)

        assert tree == Joined(
            "all", (Negated(Joined("any", (A, B))), Negated(Call("is_empty", (Name("c"),))))
        )

    def test_reads_xpath_with_names_in_brackets_and_hyphens(self) -> None:
        tree = parse("string-length(${my name}) > 0 and . >= -3 and ${x} = '\\'", XPATH)

        assert tree == Joined(
            "all",
            (
                Compared(Call("string-length", (Name("${my name}"),)), ">", Literal("0", True)),
                Compared(Name("."), ">=", Literal("-3", True)),
                Compared(Name("${x}"), "=", Literal("\\")),
            ),
        )

    def test_unescapes_quotes_of_limesurvey(self) -> None:
        assert parse(r"a == 'it\'s'", LIMESURVEY) == Compared(Name("a"), "=", Literal("it's"))

    @pytest.mark.parametrize(
        ("source", "dialect"),
        [
            ("", LIMESURVEY),
            ("a ==", LIMESURVEY),
            ("(a", LIMESURVEY),
            ("a b", LIMESURVEY),
            ("a = 1", LIMESURVEY),
            ("a + 1 > 2", LIMESURVEY),
            ("f(a,", LIMESURVEY),
            ("'open", XPATH),
            ("§", XPATH),
            ("/data/a = 1", XPATH),
            ("(" * 31 + "1" + ")" * 31, LIMESURVEY),
            ("not(" * 5000, XPATH),
            ("1" * 10_001, XPATH),
        ],
    )
    def test_says_where_it_does_not_understand(self, source: str, dialect: Dialect) -> None:
        with pytest.raises(CannotSayError, match=r"understood at|too deeply|longer than"):
            parse(source, dialect)

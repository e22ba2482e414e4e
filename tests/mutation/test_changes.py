import ast

import pytest

from tests.mutation.changes import changes, places
from tests.mutation.mutants import exchanged


def mistakes(source: str) -> list[str]:
    """Write a piece of source with each mistake that fits in it."""
    tree = ast.parse(source)
    return [
        ast.unparse(exchanged(tree, place, other))
        for place in places(tree)
        for _, other in changes(place)
    ]


class TestChanges:
    @pytest.mark.parametrize(
        ("source", "wrong"),
        [
            ("x = a < b", ["x = a <= b"]),
            ("x = a >= b", ["x = a > b"]),
            ("x = a <= b < c", ["x = a < b < c", "x = a <= b <= c"]),
            ("x = a is b", ["x = a is not b"]),
            ("x = a in b", ["x = a not in b"]),
            ("x = a + b * c", ["x = a - b * c", "x = a + b / c"]),
            ("x = (a + b) * c", ["x = (a + b) / c", "x = (a - b) * c"]),
            ("x = a ** b @ c", ["x = a ** b * c", "x = a * b @ c"]),
            ("x = a and b", ["x = a or b"]),
            ("x = -a", ["x = a"]),
            ("x = b if not a else c", ["x = b if a else c"]),
            ("x = b if a else c", ["x = b if not a else c"]),
            ("x = (2, True)", ["x = (3, True)", "x = (2, False)"]),
            ("x = (0.5, 0.0)", ["x = (1.0, 0.0)", "x = (0.5, 1.0)"]),
            ("x = ('a', '')", ["x = ('', '')", "x = ('a', 'mutant')"]),
            ("x = f'{a} of {b + c}'", ["x = ''", "x = f'{a} of {b - c}'"]),
            ("x = f(a, by=b)", ["x = f(a)"]),
            ("x = a[b:c]", ["x = a[:c]", "x = a[b:]"]),
            ("x = np.any(a)", ["x = np.all(a)"]),
            ("x = min(a, b)", ["x = max(a, b)"]),
            ("x = np.abs(a)", ["x = a"]),
            ("x = lambda a=None: a", ["x = lambda a=0: a"]),
            ("x = lambda *, a, b=None: a", ["x = lambda *, a, b=0: a"]),
        ],
    )
    def test_fit_an_expression(self, source: str, wrong: list[str]) -> None:
        assert mistakes(f"def f():\n    {source}") == [f"def f():\n    {line}" for line in wrong]

    @pytest.mark.parametrize(
        ("source", "wrong"),
        [
            ("return a", ["return None"]),
            ("return False", ["return True"]),
            ("return zip(a, b, strict=True)", ["return None"]),
            ("x += a", ["x -= a", "pass"]),
            ("x.append(a)", ["pass"]),
            ("while a:\n    break", ["while not a:\n    break", "while a:\n    continue"]),
            ("if a:\n    x()", ["if not a:\n    x()", "if a:\n    pass"]),
        ],
    )
    def test_fit_a_statement(self, source: str, wrong: list[str]) -> None:
        assert mistakes(source) == wrong

    def test_reach_constants_of_the_module_and_defaults_of_a_class(self) -> None:
        assert mistakes("LIMIT = 8") == ["LIMIT = 9"]
        assert mistakes("class A:\n    reason: str = ''") == [
            "class A:\n    reason: str = 'mutant'"
        ]

    @pytest.mark.parametrize(
        "source",
        [
            '"""Say what is here."""',
            'def f():\n    """Say what this does."""',
            "def f(x: list[2]) -> list[3]: ...",
            "@dataclass(frozen=True)\nclass A: ...",
            "raise ValueError('no ' + name)",
            "Values = pd.Series | list[float]",
            "__all__ = ['f']",
            "return None",
            "x = f'{a:.2f}'",
        ],
    )
    def test_leave_alone_what_only_people_and_type_checkers_read(self, source: str) -> None:
        assert [wrong for wrong in mistakes(source) if wrong != "x = ''"] == []

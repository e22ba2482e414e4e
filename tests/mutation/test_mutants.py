from pathlib import Path

import pytest

from tests.mutation.mutants import module_name, mutants_of

SOURCE = '''\
"""Half of it."""


def half(x: float) -> float:
    """Halve a number."""
    return x / 2.0
'''


class TestMutants:
    @pytest.fixture
    def file(self, tmp_path: Path) -> Path:
        file = tmp_path / "half.py"
        file.write_text(SOURCE, encoding="utf-8")
        return file

    def test_hold_one_mistake_each(self, file: Path) -> None:
        texts = [mutant.text.splitlines()[-1].strip() for mutant in mutants_of([file])]

        assert texts == ["return None", "return x * 2.0", "return x / 4.0"]

    def test_show_themselves_as_a_diff_with_file_and_line(self, file: Path) -> None:
        mutant = list(mutants_of([file]))[1]

        assert mutant.difference.splitlines() == [
            f"{file}:6: arithmetic",
            '     """Halve a number."""',
            "-    return x / 2.0",
            "+    return x * 2.0",
        ]

    def test_leave_the_file_as_it_is(self, file: Path) -> None:
        assert all(mutant.text for mutant in mutants_of([file]))
        assert file.read_text(encoding="utf-8") == SOURCE


class TestModuleName:
    @pytest.mark.parametrize(
        ("file", "name"),
        [
            ("survey/statistics/mixed.py", "survey.statistics.mixed"),
            ("survey/statistics/lags/__init__.py", "survey.statistics.lags"),
        ],
    )
    def test_is_what_an_import_says(self, file: str, name: str) -> None:
        assert module_name(Path(file)) == name

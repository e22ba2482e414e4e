from pathlib import Path

import pytest

from tests.mutation.choosing import files_testing

PACKAGE = Path("toy")
TESTS = {
    "simulations/test_chance.py": "from toy.shapes import Square",
    "test_chart.py": "from toy.shapes import Circle",
    "test_names.py": "from toy import names",
    "shapes/test_circle.py": "from toy.shapes.circle import Circle",
    "shapes/test_square.py": "import toy.shapes.square",
}


class TestFilesTesting:
    @pytest.fixture
    def tests(self, tmp_path: Path) -> Path:
        for name, text in TESTS.items():
            file = tmp_path / name
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return tmp_path

    @pytest.mark.parametrize(
        ("module", "wanted"),
        [
            (
                "toy/shapes/circle.py",
                ["shapes/test_circle.py", "test_chart.py", "simulations/test_chance.py"],
            ),
            (
                "toy/shapes/square.py",
                ["shapes/test_square.py", "test_chart.py", "simulations/test_chance.py"],
            ),
            ("toy/names.py", ["test_names.py"]),
            ("toy/forgotten.py", []),
        ],
    )
    def test_are_the_mirror_then_who_imports_the_module_then_simulations(
        self, tests: Path, module: str, wanted: list[str]
    ) -> None:
        found = files_testing(Path(module), package=PACKAGE, tests=tests)

        assert [str(file.relative_to(tests)) for file in found] == wanted

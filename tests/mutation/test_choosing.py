from pathlib import Path

import pytest

from tests.mutation.choosing import files_testing

FILES = {
    "toy/names.py": "def name(): ...",
    "toy/forgotten.py": "def forgotten(): ...",
    "toy/shapes/circle.py": "from toy.shapes.arc import Arc\nclass Circle: ...",
    "toy/shapes/arc.py": "class Arc: ...",
    "toy/shapes/square.py": "class Square: ...\ndef _corner(): ...",
    "tests/simulations/test_chance.py": "from toy.shapes import Square, Circle\nSquare, Circle",
    "tests/test_chart.py": "from toy import shapes\nshapes.Circle",
    "tests/test_names.py": "from toy import names",
    "tests/shapes/test_circle.py": "from toy.shapes.circle import Circle",
    "tests/shapes/test_square.py": "import toy.shapes.square",
}


class TestFilesTesting:
    @pytest.fixture(autouse=True)
    def files(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        for name, text in FILES.items():
            (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
        monkeypatch.chdir(tmp_path)

    @pytest.mark.parametrize(
        ("module", "wanted"),
        [
            ("shapes/circle", ["shapes/test_circle", "test_chart", "simulations/test_chance"]),
            ("shapes/square", ["shapes/test_square", "simulations/test_chance"]),
            ("shapes/arc", ["shapes/test_circle"]),
            ("names", ["test_names"]),
            ("forgotten", []),
        ],
    )
    def test_are_the_mirror_then_who_uses_the_module_then_simulations(
        self, module: str, wanted: list[str]
    ) -> None:
        found = files_testing(Path(f"toy/{module}.py"), package=Path("toy"), tests=Path("tests"))

        assert found == [Path("tests", f"{name}.py") for name in wanted]

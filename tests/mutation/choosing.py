"""Which tests could notice a mistake in a module: its mirror first, then who imports it."""

import ast
from pathlib import Path

from tests.mutation.mutants import module_name


def files_testing(module: Path, *, package: Path, tests: Path) -> list[Path]:
    """List the test files of a module, the mirror first and the slow simulations last.

    A test that imports from the package around the module counts as a test of the module.
    """
    below = module.relative_to(package)
    mirror = tests / below.parent / f"test_{below.name}"
    names = {module_name(module)}
    if module.parent != package:
        names.add(module_name(module.parent))
    users = [file for file in sorted(tests.rglob("test_*.py")) if names & _imported(file)]
    return sorted(users, key=lambda file: (file != mirror, "simulations" in file.parts))


def _imported(file: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found.update(f"{node.module}.{name.name}" for name in node.names)
    return found

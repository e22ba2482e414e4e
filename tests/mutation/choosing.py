"""Which tests could notice a mistake in a module: its mirror first, then who uses it."""

import ast
from pathlib import Path

from tests.mutation.mutants import module_name


def files_testing(module: Path, *, package: Path, tests: Path) -> list[Path]:
    """List the test files of a module, the mirror first and the slow simulations last.

    These are its mirror, the mirrors of the modules that import it, and the tests that import it.
    A test that imports the package around the module, which hands its functions on, counts where
    it says one of their names.
    """
    over = [other for other in package.rglob("*.py") if module_name(module) in _imported(other)]
    mirrors = [_mirror(one, package, tests) for one in (module, *over)]
    files = sorted(tests.rglob("test_*.py"))
    found = [file for file in files if file in mirrors or _uses(file, module, package)]
    return sorted(found, key=lambda file: (file != mirrors[0], "simulations" in file.parts))


def _mirror(module: Path, package: Path, tests: Path) -> Path:
    below = module.relative_to(package)
    return tests / below.parent / f"test_{below.name}"


def _uses(file: Path, module: Path, package: Path) -> bool:
    imported = _imported(file)
    if module_name(module) in imported:
        return True
    is_handed_on = module.parent != package and module_name(module.parent) in imported
    return is_handed_on and bool(_public_names(module) & _said(file))


def _imported(file: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(_tree(file)):
        if isinstance(node, ast.Import):
            found.update(name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found.update(f"{node.module}.{name.name}" for name in node.names)
    return found


def _public_names(module: Path) -> set[str]:
    definitions = (
        node for node in _tree(module).body if isinstance(node, ast.FunctionDef | ast.ClassDef)
    )
    return {node.name for node in definitions if not node.name.startswith("_")}


def _said(file: Path) -> set[str]:
    nodes = list(ast.walk(_tree(file)))
    names = {node.id for node in nodes if isinstance(node, ast.Name)}
    return names | {node.attr for node in nodes if isinstance(node, ast.Attribute)}


def _tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))

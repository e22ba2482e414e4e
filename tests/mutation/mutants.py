"""Every mutant of a package: one module, one place in it, one mistake."""

import ast
import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.mutation.changes import changes, places


@dataclass(frozen=True, slots=True)
class Mutant:
    """A module in which one place is exchanged."""

    file: Path
    kind: str
    tree: ast.Module
    place: ast.AST
    other: ast.AST

    @property
    def module(self) -> str:
        """Name the module as an import does."""
        return module_name(self.file)

    @property
    def text(self) -> str:
        """Write the module with the mistake in it."""
        return ast.unparse(exchanged(self.tree, self.place, self.other))

    @property
    def difference(self) -> str:
        """Show the mistake as a diff."""
        before, after = ast.unparse(self.tree).splitlines(), self.text.splitlines()
        lines = difflib.unified_diff(before, after, n=1, lineterm="")
        changed = [line for line in lines if not line.startswith(("---", "+++", "@@"))]
        return "\n".join((f"{self.file}:{self.place.lineno}: {self.kind}", *changed))


def module_name(file: Path) -> str:
    """Name a module as an import does, from its path below the folder where imports start."""
    parts = file.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def mutants_of(files: Iterable[Path]) -> Iterator[Mutant]:
    """List every mutant of these modules, in the order of their text."""
    for file in files:
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for place in places(tree):
            for kind, other in changes(place):
                yield Mutant(file, kind, tree, place, other)


def exchanged(node: ast.AST, place: ast.AST, other: ast.AST) -> ast.AST:
    """Rebuild a tree with one node exchanged, and leave the given tree as it is."""
    if node is place:
        return other

    def rebuilt(value: object) -> object:
        if isinstance(value, list):
            return [rebuilt(one) for one in value]
        return exchanged(value, place, other) if isinstance(value, ast.AST) else value

    fields = {name: rebuilt(value) for name, value in ast.iter_fields(node)}
    return ast.copy_location(type(node)(**fields), node)

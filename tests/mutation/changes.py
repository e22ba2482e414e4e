"""The small mistakes that can be planted: one node of a syntax tree in exchange for another."""

import ast
from collections.abc import Callable, Iterator

COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.MatMult: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.BitXor: ast.BitAnd,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}
TWINS = (
    ("min", "max"),
    ("minimum", "maximum"),
    ("argmin", "argmax"),
    ("any", "all"),
    ("floor", "ceil"),
    ("zeros", "ones"),
    ("cdf", "sf"),
    ("sum", "mean"),
)
CALLED_INSTEAD = dict(TWINS) | {right: left for left, right in TWINS}
LEFT_OUT = {"abs", "sqrt", "log", "exp", "tanh", "atanh", "arctanh", "round", "sorted"}
FOR_READERS = {"annotation", "returns", "decorator_list", "format_spec"}

Change = Callable[[ast.AST], Iterator[ast.AST]]


def changes(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """Name and make everything that could stand in the place of this node."""
    for kind, change in KINDS.items():
        for other in change(node):
            yield kind, ast.copy_location(other, node)


def _comparison(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Compare):
        for position, sign in enumerate(node.ops):
            signs = list(node.ops)
            signs[position] = COMPARISONS[type(sign)]()
            yield ast.Compare(node.left, signs, node.comparators)


def _arithmetic(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.BinOp):
        yield ast.BinOp(node.left, ARITHMETIC[type(node.op)](), node.right)
    elif isinstance(node, ast.AugAssign):
        yield ast.AugAssign(node.target, ARITHMETIC[type(node.op)](), node.value)


def _boolean(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.BoolOp):
        yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)


def _negation(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.UnaryOp):
        yield node.operand
    elif isinstance(node, ast.If | ast.IfExp | ast.While) and not _is_changed_itself(node.test):
        fields = dict(ast.iter_fields(node))
        yield type(node)(**fields | {"test": ast.UnaryOp(ast.Not(), node.test)})


def _is_changed_itself(test: ast.expr) -> bool:
    return isinstance(test, ast.Compare | ast.BoolOp | ast.UnaryOp)


def _constant(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.JoinedStr):
        yield ast.Constant("")
    elif isinstance(node, ast.Constant) and node.value not in (None, ...):
        yield ast.Constant(_other(node.value))


def _other(value: object) -> object:
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case float():
            return 2 * value or 1.0
        case _:
            return "" if value else "mutant"


def _returned(node: ast.AST) -> Iterator[ast.AST]:
    """Return nothing; what is false already is changed as a constant."""
    if isinstance(node, ast.Return) and not (_is_none(node.value) or _is_false(node.value)):
        yield ast.Return(ast.Constant(None))


def _default(node: ast.AST) -> Iterator[ast.AST]:
    """Change a default of None; other defaults are changed as constants."""
    if isinstance(node, ast.FunctionDef | ast.Lambda):
        fields, arguments = dict(ast.iter_fields(node)), dict(ast.iter_fields(node.args))
        for name in ("defaults", "kw_defaults"):
            for values in _none_by_none(arguments[name]):
                yield type(node)(**fields | {"args": ast.arguments(**arguments | {name: values})})


def _none_by_none(defaults: list[ast.expr | None]) -> Iterator[list[ast.expr | None]]:
    for position, default in enumerate(defaults):
        if default is not None and _is_none(default):
            yield [*defaults[:position], ast.Constant(0), *defaults[position + 1 :]]


def _is_none(node: ast.expr | None) -> bool:
    return node is None or (isinstance(node, ast.Constant) and node.value is None)


def _is_false(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and node.value is False


def _keyword(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Call):
        for left_out in (one for one in node.keywords if one.arg not in (None, "strict")):
            rest = [one for one in node.keywords if one is not left_out]
            yield ast.Call(node.func, node.args, rest)


def _slice(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Slice):
        ends = dict(ast.iter_fields(node))
        for name in (name for name, end in ends.items() if end is not None):
            yield ast.Slice(**ends | {name: None})


def _call(node: ast.AST) -> Iterator[ast.AST]:
    if not isinstance(node, ast.Call):
        return
    match node.func:
        case ast.Name(id=name) if name in CALLED_INSTEAD:
            yield ast.Call(ast.Name(CALLED_INSTEAD[name]), node.args, node.keywords)
        case ast.Attribute(value=owner, attr=name) if name in CALLED_INSTEAD:
            other = ast.Attribute(owner, CALLED_INSTEAD[name], ast.Load())
            yield ast.Call(other, node.args, node.keywords)
        case ast.Name(id=name) | ast.Attribute(attr=name) if name in LEFT_OUT and node.args:
            yield node.args[0]


def _statement(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.AugAssign) or (
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
    ):
        yield ast.Pass()
    elif isinstance(node, ast.Break | ast.Continue):
        yield ast.Continue() if isinstance(node, ast.Break) else ast.Break()


KINDS: dict[str, Change] = {
    "comparison": _comparison,
    "arithmetic": _arithmetic,
    "boolean": _boolean,
    "negation": _negation,
    "constant": _constant,
    "return value": _returned,
    "default": _default,
    "keyword left out": _keyword,
    "slice": _slice,
    "call": _call,
    "statement": _statement,
}


def places(node: ast.AST) -> Iterator[ast.AST]:
    """Walk a tree in the order of its text, without what only people and type checkers read."""
    yield node
    for name, value in ast.iter_fields(node):
        children = value if isinstance(value, list) else [value]
        for child in children:
            if isinstance(child, ast.AST) and not _is_for_readers(node, name, child):
                yield from places(child)


def _is_for_readers(parent: ast.AST, field: str, node: ast.AST) -> bool:
    """Tell annotations, decorators, docstrings, texts of errors, pieces of texts, aliases.

    `strict=True` of a zip is there for programmers too: it stands guard and never fires.
    """
    if field in FOR_READERS or isinstance(node, ast.Raise):
        return True
    match parent, node:
        case ast.Expr(), ast.Constant():
            return True
        case (ast.JoinedStr(), ast.Constant()) | (_, ast.keyword(arg="strict")):
            return True
        case ast.Module(), ast.Assign(targets=[ast.Name(id=name)]):
            return not name.isupper()
        case _:
            return False

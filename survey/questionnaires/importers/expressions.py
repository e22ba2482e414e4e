"""Conditions as LimeSurvey and XLSForm write them, taken apart into a tree."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from survey.questionnaires.importers.telling import tell as _

LONGEST_EXPRESSION = 10_000  # characters
DEEPEST = 30


class CannotSayError(Exception):
    """A condition cannot be said in our language; `why` is a reason for a person."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Name:
    """An answer named by its question."""

    name: str


@dataclass(frozen=True, slots=True)
class Literal:
    """A text, or a number with is_number."""

    value: str
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """A function over arguments."""

    name: str
    arguments: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """Two sides and one of = != < <= > >= between them."""

    left: "Node"
    op: str
    right: "Node"


@dataclass(frozen=True, slots=True)
class Joined:
    """Parts joined by "all" or "any"."""

    by: str
    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Negated:
    """What does not hold."""

    part: "Node"


Node = Name | Literal | Call | Compared | Joined | Negated


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a program writes conditions: its tokens, and what its operators are called here."""

    tokens: re.Pattern[str]
    comparisons: dict[str, str]
    alls: tuple[str, ...]
    anys: tuple[str, ...]
    nots: tuple[str, ...] = ()


ESCAPED_TEXT = r"""(?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
PLAIN_TEXT = r"""(?P<text>"[^"]*"|'[^']*')"""
NUMBER = r"(?P<number>[0-9]+(?:\.[0-9]+)?|\.[0-9]+)"
ORDER = {"<": "<", "<=": "<=", ">": ">", ">=": ">="}
LIMESURVEY = Dialect(
    tokens=re.compile(
        r"\s*(?:(?P<name>[0-9]+X[0-9]+X\w+(?:\.\w+)?|[A-Za-z_][\w#]*(?:[.:][A-Za-z]\w*)*)|"
        rf"{ESCAPED_TEXT}|{NUMBER}"
        r"|(?P<sign>==|!=|<=|>=|&&|\|\||[<>!(),=+*/.-]))",
        re.ASCII,
    ),
    comparisons=ORDER
    | {"==": "=", "!=": "!=", "eq": "=", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="},
    alls=("&&", "and"),
    anys=("||", "or"),
    nots=("!",),
)
XPATH = Dialect(
    tokens=re.compile(
        r"\s*(?:(?P<name>\$\{[^{}]{1,200}\}|[A-Za-z_][\w-]*(?::[A-Za-z_][\w-]*)?)|"
        rf"{PLAIN_TEXT}|{NUMBER}"
        r"|(?P<sign>!=|<=|>=|\.\.|[<>(),=+*/.\[\]|@-]))"
    ),
    comparisons=ORDER | {"=": "=", "!=": "!="},
    alls=("and",),
    anys=("or",),
)
Token = tuple[str, str]


def parse(source: str, dialect: Dialect) -> Node:
    """Return the tree of a condition; raise CannotSayError where it is not understood."""
    if len(source) > LONGEST_EXPRESSION:
        raise CannotSayError(_("it is longer than 10,000 characters"))
    return _Parser(list(_tokens(source, dialect)), dialect).parse()


def _tokens(source: str, dialect: Dialect) -> Iterator[Token]:
    at, source = 0, source.rstrip()
    while at < len(source):
        found = dialect.tokens.match(source, at)
        if found is None:
            raise _not_understood(source[at : at + 20])
        at = found.end()
        yield str(found.lastgroup), found[str(found.lastgroup)]


def _not_understood(what: str) -> CannotSayError:
    return CannotSayError(_("it cannot be understood at “%(what)s”") % {"what": what.strip()})


class _Parser:
    """Descends: any of alls of comparisons of single things."""

    def __init__(self, tokens: list[Token], dialect: Dialect) -> None:
        self._tokens = tokens
        self._dialect = dialect
        self._at = 0
        self._depth = 0

    def parse(self) -> Node:
        tree = self._any()
        if self._at < len(self._tokens):
            raise _not_understood(self._tokens[self._at][1])
        return tree

    def _next_is(self, wanted: tuple[str, ...]) -> bool:
        """Step over the next token where it is one of those wanted."""
        kind, said = self._peek()
        if kind == "text" or said.lower() not in wanted:
            return False
        self._at += 1
        return True

    def _peek(self) -> Token:
        return self._tokens[self._at] if self._at < len(self._tokens) else ("end", "")

    def _any(self) -> Node:
        self._depth += 1
        if self._depth > DEEPEST:
            raise CannotSayError(_("it is nested too deeply"))
        parts = [self._all()]
        while self._next_is(self._dialect.anys):
            parts.append(self._all())
        self._depth -= 1
        return parts[0] if len(parts) == 1 else Joined("any", tuple(parts))

    def _all(self) -> Node:
        parts = [self._comparison()]
        while self._next_is(self._dialect.alls):
            parts.append(self._comparison())
        return parts[0] if len(parts) == 1 else Joined("all", tuple(parts))

    def _comparison(self) -> Node:
        n_nots = 0
        while self._next_is(self._dialect.nots):
            n_nots += 1
        left = self._single()
        if n_nots:
            left = Negated(left) if n_nots % 2 else left
        said = self._peek()[1].lower()
        if self._peek()[0] != "text" and said in self._dialect.comparisons:
            self._at += 1
            return Compared(left, self._dialect.comparisons[said], self._single())
        return left

    def _single(self) -> Node:
        kind, said = self._peek()
        self._at += 1
        if kind == "text":
            return Literal(_unescaped(said) if self._dialect is LIMESURVEY else said[1:-1])
        if kind == "number":
            return Literal(said, is_number=True)
        if kind == "name":
            return Call(said, self._arguments()) if self._next_is(("(",)) else Name(said)
        if said == "-" and self._peek()[0] == "number":
            self._at += 1
            return Literal(f"-{self._tokens[self._at - 1][1]}", is_number=True)
        if said == "(":
            inside = self._any()
            self._close()
            return inside
        if said == "." and self._dialect is XPATH:
            return Name(".")
        raise _not_understood(said or _("its end"))

    def _arguments(self) -> tuple[Node, ...]:
        arguments: list[Node] = []
        if self._next_is((")",)):
            return ()
        while True:
            arguments.append(self._any())
            if not self._next_is((",",)):
                self._close()
                return tuple(arguments)

    def _close(self) -> None:
        if not self._next_is((")",)):
            raise _not_understood(self._peek()[1] or _("its end"))


def _unescaped(said: str) -> str:
    return re.sub(r"\\(.)", r"\1", said[1:-1], flags=re.DOTALL)

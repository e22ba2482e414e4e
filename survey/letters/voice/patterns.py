"""Phrases by concept: each pattern stands for all the ways in which marketers put one thought.

A pattern is words in a row within one sentence. "a|b" is either, "word*" any ending, "?word" may
be missing, "~" skips up to three words and "~~" up to seven, "#" is a number, "CODE" something
like SAVE20. No pattern looks further than a few words, so the time is linear in the text.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from survey.letters.voice.folding import Token, bare, fold

GAPS = {"~": 3, "~~": 7}
NUMBER, CODE = "#", "CODE"
INDEXED = 3  # letters of a first word by which patterns with any ending are found


@dataclass(frozen=True, slots=True)
class Span:
    """Where a pattern matched: from one token up to but not including another."""

    first: int
    last: int
    sentence: int


@dataclass(frozen=True, slots=True)
class Word:
    """One place of a pattern."""

    exact: frozenset[str] = frozenset()
    beginnings: tuple[str, ...] = ()
    is_optional: bool = False
    is_number: bool = False
    is_code: bool = False
    gap: int = 0

    def takes(self, token: Token) -> bool:
        """Say whether a token is this word, read in any way."""
        if (self.is_number and token.is_number) or (self.is_code and token.is_code):
            return True
        return any(form in self.exact or form.startswith(self.beginnings) for form in token.forms)


class Phrases:
    """Many patterns, found by how they begin."""

    def __init__(self, patterns: Iterable[str]) -> None:
        self._by_word: dict[str, list[tuple[Word, ...]]] = defaultdict(list)
        self._by_beginning: dict[str, list[tuple[Word, ...]]] = defaultdict(list)
        for pattern in patterns:
            words = tuple(map(_read_word, pattern.split()))
            n_optional = next(at for at, word in enumerate(words) if not word.is_optional)
            for at in range(n_optional + 1):
                self._add(words[at:])

    def find(self, tokens: Sequence[Token]) -> Iterator[Span]:
        """Yield where any pattern matches."""
        for at, token in enumerate(tokens):
            for words in self._candidates(token):
                end = _match(words, tokens, at)
                if end is not None:
                    yield Span(at, end, token.sentence)

    def _add(self, words: tuple[Word, ...]) -> None:
        first = words[0]
        if first.is_number:
            self._by_word[NUMBER].append(words)
        if first.is_code:
            self._by_word[CODE].append(words)
        for text in first.exact:
            self._by_word[text].append(words)
        for text in first.beginnings:
            self._by_beginning[text[:INDEXED]].append(words)

    def _candidates(self, token: Token) -> Iterator[tuple[Word, ...]]:
        if token.is_number:
            yield from self._by_word.get(NUMBER, ())
        if token.is_code:
            yield from self._by_word.get(CODE, ())
        for form in token.forms:
            yield from self._by_word.get(form, ())
            yield from self._by_beginning.get(form[:INDEXED], ())


def _read_word(text: str) -> Word:
    if text in GAPS:
        return Word(gap=GAPS[text])
    is_optional = text.startswith("?")
    choices = text.replace("?", "").split("|")
    words = [choice for choice in choices if choice not in (NUMBER, CODE)]
    return Word(
        exact=frozenset(bare(fold(word)) for word in words if not word.endswith("*")),
        beginnings=tuple(bare(fold(word)) for word in words if word.endswith("*")),
        is_optional=is_optional,
        is_number=NUMBER in choices,
        is_code=CODE in choices,
    )


def _match(words: Sequence[Word], tokens: Sequence[Token], at: int) -> int | None:
    """Return the token after the match of a pattern that begins at a token, if it does."""
    if not words:
        return at
    word, rest = words[0], words[1:]
    if word.gap:
        ends = (_match(rest, tokens, at + skipped) for skipped in range(word.gap + 1))
        return next((end for end in ends if end is not None and _is_one(tokens, at - 1, end)), None)
    if at < len(tokens) and word.takes(tokens[at]):
        end = _match(rest, tokens, at + 1)
        if end is not None and _is_one(tokens, at, end):
            return end
    return _match(rest, tokens, at) if word.is_optional else None


def _is_one(tokens: Sequence[Token], first: int, end: int) -> bool:
    """Say whether tokens stand in one sentence."""
    return tokens[first].sentence == tokens[end - 1].sentence

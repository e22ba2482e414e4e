"""Read through disguises: words as a reader hears them, each with its place in the text.

Case, accents, typographers' quotes, invisible characters, look-alike letters, digits for letters,
dots inside words and drawn-out letters make no difference. Every text is folded twice: with words
split where a mark stands inside them, and with them joined, so that both "l'offre" and "val-ued"
are seen. Runs in linear time.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from survey.letters.voice.prefixes import without_prefixes

LOOK_ALIKES = (
    str.maketrans(  # Cyrillic and Greek
        "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u043a\u043c\u0442\u043d\u0432\u0458\u0455\u0501\u0261\u03bf\u03b1\u03b5\u03bd\u03b9\u03ba\u03c4\u03c5\u03c1\u03b2",
        "aeopcyxikmthbjsdgoaevikturb",
    )
    | str.maketrans(  # one way to write an Arabic letter, and no line that only stretches a word
        "\u0629\u0649\u06cc\u06a9\u066a", "\u0647\u064a\u064a\u0643%", "\u0640"
    )
    | str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "đ": "d", "\u0131": "i"})
)
LETTERS_FOR = str.maketrans("034578@$€!|", "oeastbasei" + "l")
AS_I, AS_L = str.maketrans("1", "i"), str.maketrans("1", "l")
INSIDE = "'’\u2018`\u00b4.-_*·•~"  # marks that may stand inside a word
NO_MARKS = {ord(mark): None for mark in INSIDE}
CURRENCY = "£$€"
END_OF_SENTENCE = re.compile(r"[.!?:;…\u061f\u061b](?=\s|$)|\n\s*\n")
DRAWN_OUT = re.compile(r"(.)\1{2,}")
WORD = re.compile(rf"[^\W_]+(?:[@$€!|{re.escape(INSIDE)}]+[^\W_]+)*|[%£$€]")
PART = re.compile(r"[^\W_]+(?:[@$€!|][^\W_]+)*")
SHORTEST_CODE = 4
SPELT_OUT = 3  # single letters in a row make a word: f r e e


@dataclass(frozen=True, slots=True)
class Token:
    """One word: the forms it may be read as, where it stands, and in which sentence."""

    forms: tuple[str, ...]
    start: int
    end: int
    sentence: int
    is_capital: bool = False

    @property
    def is_code(self) -> bool:
        """Say whether it looks like SAVE20 or WELCOME."""
        word = self.forms[0]
        has_digits = any(map(str.isdigit, word)) and not word.isdigit()
        return len(word) >= SHORTEST_CODE and (has_digits or self.is_capital)

    @property
    def is_number(self) -> bool:
        """Say whether it is written in digits."""
        return self.forms[0].isdigit()


def fold(word: str) -> str:
    """Return a word without case, accents and look-alikes."""
    return "".join(_fold_character(character) for character in word)


def bare(word: str) -> str:
    """Return a word without the marks inside it."""
    return word.translate(NO_MARKS)


def fold_text(text: str) -> list[list[Token]]:
    """Return the words of a text, split at the marks inside them, and joined over these."""
    folded, places = fold_with_places(text)
    split = list(_tokens(text, folded, places, joins=False))
    joined = list(_join_spelt_out(list(_tokens(text, folded, places, joins=True))))
    return [split] if split == joined else [split, joined]


def fold_with_places(text: str) -> tuple[str, list[int]]:
    """Return the folded text, and for each of its characters the place in the given one."""
    folded: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for plain in _fold_character(character):
            folded.append(plain)
            places.append(place)
    places.append(len(text))
    return "".join(folded), places


def _fold_character(character: str) -> str:
    if character.isascii():
        return character.lower()
    category = unicodedata.category(character)
    if category in ("Cf", "Mn", "Me"):
        return ""
    if category == "Sk":  # an accent alone, used as an apostrophe
        return "'"
    plain = unicodedata.normalize("NFKD", character).casefold().translate(LOOK_ALIKES)
    return "".join(part for part in plain if not unicodedata.combining(part))


def _tokens(text: str, folded: str, places: list[int], *, joins: bool) -> Iterator[Token]:
    ends = [match.start() for match in END_OF_SENTENCE.finditer(folded)]
    sentence = 0
    for word in WORD.finditer(folded):
        while sentence < len(ends) and ends[sentence] < word.start():
            sentence += 1
        parts = [word] if joins else PART.finditer(folded, word.start(), word.end())
        for part in parts if word[0] not in CURRENCY + "%" else [word]:
            start, end = places[part.start()], places[part.end() - 1] + 1
            yield Token(_forms(part[0]), start, end, sentence, text[start:end].isupper())


def _forms(word: str) -> tuple[str, ...]:
    """Return a word as it stands, and as it may be meant."""
    plain = bare(word)
    forms = [plain]
    if not plain.isalpha() and not plain.isdigit() and len(plain) > 1:
        meant = plain.translate(LETTERS_FOR)
        forms += [meant.translate(AS_I), meant.translate(AS_L)]
    if DRAWN_OUT.search(plain):
        forms += [DRAWN_OUT.sub(r"\1", plain), DRAWN_OUT.sub(r"\1\1", plain)]
    forms += [shorter for form in forms for shorter in without_prefixes(form)]
    return tuple(dict.fromkeys(forms))


def _join_spelt_out(tokens: list[Token]) -> Iterator[Token]:
    """Yield tokens, single letters in a row as the word they spell."""
    run: list[Token] = []
    for token in tokens:
        if len(token.forms[0]) == 1 and token.forms[0].isalpha():
            run.append(token)
            continue
        yield from _spelt(run)
        run = []
        yield token
    yield from _spelt(run)


def _spelt(run: list[Token]) -> list[Token]:
    if len(run) < SPELT_OUT:
        return run
    word = "".join(token.forms[0] for token in run)
    return [Token((word,), run[0].start, run[-1].end, run[0].sentence)]

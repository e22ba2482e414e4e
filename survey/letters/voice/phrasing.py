"""Find marketers' phrases in a text, in whatever language and disguise."""

from collections.abc import Iterable, Iterator, Sequence

from survey.letters.voice.findings import Finding, Place
from survey.letters.voice.folding import Token, fold_text
from survey.letters.voice.lexicons import Concept, concepts_for
from survey.letters.voice.patterns import Span
from survey.letters.voice.rules import find

Found = tuple[int, Finding]  # where in the text it begins
Extent = tuple[int, int, str]  # from a character up to another, and the rule


def find_phrases(*, place: Place, text: str, language: str) -> list[Found]:
    """Return the phrases that no person would write, each once, with their places."""
    readings = fold_text(text)  # one reading where no mark stands inside a word
    extents = sorted(
        extent
        for concept in concepts_for(language)
        for extent in _extents(concept, readings, is_subject=place is Place.SUBJECT)
    )
    return [(start, find(place, text[start:end], rule)) for start, end, rule in _distinct(extents)]


def _extents(
    concept: Concept, readings: Sequence[list[Token]], *, is_subject: bool
) -> Iterator[Extent]:
    found = [(tokens, span) for tokens in readings for span in concept.phrases.find(tokens)]
    if is_subject:
        found += [(tokens, span) for tokens in readings for span in _find_first(concept, tokens)]
    found += [(tokens, span) for tokens in readings for span in _find_together(concept, tokens)]
    if not found:
        return
    excused = {span.sentence for tokens in readings for span in concept.unless.find(tokens)}
    for tokens, span in found:
        if span.sentence not in excused:
            yield tokens[span.first].start, tokens[span.last - 1].end, concept.rule


def _find_first(concept: Concept, tokens: Sequence[Token]) -> Iterator[Span]:
    """Yield the alarm that a subject begins with."""
    yield from (span for span in concept.subjects.find(tokens) if span.first == 0)


def _find_together(concept: Concept, tokens: Sequence[Token]) -> Iterator[Span]:
    """Yield the gifts that stand in one sentence with what they are given for."""
    gifts = list(concept.gifts.find(tokens))
    if not gifts:
        return
    acts = {span.sentence for span in concept.acts.find(tokens)}
    yield from (span for span in gifts if span.sentence in acts)


def _distinct(extents: Iterable[Extent]) -> Iterator[Extent]:
    """Keep of extents that overlap under one rule the first, drawn out to the longest end."""
    by_rule: dict[str, list[list[int]]] = {}
    for start, end, rule in extents:
        merged = by_rule.setdefault(rule, [])
        if merged and start < merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    for rule, merged in by_rule.items():
        yield from ((start, end, rule) for start, end in merged)

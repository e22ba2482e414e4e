"""Three files of published counts, read and checked against each other."""

import hashlib
import re
from collections.abc import Mapping, Sequence

from survey.samples.counts import (
    PublishedCounts,
    PublishedItem,
    PublishedOption,
    Tally,
    Unit,
    count_people,
    write_code,
    write_team_code,
)
from survey.samples.tables import Checker, Row, SourceFile, read_table

UNIT_COLUMNS = ("unit", "parent", "name")
ITEM_COLUMNS = ("audience", "construct", "item", "option", "score")
COUNT_COLUMNS = ("unit", "audience", "item", "option", "count")

LONGEST_CODE = 50
LONGEST_AUDIENCE = 20
LONGEST_NAME = 200
MOST_PEOPLE = 1_000_000
WHOLE_NUMBER = re.compile(r"[0-9]{1,7}")
DECIMAL_NUMBER = re.compile(r"-?[0-9]{1,7}(\.[0-9]{1,15})?")


def read_counts(*, units: SourceFile, items: SourceFile, counts: SourceFile) -> PublishedCounts:
    """Read and cross-check the three files; any problem refuses all of them."""
    known_units = _read_units(units)
    known_items = _read_items(items)
    return PublishedCounts(
        units=known_units,
        items=known_items,
        tallies=_read_tallies(counts, known_units, known_items),
        digest=_digest(units, items, counts),
    )


def _digest(*files: SourceFile) -> str:
    """Return one SHA-256 over the digests of the files."""
    digests = b"".join(hashlib.sha256(file.data).digest() for file in files)
    return hashlib.sha256(digests).hexdigest()


def _read_units(file: SourceFile) -> tuple[Unit, ...]:
    """Read the units: codes once each, names short enough."""
    checker = Checker(file.name)
    units: dict[str, Unit] = {}
    places: dict[str, tuple[str, str]] = {}
    for row in read_table(file, UNIT_COLUMNS):
        code, parent, name = row.values
        for what, text in (("unit", code), ("parent", parent)):
            if text or what == "unit":
                _check_code(checker, row.line, what, text)
                _check_place(checker, row.line, places, (what, text))
        if len(name) > LONGEST_NAME:
            checker.add(row.line, f"the name is longer than {LONGEST_NAME} characters")
        if code in units:
            checker.add(row.line, f'the unit "{code}" stands there twice')
        units[code] = Unit(code, parent, name or code)
    checker.finish()
    return tuple(units.values())


def _check_place(
    checker: Checker, line: int, places: dict[str, tuple[str, str]], place: tuple[str, str]
) -> None:
    """Note a unit or parent that would get the same code as another."""
    other = places.setdefault(write_team_code(place[1]), place)
    if other != place:
        checker.add(line, f'the {place[0]} "{place[1]}" is too like the {other[0]} "{other[1]}"')


def _check_code(checker: Checker, line: int, what: str, code: str) -> None:
    """Note a code that is empty, too long or without a letter or digit."""
    if not code:
        checker.add(line, f"the {what} is empty")
    elif len(code) > LONGEST_CODE:
        checker.add(line, f"the {what} is longer than {LONGEST_CODE} characters")
    elif not re.search(r"[^\W_]", code):
        checker.add(line, f'the {what} "{code}" has neither letter nor digit')


def _read_items(file: SourceFile) -> tuple[PublishedItem, ...]:
    """Read the items with their options and scores."""
    checker = Checker(file.name)
    rows = read_table(file, ITEM_COLUMNS)
    for row in rows:
        _check_item_row(checker, row)
    checker.finish()
    gathered: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        gathered.setdefault((row.values[0], row.values[2]), []).append(row)
    items = [_build_item(checker, lines) for lines in gathered.values()]
    for what in ("audience", "construct", "item"):
        _check_codes_differ(checker, rows, what)
    _check_scores_differ(checker, rows)
    checker.finish()
    return tuple(items)


def _check_scores_differ(checker: Checker, rows: Sequence[Row]) -> None:
    """Note a construct whose options all score the same: it would have no range."""
    scores: dict[tuple[str, str], set[float]] = {}
    for row in rows:
        if row.values[4]:
            scores.setdefault((row.values[0], row.values[1]), set()).add(float(row.values[4]))
    for row in rows:
        if len(scores.pop((row.values[0], row.values[1]), {0.0, 1.0})) == 1:
            checker.add(row.line, f'the options of "{row.values[1]}" all have one score')


def _check_codes_differ(checker: Checker, rows: Sequence[Row], what: str) -> None:
    """Note two audiences, or two constructs or items of one audience, with the same code."""
    place = ITEM_COLUMNS.index(what)
    texts: dict[tuple[str, str], str] = {}
    for row in rows:
        text = row.values[place]
        audience = "" if what == "audience" else row.values[0]
        other = texts.setdefault((audience, write_code(text)), text)
        if other != text:
            checker.add(row.line, f'the {what} "{text}" is too like "{other}"')


def _check_item_row(checker: Checker, row: Row) -> None:
    """Note what is wrong with one option of one item."""
    audience, _, _, option, score = row.values
    for what, code in zip(ITEM_COLUMNS[:3], row.values[:3], strict=True):
        _check_code(checker, row.line, what, code)
        if not write_code(code):
            checker.add(row.line, f'the {what} "{code}" has no letter of a to z and no digit')
    if len(audience) > LONGEST_AUDIENCE:
        checker.add(row.line, f"the audience is longer than {LONGEST_AUDIENCE} characters")
    _check_code(checker, row.line, "option", option)
    if score and not DECIMAL_NUMBER.fullmatch(score):
        checker.add(row.line, f'the score "{score}" is not a number')


def _build_item(checker: Checker, rows: Sequence[Row]) -> PublishedItem:
    """Put an item together from its rows, noting contradictions between them."""
    audience, construct, code, *_ = rows[0].values
    texts = [row.values[3] for row in rows]
    for place, row in enumerate(rows):
        if row.values[1] != construct:
            checker.add(row.line, f'the item "{code}" stands under two constructs')
        if row.values[3] in texts[:place]:
            checker.add(row.line, f'the option "{row.values[3]}" of "{code}" stands there twice')
    if not any(row.values[4] for row in rows):
        checker.add(rows[0].line, f'no option of the item "{code}" has a score')
    options = [
        PublishedOption(value, row.values[3], float(row.values[4]) if row.values[4] else None)
        for value, row in zip(_option_values(texts), rows, strict=True)
    ]
    return PublishedItem(audience, construct, code, tuple(options))


def _option_values(texts: Sequence[str]) -> list[int]:
    """Return the numbers the options are stored under: their own, or their places."""
    if all(WHOLE_NUMBER.fullmatch(text) for text in texts):
        numbers = [int(text) for text in texts]
        if len(set(numbers)) == len(numbers):
            return numbers
    return list(range(1, len(texts) + 1))


def _read_tallies(
    file: SourceFile, units: Sequence[Unit], items: Sequence[PublishedItem]
) -> dict[tuple[str, str], Tally]:
    """Read the counts, every one of a known unit, item and option, each at most once."""
    checker = Checker(file.name)
    known_units = {unit.code for unit in units}
    options = {
        (item.audience, item.code): {option.text: option.value for option in item.options}
        for item in items
    }
    seen: set[tuple[str, ...]] = set()
    tallies: dict[tuple[str, str], Tally] = {}
    for row in read_table(file, COUNT_COLUMNS):
        unit, audience, item, option, count = row.values
        problem = _find_problem(row.values, known_units, options)
        if row.values[:4] in seen:
            problem = "the same unit, item and option stand there twice"
        if problem:
            checker.add(row.line, problem)
            continue
        seen.add(row.values[:4])
        tally = tallies.setdefault((unit, audience), {})
        tally.setdefault(item, []).append((options[audience, item][option], int(count)))
    if sum(count_people(tally) for tally in tallies.values()) > MOST_PEOPLE:
        checker.add(0, f"there are more than {MOST_PEOPLE} people")
    checker.finish()
    return tallies


def _find_problem(
    values: Sequence[str],
    units: set[str],
    options: Mapping[tuple[str, str], Mapping[str, int]],
) -> str:
    """Say what is wrong with one count, or nothing."""
    unit, audience, item, option, count = values
    if unit not in units:
        return f'the unit "{unit}" is not among the units'
    if (audience, item) not in options:
        return f'the item "{item}" of "{audience}" is not among the items'
    if option not in options[audience, item]:
        return f'the item "{item}" has no option "{option}"'
    if not WHOLE_NUMBER.fullmatch(count):
        return f'the count "{count}" is not a whole number of 0 or more'
    return ""

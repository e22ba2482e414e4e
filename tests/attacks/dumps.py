"""What somebody has who reads a dump of every night of a wave, and the one after the seal."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import connection
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, SealedBox

from survey.campaigns.keys import KEY_BYTES
from survey.responses.boxes import open_box
from tests.attacks.stage import ITEMS, Answers, Known

K = 5
BOXES = "responses_intake"
Row = tuple[object, ...]
Dump = dict[str, list[Row]]


@dataclass(frozen=True)
class Loot:
    """The dumps, oldest first; who answered on the day before each; keys from elsewhere."""

    dumps: Sequence[Dump]
    days: Sequence[Sequence[Known]]
    keys: frozenset[bytes] = frozenset()


def dump() -> Dump:
    """Return every row of every table, as a dump holds them."""
    with connection.cursor() as cursor:
        found = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            found[table] = cursor.fetchall()
        return found


def read_rows(order: str) -> list[tuple[str, Answers]]:
    """Return the stored answers with their teams, in an order that a database keeps."""
    is_postgresql = connection.vendor == "postgresql"
    value = "r.answers->'answers'->>'{}'" if is_postgresql else "r.answers->>'$.answers.{}'"
    fields = ", ".join(f"({value.format(item)})" for item in ITEMS)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT g.code, {fields} FROM responses_response r "  # noqa: S608
            f"JOIN campaigns_group g ON g.id = r.group_id ORDER BY {order}"
        )
        return [(code, tuple(map(int, answers))) for code, *answers in cursor.fetchall()]


def list_boxes(one: Dump) -> dict[object, bytes]:
    """Return the boxes in a dump by the keys of their rows."""
    return {row[0]: next(_bytes_in([row])) for row in one[BOXES]}


def open_boxes(loot: Loot) -> Iterator[tuple[int, int, Answers]]:
    """Yield night, group and answers of every box that anything in the loot opens."""
    found = (value for one in loot.dumps for rows in one.values() for value in _bytes_in(rows))
    keys = {value for value in found if len(value) == KEY_BYTES} | loot.keys
    seen = set[object]()
    for night, one in enumerate(loot.dumps):
        boxes = {pk: box for pk, box in list_boxes(one).items() if pk not in seen}
        seen |= boxes.keys()
        sample = next(iter(boxes.values()), b"")
        for key in [key for key in keys if _opens(key, sample)]:
            for box in boxes.values():
                content = open_box(private_key=key, box=box)
                answers = tuple(int(str(content.answers[item])) for item in ITEMS)
                yield night, content.group_id, answers


def share_known(loot: Loot) -> float:
    """Return the share of people whose answers lie among fewer than k of their group and night."""
    opened = list(open_boxes(loot))
    sizes = Counter((night, group) for night, group, _ in opened)
    known = {answers for night, group, answers in opened if sizes[night, group] < K}
    people = [one for day in loot.days for one in day]
    return sum(one.answers in known for one in people) / len(people)


def _bytes_in(rows: Sequence[Row]) -> Iterator[bytes]:
    for row in rows:
        yield from (bytes(cell) for cell in row if isinstance(cell, bytes | memoryview))


def _opens(key: bytes, box: bytes) -> bool:
    try:
        return bool(SealedBox(PrivateKey(key)).decrypt(box))
    except (CryptoError, ValueError):
        return False

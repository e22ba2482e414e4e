"""Codes made from words: short, in plain letters, and not taken yet."""

import re
from collections.abc import Collection

from django.utils.text import slugify

LONGEST = 40  # leaves room for a number after it
BEGINNING = re.compile(r"^[a-z][a-z0-9_]*$")


def make_code(words: str, *, fallback: str, taken: Collection[str]) -> str:
    """Return a code for a name or a text, numbered on where it is taken.

    Words without Latin letters get the fallback.
    """
    plain = slugify(words).replace("-", "_").strip("_")
    short = plain if len(plain) <= LONGEST else plain[: LONGEST + 1].rpartition("_")[0]
    code = (short or plain[:LONGEST]).rstrip("_")
    if not BEGINNING.match(code):
        code = f"{fallback}_{code}".rstrip("_")
    number, numbered = 1, code
    while numbered in taken:
        number += 1
        numbered = f"{code}_{number}"
    return numbered

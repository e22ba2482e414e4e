"""What a check of a draft finds, and which part of the draft each finding is about."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class Part(Enum):
    """What a draft is made of; each part is put right in a place of its own."""

    QUESTIONS = "questions"
    PEOPLE = "people"
    MESSAGE = "message"
    TIMING = "timing"


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence about a part of a draft, in the language of whoever has it checked."""

    part: Part
    sentence: str

    def __str__(self) -> str:
        return self.sentence


def find(part: Part, sentences: Iterable[str]) -> list[Finding]:
    """Return some sentences as findings about one part."""
    return [Finding(part, sentence) for sentence in sentences]

"""What the demo's people write: sentences put together, warm or cool as their answers are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from survey.questionnaires.models import PlaybackLeave
from survey.samples.simulation import NO_ANSWER, Sheet

SHARE_WHO_WRITE = 0.07
LEAVES = (PlaybackLeave.AS_TOLD, PlaybackLeave.NO_NAMES, PlaybackLeave.NONE)
LEAVE_SHARES = (0.55, 0.3, 0.15)
WARM_FROM = 4.0  # of 5, on average

Line = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody wrote on one item, and what may be done with it."""

    item: str
    text: str
    leave: str


@dataclass(frozen=True, slots=True)
class Voice:
    """How one side writes: a beginning and an end, for warm and for cool days."""

    item: str
    warm: tuple[Line, Line]
    cool: tuple[Line, Line]


CUSTOMERS = Voice(
    item="story",
    warm=(
        (
            "The woman at the counter asked how my week had been and waited for the answer.",
            "Somebody walked me to the right door, although it was not their job.",
            "They remembered what we had talked about the last time.",
            "I came in cross and went out laughing.",
            "My order was wrong, and it was put right before I had finished explaining.",
            "He noticed my mother was tired and fetched a chair.",
            "They rang me back when they said they would.",
            "I was told honestly that it would take an hour, and why.",
        ),
        (
            "I will not forget that.",
            "It was a small thing, but nobody had to do it.",
            "I have told my neighbours.",
            "That is why I keep coming.",
            "Please thank them.",
            "It made a long day short.",
        ),
    ),
    cool=(
        (
            "I stood there for ten minutes and nobody looked up.",
            "I was sent from one desk to the next and told my story three times.",
            "They were polite, but I could have been a parcel.",
            "Nobody could tell me when it would be ready.",
            "The screen got more attention than I did.",
            "I was promised a call that never came.",
        ),
        (
            "I left without what I came for.",
            "I do not blame the people, they looked worn out.",
            "A word would have been enough.",
            "Next time I will try somewhere else.",
            "It would have taken so little.",
        ),
    ),
)
STAFF = Voice(
    item="recommend_work_why",
    warm=(
        (
            "When I got it wrong, nobody made me feel small.",
            "I can ask anything here and get a straight answer.",
            "The rota is out early, so I can plan my life.",
            "We thank each other, and mean it.",
            "Somebody noticed the work that nobody sees.",
            "I was asked before the change, not after it.",
        ),
        (
            "That is worth more than the pay.",
            "I have worked in places where it was not like that.",
            "So I do the same for the new ones.",
            "It makes me want to do it well.",
            "I tell my friends to apply.",
        ),
    ),
    cool=(
        (
            "Decisions come down and nobody says why.",
            "Some of us get the good shifts every time.",
            "We said it last year and heard nothing.",
            "There is never enough time to look after people properly.",
            "On the late shift there is nobody to ask.",
            "I hear what went wrong, never what went well.",
        ),
        (
            "I like the work, but not how we are treated.",
            "It wears you out.",
            "A reason would help, even a bad one.",
            "Then you stop offering.",
            "People notice, and so do the customers.",
        ),
    ),
)


def write_words(sheet: Sheet, voice: Voice, rng: np.random.Generator) -> Mapping[int, Words]:
    """Return who of a sheet writes, by row, and what; the same for the same generator."""
    writers = np.flatnonzero(rng.random(len(sheet.teams)) < SHARE_WHO_WRITE)
    return {int(row): _write(sheet.answers[row], voice, rng) for row in writers}


def _write(answers: npt.NDArray[np.int64], voice: Voice, rng: np.random.Generator) -> Words:
    given = answers[(answers != NO_ANSWER) & (answers <= 5)]
    beginnings, ends = voice.warm if given.size and given.mean() >= WARM_FROM else voice.cool
    leave = LEAVES[int(rng.choice(len(LEAVES), p=LEAVE_SHARES))]
    return Words(voice.item, f"{_pick(beginnings, rng)} {_pick(ends, rng)}", str(leave))


def _pick(lines: Sequence[str], rng: np.random.Generator) -> str:
    return lines[int(rng.integers(len(lines)))]

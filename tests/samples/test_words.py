"""What the demo's people write."""

import numpy as np
import pytest

from survey.questionnaires.models import PlaybackLeave
from survey.samples.simulation import NO_ANSWER, Sheet
from survey.samples.words import CUSTOMERS, SHARE_WHO_WRITE, STAFF, Voice, write_words


def sheet(value: int, n: int = 2000) -> Sheet:
    return Sheet(np.zeros(n, dtype=int), ("a", "b"), np.full((n, 2), value))


class TestWriteWords:
    def test_lets_a_few_people_write(self) -> None:
        words = write_words(sheet(5), CUSTOMERS, np.random.default_rng(1))

        assert len(words) == pytest.approx(2000 * SHARE_WHO_WRITE, rel=0.3)
        assert {one.item for one in words.values()} == {"story"}
        assert {one.leave for one in words.values()} == set(PlaybackLeave.values)

    def test_writes_the_same_for_the_same_generator(self) -> None:
        first, second = (write_words(sheet(5), STAFF, np.random.default_rng(1)) for _ in range(2))

        assert first == second

    @pytest.mark.parametrize("voice", [CUSTOMERS, STAFF])
    @pytest.mark.parametrize(("value", "is_warm"), [(5, True), (2, False), (NO_ANSWER, False)])
    def test_sounds_as_people_answered(self, voice: Voice, value: int, is_warm: bool) -> None:
        words = write_words(sheet(value), voice, np.random.default_rng(1))

        lines = (voice.warm if is_warm else voice.cool)[0]
        assert all(one.text.startswith(lines) for one in words.values())

"""Findings name the part of a draft that they are about."""

from survey.campaigns.findings import Part, find


class TestFind:
    def test_puts_every_sentence_with_its_part(self) -> None:
        first, second = find(Part.TIMING, ["Too late.", "Too long."])
        assert (first.part, str(first)) == (Part.TIMING, "Too late.")
        assert second.sentence == "Too long."

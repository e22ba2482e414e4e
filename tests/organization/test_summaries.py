"""A difference as it is kept."""

from dataclasses import replace
from datetime import date

from survey.organization import summaries
from survey.organization.differences import Change, RosterDifference
from survey.organization.summaries import list_changes, summarise, without_names

DAY = date(2026, 12, 7)
ANA = Change("Ana", "Bakery", "Mill", DAY, ("leader: no -> yes",))
BEN = Change("Ben", "", "Mill", DAY)
DIFFERENCE = RosterDifference((BEN,), (ANA,), (), (), 7, ("Mill",), (), 8)


class TestSummarise:
    def test_keeps_counts_and_names(self) -> None:
        kept = summarise(DIFFERENCE, day=DAY)

        assert kept["counts"]["moved"] == 1
        assert kept["counts"]["unchanged"] == 7
        assert kept["teams"]["new_teams"] == ["Mill"]
        assert [(one.kind, one.name) for one in list_changes(kept)] == [
            ("moved", "Ana"),
            ("joined", "Ben"),
        ]
        assert list_changes(kept)[0].details == ("leader: no -> yes",)

    def test_keeps_the_first_names_but_sums_up_all(self) -> None:
        many = replace(DIFFERENCE, joined=(BEN,) * (summaries.MOST_LISTED + 5))
        kept = summarise(many, day=DAY)

        assert kept["counts"]["joined"] == summaries.MOST_LISTED + 5
        assert len(kept["people"]["joined"]) == summaries.MOST_LISTED
        last = (*many.joined[:-1], replace(BEN, name="Zoe"))
        assert summarise(replace(many, joined=last), day=DAY)["digest"] != kept["digest"]

    def test_leaves_no_name_behind(self) -> None:
        kept = without_names(summarise(DIFFERENCE, day=DAY))

        assert "Ana" not in str(kept)
        assert kept["counts"]["joined"] == 1
        assert list_changes(kept) == []

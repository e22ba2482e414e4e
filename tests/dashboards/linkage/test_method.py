"""How the numbers were made, in words that travel with every file."""

from collections.abc import Callable

from survey.accounts.models import User
from survey.campaigns.models import Pairing
from survey.dashboards.linkage.method import write_notes
from survey.linkage.printed import PrintedUnit
from tests.dashboards.linkage.test_findings import CAUSAL_WORDS
from tests.dashboards.linkage.test_pages import build
from tests.dashboards.studies import make_study

pytest_plugins = ["tests.dashboards.company"]


class TestWriteNotes:
    def test_says_what_was_compared_how_and_from_which_releases(
        self, alice: User, both_sides: Pairing, branch_figures: Callable[..., list[PrintedUnit]]
    ) -> None:
        make_study(both_sides, both_sides.ex.scope, 0.4)

        notes = dict(write_notes(build(alice)))

        assert (notes["Comparison"], notes["Period"]) == ("Both sides", "Q3 2026")
        assert notes["Part of the organisation"] == "The Company"
        assert (notes["Teams compared"], notes["Pairs tested together"]) == (40, 1)
        assert (notes["Seed of all draws"], notes["Checksum of the releases"]) == (1, "0" * 64)
        assert not CAUSAL_WORDS.search(str(notes["Method"]))

"""How the numbers were made, in words."""

from survey.campaigns.models import Pairing
from survey.dashboards.cascade.chains import read_chains
from survey.dashboards.cascade.method import write_notes
from tests.cast import Organisation
from tests.dashboards.cascades import make_cascade

pytest_plugins = ["tests.dashboards.company"]


class TestWriteNotes:
    def test_says_what_was_compared_and_from_which_releases(
        self, organisation: Organisation, both_sides: Pairing
    ) -> None:
        study = make_cascade(both_sides, organisation.company, [])

        notes = dict(write_notes(study, read_chains(study)[0], period="Q3 2026"))

        assert notes["Comparison"] == "Both sides"
        assert notes["Rating"] == "Service"
        assert notes["Verdict over all arrows"] == "SUPPORTED"
        assert notes["Checksum of the releases"] == "c" * 64
        assert "A step's interval is worked out from a standard error" in str(notes["Method"])
        assert "needs 20 arrows with figures at both ends, 8 teams" in str(notes["Method"])
        assert "does not show that one causes the other" in str(notes["Method"])

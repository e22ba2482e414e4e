"""The files that take longest, in the order in which `make test` begins with them.

A worker that comes late to a long file lets the other one stand idle at the end of the run. Files
that wait for a product or a browser take turns with those that only compute. Measured in seconds
of a worker, 22 November 2026; every file that takes twelve or more should be here.
"""

LONGEST = (
    "tests/journeys/test_main_job.py",
    "tests/attacks/test_crawler.py",
    "tests/faults/test_storm.py",
    "tests/attacks/test_bad_input.py",
    "tests/journeys/test_builder.py",
    "tests/access/test_matrix.py",
    "tests/journeys/test_open_links.py",
    "tests/followup/test_year.py",
    "tests/journeys/test_scripts.py",
    "tests/campaigns/year/test_year.py",
    "tests/journeys/test_thirty_items.py",
    "tests/samples/management/commands/test_import_counts.py",
    "tests/test_compose.py",
    "tests/samples/test_demo.py",
    "tests/journeys/test_inside_outside.py",
    "tests/samples/test_recovery.py",
    "tests/journeys/test_cascade.py",
    "tests/dashboards/linkage/test_bundle.py",
    "tests/journeys/test_calls.py",
    "tests/attacks/test_collusion.py",
    "tests/journeys/test_colleagues.py",
    "tests/dashboards/cascade/test_bundle.py",
    "tests/attacks/test_log_reader.py",
    "tests/journeys/test_team.py",
    "tests/journeys/test_writing_back.py",
    "tests/journeys/test_every_kind.py",
    "tests/journeys/test_way_back.py",
)


def place_of(nodeid: str) -> int:
    """Return where the file of a test comes in the run; all short files come after."""
    file = nodeid.partition("::")[0]
    return LONGEST.index(file) if file in LONGEST else len(LONGEST)

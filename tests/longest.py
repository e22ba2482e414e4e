"""The files that take longest, in the order in which `make test` begins with them.

A worker that comes late to a long file lets the other one stand idle at the end of the run. Files
that wait for a product or a browser take turns with those that only compute. Measured in seconds
of a worker, 22 November 2026; every file that takes a quarter of a minute should be here.
"""

LONGEST = (
    "tests/journeys/test_main_job.py",
    "tests/attacks/test_bad_input.py",
    "tests/faults/test_storm.py",
    "tests/attacks/test_crawler.py",
    "tests/journeys/test_builder.py",
    "tests/access/test_matrix.py",
    "tests/journeys/test_inside_outside.py",
    "tests/campaigns/year/test_year.py",
    "tests/journeys/test_open_links.py",
    "tests/samples/management/commands/test_import_counts.py",
    "tests/journeys/test_thirty_items.py",
    "tests/samples/test_recovery.py",
    "tests/journeys/test_team.py",
    "tests/samples/test_demo.py",
    "tests/test_compose.py",
    "tests/journeys/test_scripts.py",
    "tests/attacks/test_log_reader.py",
    "tests/dashboards/linkage/test_bundle.py",
    "tests/samples/test_demo_product.py",
    "tests/journeys/test_every_kind.py",
    "tests/journeys/test_plain_pages.py",
    "tests/attacks/test_collusion.py",
    "tests/test_settings.py",
    "tests/journeys/test_letters.py",
    "tests/journeys/test_half_answered.py",
)


def place_of(nodeid: str) -> int:
    """Return where the file of a test comes in the run; all short files come after."""
    file = nodeid.partition("::")[0]
    return LONGEST.index(file) if file in LONGEST else len(LONGEST)

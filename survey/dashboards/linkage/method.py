"""How the numbers of the page were made, in words that travel with every file."""

from survey.dashboards.linkage.pages import LinkagePage
from survey.dashboards.tables import Value

METHOD = (
    "Each row of the comparison is one group of the staff as frozen for a wave, with the customers "
    "of its teams in the same month or quarter. Scores run from 0 to 100 as released; a group with "
    "fewer than five staff or ten customers is left out. r is Pearson's correlation over these "
    "rows, each counted once; its interval is Fisher's, tanh(atanh r +- 1.96 / sqrt(J - 3)). "
    "q is p adjusted over all pairs of scales tested together (Benjamini and Hochberg). The "
    "ceiling is the root of the product of both mean reliabilities. A link between team averages "
    "shows that two things go together; it does not show that one causes the other."
)


def write_notes(page: LinkagePage) -> tuple[tuple[str, Value], ...]:
    """Say what was compared, over how many teams, how, and from which releases."""
    study = page.study
    return (
        ("Comparison", study.pairing.name),
        ("Period", page.period),
        ("Part of the organisation", study.scope.name),
        ("Staff question", page.ex_name),
        ("Customer question", page.cx_name),
        ("Teams compared", page.result.n_teams),
        ("Pairs tested together", study.family_size),
        ("Method", METHOD),
        ("Seed of all draws", study.seed),
        ("Made at", study.computed_at.isoformat(timespec="minutes")),
        ("Checksum of the releases", study.release_checksum),
    )

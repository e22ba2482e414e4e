"""How the numbers of the page were made, in words that travel with every file."""

from survey.dashboards.cascade.chains import Chain
from survey.dashboards.tables import Value
from survey.linkage.models import CascadeStudy

METHOD = (
    "Each arrow is one team that serves another; its rating is what people of the served team say "
    "of that service, from 0 to 100 as released. Where too few rated an arrow alone, those of one "
    "serving team are counted together. A chain has three steps: how the serving team feels and "
    "the ratings it gets; those ratings and how the served team feels (one wave later where there "
    "are several); how that team feels and what its customers say. Each step is Pearson's "
    "correlation; with several waves figures are centred wave by wave. A step's interval is worked "
    "out from a standard error in which arrows and waves that share a team go together, with "
    "Student's t; that of the product of the three has the percentiles of teams drawn again with "
    "all their arrows and waves. A chain is supported only if every step's interval lies above 0; "
    "it needs 20 arrows with figures at both ends, 8 teams at either end of them and 8 teams with "
    "customers. The share of random wirings has who serves whom "
    "mixed up while each team keeps the number of its arrows. A link between team averages shows "
    "that two things go together; it does not show that one causes the other."
)


def write_notes(study: CascadeStudy, whole: Chain, *, period: str) -> tuple[tuple[str, Value], ...]:
    """Say what was compared, over how many arrows, how, and from which releases."""
    return (
        ("Comparison", study.pairing.name),
        ("Period", period),
        ("Part of the organisation", study.scope.name),
        ("Staff question", study.scales["ex"]["name"]),
        ("Customer question", study.scales["cx"]["name"]),
        ("Rating", study.scales["rating"]["name"]),
        ("Arrows", study.n_arrows),
        ("Surveys among colleagues", study.n_waves),
        ("Verdict over all arrows", whole.verdict),
        ("Method", METHOD),
        ("Seed of all draws", study.seed),
        ("Made at", study.computed_at.isoformat(timespec="minutes")),
        ("Checksum of the releases", study.release_checksum),
    )

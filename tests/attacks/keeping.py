"""How much is shown of what everybody would show who knows one rule only: "five or more"."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from survey.aggregation.material import read_tree
from survey.aggregation.models import Figure, Release, Rollup

NAIVE_FROM = 5


@dataclass(frozen=True)
class Kept:
    """Figures (one group's mean on one metric) that the naive rule shows, and those shown too."""

    naive: int
    shown: int

    @property
    def share(self) -> float:
        return self.shown / self.naive

    def __str__(self) -> str:
        return f"{self.shown} of {self.naive} figures ({self.share:.1%})"


def count_kept(releases: Iterable[Release]) -> Kept:
    """Count over some releases; what is shown of fewer people, months later, does not count."""
    naive = shown = 0
    for release in releases:
        wanted = find_naive(release)
        found = set(Figure.objects.filter(release=release).values_list("group__code", "metric"))
        naive += len(wanted)
        shown += len(wanted & found)
    return Kept(naive, shown)


def find_naive(release: Release) -> set[tuple[str, str]]:
    """Return the groups and metrics that at least five people answered, in the release's month."""
    tree = read_tree(release.wave).tree
    rollups = Rollup.objects.filter(wave=release.wave)
    if release.month_start is not None:
        month = release.month_start
        rollups = rollups.filter(
            cell__sealed_date__year=month.year, cell__sealed_date__month=month.month
        )
    people = Counter[tuple[str, str]]()
    for code, metric, n in rollups.values_list("group__code", "metric", "n"):
        people.update({(above, metric): n for above in tree.path(code)})
    return {key for key, n in people.items() if n >= NAIVE_FROM}

"""Count stored answers into rollups, or again, to check them."""

from django.db.models import QuerySet

from survey.aggregation import due
from survey.aggregation.counting import Place, summarise
from survey.aggregation.material import read_metrics
from survey.aggregation.metrics import Metric, list_item_codes
from survey.aggregation.models import Rollup
from survey.aggregation.scores import read_values
from survey.aggregation.summaries import Summary, pack_products
from survey.campaigns.models import Wave
from survey.campaigns.selectors import content_of
from survey.responses.models import Response

BATCH = 1_000


def roll_up(wave: Wave) -> int:
    """Count the stored answers of a wave that are not counted yet; return the rows written."""
    rows = count_responses(wave, due.uncounted_responses(wave))
    Rollup.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    return len(rows)


def count_responses(wave: Wave, responses: QuerySet[Response]) -> list[Rollup]:
    """Return the rollups of some responses of a wave, not saved: one per place and metric."""
    families = read_metrics(wave)
    content = content_of(wave=wave)
    values = read_values(responses, list_item_codes(families))
    return [_rollup(wave, *counted) for counted in summarise(values, content, families)]


def _rollup(wave: Wave, place: Place, metric: Metric, summary: Summary) -> Rollup:
    items = summary.items
    return Rollup(
        wave=wave,
        group_id=place.group_id,
        cell_id=place.cell_id,
        family=metric.family,
        metric=metric.code,
        n=summary.moments.n,
        total=summary.moments.total,
        sum_squares=summary.moments.sum_squares,
        n_favourable=int(summary.n_favourable),
        option_counts=dict(summary.option_counts),
        n_complete=items.n if items else 0,
        item_totals=items.totals.tolist() if items else [],
        cross_products=pack_products(items.cross_products) if items else [],
    )

"""What the release tables of a wave tell colluding leaders, beside what everybody truly said."""

import csv
from collections.abc import Mapping
from io import StringIO

import numpy as np
import pandas as pd
from django.test import Client

from survey.aggregation.cells import CountedCell, join_cells, month_of
from survey.aggregation.material import read_metrics, read_tree
from survey.aggregation.metrics import Metric, list_item_codes
from survey.aggregation.models import Figure, Release, Rollup
from survey.aggregation.printing import PrintedFigure
from survey.aggregation.scores import read_values, score_items
from survey.campaigns.models import Campaign, Wave
from survey.campaigns.selectors import content_of
from survey.responses.models import Response
from tests.attacks.collusion import Table, part_by_items, read_figures
from tests.attacks.unknowns import Marks, Told

NUMBERS = ("n", "mean", "se", "low", "high", "favourable", "detail")


def read_tables(wave: Wave) -> list[Table]:
    """Return everything that the releases of a wave tell, put on leaders' tables."""
    said = read_said(wave)
    told = [one for release in wave.releases.all() for one in read_told(release, said)]
    return [Table(said, part) for part in part_by_items(told)]


def read_said(wave: Wave) -> pd.DataFrame:
    """Return the scores of everybody's answers, with the code of their group ("at") and cell."""
    codes = {pk: code for code, pk in read_tree(wave).ids.items()}
    items = list_item_codes(read_metrics(wave))
    values = read_values(Response.objects.filter(wave=wave), items)
    scored = score_items(values, content_of(wave=wave))
    return scored.assign(at=values["group_id"].map(codes), cell=values["cell_id"])


def read_told(release: Release, said: pd.DataFrame) -> list[Told]:
    """Return every figure of groups that a release holds, each with the people it is of.

    Those of cuts stay aside: once a wave is sealed nobody can say who is in one, nor can this.
    """
    metrics = {one.code: one for family in read_metrics(release.wave).values() for one in family}
    rows = Figure.objects.filter(release=release).values_list("group__code", "metric", *NUMBERS)
    figures = {(code, metric): PrintedFigure(*numbers) for code, metric, *numbers in rows}
    tree = read_tree(release.wave).tree
    told = read_figures(tree, said["at"].tolist(), figures, metrics)
    if release.month_start is None:
        return told
    inside = {code: _in_month(release, one, said) for code, one in _firsts(release).items()}
    return [Told(one.metric, one.where & inside[one.metric.family], one.figure) for one in told]


def _firsts(release: Release) -> Mapping[str, Metric]:
    return {family: one[0] for family, one in read_metrics(release.wave).items()}


def _in_month(release: Release, metric: Metric, said: pd.DataFrame) -> Marks:
    """Say who is in the joined cells that a family completed in a release's month."""
    assert release.month_start is not None
    rows = Rollup.objects.filter(wave=release.wave, metric=metric.code).values_list(
        "cell_id", "group_id", "cell__number", "cell__sealed_date", "n"
    )
    cells = [CountedCell(*row) for row in rows if month_of(row[3]) <= release.month_start]
    joined = join_cells(cells, k=release.wave.threshold).get(release.month_start, frozenset())
    return np.asarray(said["cell"].isin({one.cell_id for one in joined}))


def list_exported(client: Client) -> list[tuple[str, str, int, float, int | None]]:
    """Return what the files of all figures say: group, measure, people, mean and favourable."""
    found = []
    for code in Campaign.objects.values_list("code", flat=True):
        reply = client.get(f"/dashboards/figures/?campaign={code}&format=csv")
        if reply["Content-Type"].startswith("text/csv"):
            text = b"".join(reply.streaming_content).decode()
            found += [_read_row(row) for row in csv.DictReader(StringIO(text)) if row["n"]]
    return found


def _read_row(row: Mapping[str, str]) -> tuple[str, str, int, float, int | None]:
    favourable = int(float(row["favourable"])) if row["favourable"] else None
    return row["group_code"], row["metric"], int(row["n"]), float(row["mean"]), favourable

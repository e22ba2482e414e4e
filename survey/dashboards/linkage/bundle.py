"""Everything that is needed to compute the page's numbers again, in one file."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.http import HttpResponse

from survey.dashboards.access import Reader
from survey.dashboards.linkage.method import write_notes
from survey.dashboards.linkage.pages import LinkagePage
from survey.dashboards.tables import write_frame
from survey.dashboards.trees import read_tree
from survey.linkage.material import Material, read_material

SCRIPT = Path(__file__).with_name("recompute.py")
NAME = "inside-and-outside.zip"
ABOUT = (
    "units.csv holds the released figures of the period: one row per unit, a column per scale\n"
    "(ex: staff, cx: customers) and one for how many people answered. Where a period has several\n"
    "releases of customers, they are added up, weighted by people. history.csv holds the two\n"
    "scales of the page over all periods so far. page.json holds what the page shows.\n\n"
    "python recompute.py (with pandas, numpy and scipy) computes it again and compares. It takes\n"
    "the mean reliabilities as given: they come from how people inside a team differ, which no\n"
    "file may hold. The band around the lags and both arrows of the order are not computed anew.\n"
)


def respond_with_bundle(page: LinkagePage, *, reader: Reader) -> HttpResponse:
    """Answer with the bundle as a file to keep."""
    material = read_material(
        study=page.study,
        ex_scale=page.result.ex_scale,
        cx_scale=page.result.cx_scale,
        opens=reader.opens,
    )
    return HttpResponse(
        write_bundle(page, material),
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{NAME}"'},
    )


def write_bundle(page: LinkagePage, material: Material) -> bytes:
    """Zip both tables, what the page shows of them, how it was made, and the script."""
    out = BytesIO()
    names = read_tree().names
    units = material.units.assign(branch=material.units["branch"].map(names).fillna(""))
    notes = "\n".join(f"{what}: {value}" for what, value in write_notes(page))
    with ZipFile(out, "w", ZIP_DEFLATED) as bundle:
        bundle.writestr("README.txt", f"{notes}\n\n{ABOUT}")
        bundle.writestr("units.csv", write_frame(units))
        bundle.writestr("history.csv", write_frame(material.history))
        bundle.writestr("page.json", json.dumps(_describe(page), indent=1))
        bundle.writestr("recompute.py", SCRIPT.read_text(encoding="utf-8"))
    return out.getvalue()


def _describe(page: LinkagePage) -> dict[str, Any]:
    """Return what the page shows, and the pairs that were tested together with it."""
    pairs = page.study.results.order_by("pk").values_list("ex_scale", "cx_scale")
    shown = page.result.numbers if page.finding.has_coefficient else {}
    return {
        "ex_scale": page.result.ex_scale,
        "cx_scale": page.result.cx_scale,
        "seed": page.study.seed,
        "release_checksum": page.study.release_checksum,
        "pairs": [list(pair) for pair in pairs],
        "n_teams": page.result.n_teams,
        "shown": shown,
    }

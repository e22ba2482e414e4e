"""Everything that is needed to compute the chains of the page again, in one file."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import override

from survey.dashboards.access import Reader
from survey.dashboards.cascade.method import write_notes
from survey.dashboards.cascade.pages import CascadePage
from survey.dashboards.tables import write_frame
from survey.linkage.cascade_again import Again, read_again
from survey.linkage.models import CascadeStudy

SCRIPT = Path(__file__).with_name("recompute.py")
NAME = "from-team-to-team.zip"
ABOUT = (
    "edges.csv holds the released ratings: one row per arrow and wave, who served and who was\n"
    "served by the codes of their teams. Figures that several arrows share are no arrow's own and\n"
    "stay out. units.csv holds the released figures of staff (ex) and customers (cx): one row per\n"
    "team and wave; teams whose small groups are counted together stand together. page.json holds\n"
    "what the page shows.\n\n"
    "python recompute.py (with pandas, numpy and scipy) computes the three steps of every chain\n"
    "with their intervals and the whole chain again, and compares. The interval of the whole\n"
    "chain and the share of random wirings come from draws and are not computed anew.\n"
)


def respond_with_bundle(page: CascadePage, *, reader: Reader) -> HttpResponse:
    """Answer with the bundle as a file to keep."""
    again = read_again(study=page.study, opens=reader.opens)
    return HttpResponse(
        write_bundle(page, again),
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{NAME}"'},
    )


def write_bundle(page: CascadePage, again: Again) -> bytes:
    """Zip both tables, what the page shows of them, how it was made, and the script."""
    out = BytesIO()
    with override(settings.LANGUAGE_CODE):
        notes = write_notes(page.study, page.whole, period=page.period)
    told = "\n".join(f"{what}: {value}" for what, value in notes)
    with ZipFile(out, "w", ZIP_DEFLATED) as bundle:
        bundle.writestr("README.txt", f"{told}\n\n{ABOUT}")
        bundle.writestr("edges.csv", write_frame(again.edges))
        bundle.writestr("units.csv", write_frame(again.units))
        bundle.writestr("page.json", json.dumps(_describe(page.study, again), indent=1))
        bundle.writestr("recompute.py", SCRIPT.read_text(encoding="utf-8"))
    return out.getvalue()


def _describe(study: CascadeStudy, again: Again) -> dict[str, Any]:
    """Return what the page shows of the chains."""
    return {
        "period": study.period_start.isoformat(),
        "scales": study.scales,
        "seed": study.seed,
        "release_checksum": study.release_checksum,
        "is_current": again.is_current,
        "is_complete": again.is_complete,
        "chains": study.chains,
    }

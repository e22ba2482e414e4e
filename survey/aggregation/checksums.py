"""What a release says, as one number that changes with every change."""

import hashlib
import json
from collections.abc import Iterable

from survey.aggregation.models import CutFigure, Figure, Release


def compute_checksum(
    release: Release,
    figures: Iterable[tuple[str, Figure]],
    cut_figures: Iterable[CutFigure] = (),
) -> str:
    """Return the SHA-256 of a release with its figures (each with its group's code).

    It is taken over JSON with sorted keys and figures, so that anyone can compute it again. Cuts
    are part of it where any were declared.
    """
    said: dict[str, object] = {
        "wave": str(release.wave.key),
        "month": release.month_start.isoformat() if release.month_start else None,
        "scales": release.scales,
        "n_hidden": release.n_hidden,
        "figures": sorted(_read(code, figure) for code, figure in figures),
    }
    if release.cuts:
        said["cuts"] = release.cuts
        said["cut_figures"] = sorted(_read_cut(figure) for figure in cut_figures)
    canonical = json.dumps(said, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _read(code: str, figure: Figure) -> list[object]:
    numbers = [figure.n, figure.mean, figure.se, figure.low, figure.high, figure.favourable]
    return [code, figure.metric, *numbers, figure.detail]


def _read_cut(figure: CutFigure) -> list[object]:
    numbers = [figure.n, figure.mean, figure.se, figure.low, figure.high]
    return [figure.cut, figure.metric, figure.place, figure.levels, *numbers]

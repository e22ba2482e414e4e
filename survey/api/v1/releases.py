"""GET /api/v1/releases/?campaign=CODE: the figures that a wave released, as printed."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from survey.aggregation.models import Release
from survey.aggregation.selectors import current_releases, released_cut_figures, released_rows
from survey.api.permissions import SeesEverything
from survey.campaigns.models import Campaign

FIGURE = ("group_code", "metric", "n", "mean", "se", "low", "high", "favourable", "detail")
CUT_FIGURE = ("levels", "metric", "n", "mean", "se", "low", "high")


class QuestionSerializer(serializers.Serializer[Any]):
    """Which campaign is asked about, and which of its waves; without one, the last released."""

    campaign = serializers.CharField(max_length=80)
    wave = serializers.IntegerField(min_value=1, required=False)


class ReleasesView(APIView):
    """Hands out the releases of one wave that count: never a superseded one, nothing finer."""

    permission_classes = [IsAuthenticated, SeesEverything]

    def get(self, request: Request) -> Response:
        """Return every release of one wave: one, or one of each month for customers."""
        question = QuestionSerializer(data=request.query_params)
        question.is_valid(raise_exception=True)
        asked = question.validated_data
        found = find_releases(asked["campaign"], asked.get("wave"))
        return Response({"campaign": asked["campaign"], "releases": describe(found)})


def find_releases(code: str, number: int | None) -> list[Release]:
    """Return the current releases of a wave of a campaign, oldest first."""
    campaign = Campaign.objects.filter(code=code).first()
    if campaign is None:
        raise NotFound({"campaign": [f'There is no campaign "{code}".']})
    releases = list(current_releases(campaigns=[campaign]))
    last = max((one.wave.number for one in releases), default=None)
    wanted = last if number is None else number
    found = [one for one in releases if one.wave.number == wanted]
    if not found and number is not None:
        raise NotFound({"wave": [f"Nothing has been released of wave {number}."]})
    return found


def describe(releases: list[Release]) -> list[dict[str, Any]]:
    """Return releases of one wave with all figures and cuts that they show."""
    figures: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    waves = {one.wave_id for one in releases}
    for month, *said in released_rows(wave_ids=waves, columns=("month_start", *FIGURE)):
        figures[month].append(dict(zip(FIGURE, said, strict=True)))
    return [
        {
            "wave": one.wave.number,
            "month": one.month_start,
            "made_at": one.made_at,
            "checksum": one.checksum,
            "threshold": one.wave.threshold,
            "n_hidden": one.n_hidden,
            "figures": sorted(figures[one.month_start], key=_place),
            "cuts": list(_list_cuts(one)),
        }
        for one in releases
    ]


def _place(figure: dict[str, Any]) -> tuple[str, str]:
    return figure["group_code"], figure["metric"]


def _list_cuts(release: Release) -> Iterator[dict[str, Any]]:
    """Yield each declared cut with its figures of everybody, and why it leaves measures out."""
    if not release.cuts:
        return
    rows = list(released_cut_figures(release=release).values("cut", *CUT_FIGURE))
    for cut in release.cuts:
        own = [
            {name: row[name] for name in CUT_FIGURE} for row in rows if row["cut"] == cut["code"]
        ]
        yield {**cut, "figures": own}

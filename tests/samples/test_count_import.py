"""Published counts through the whole pipeline."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from django.db import models, transaction
from pytest_django.plugin import DjangoDbBlocker

from survey.aggregation.models import Figure
from survey.campaigns.models import Campaign, Credential, Invitation, Pairing, Wave
from survey.linkage.models import Study
from survey.linkage.selectors import linkage_document
from survey.organization.models import Person, Team
from survey.questionnaires.models import Scale
from survey.responses.models import Intake, Response
from survey.samples import count_import
from survey.samples.count_files import read_counts
from survey.samples.count_import import ImportRefusedError, ImportReport, import_counts
from survey.samples.progress import Silence
from tests.samples.counts_files import COUNTS, ITEMS, UNITS, source

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
STORED: tuple[type[models.Model], ...] = (Team, Campaign, Wave, Response, Figure, Study, Scale)


class Undo(Exception):  # noqa: N818
    """Takes back what was brought in."""


def bring_in(
    now: datetime,
    *,
    items: str = ITEMS,
    counts: str = COUNTS,
    pairing: str = "town",
    cx_audience: str = "parent",
) -> ImportReport:
    return import_counts(
        published=read_counts(
            units=source("units.csv", UNITS),
            items=source("items.csv", items),
            counts=source("counts.csv", counts),
        ),
        pairing=pairing,
        ex_audience="teacher",
        cx_audience=cx_audience,
        now=now,
        progress=Silence(),
    )


def stored_rows() -> dict[str, list[tuple[object, ...]]]:
    return {model.__name__: list(model.objects.order_by("pk").values_list()) for model in STORED}


def answers_of(group: str) -> list[dict[str, int]]:
    rows = Response.objects.filter(group__code=group).values_list("answers", flat=True)
    return sorted((row["answers"] for row in rows), key=str)


@pytest.fixture(scope="class")
def report(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[ImportReport]:
    """One import for all tests of a class, which only look at it."""
    with django_db_blocker.unblock(), suppress(Undo), transaction.atomic():
        yield bring_in(NOW)
        raise Undo


@pytest.mark.usefixtures("report")
class TestImportedCounts:
    def test_makes_a_tree_named_after_the_pairing(self) -> None:
        parents = dict(Team.objects.values_list("code", "parent__code"))
        assert parents == {
            "town": None,
            "town-North": "town",
            "town-South": "town",
            "town-S1": "town-North",
            "town-S2": "town-North",
            "town-S3": "town-South",
            "town-S4": "town-South",
        }

    def test_counts_as_many_people_as_the_largest_item_has(self, report: ImportReport) -> None:
        assert report == ImportReport(is_new=True, n_units=4, n_ex=19, n_cx=35)

    def test_builds_people_in_file_order(self) -> None:
        assert answers_of("town-S1")[-7:] == sorted(
            [
                *({"teacher_q1": 1, "teacher_q2": 2},) * 3,
                *({"teacher_q1": 2, "teacher_q2": 1},) * 3,
                {"teacher_q1": 4},
            ],
            key=str,
        )

    def test_asks_nobody_and_keeps_no_box(self) -> None:
        for model in (Person, Invitation, Credential, Intake):
            assert not model._default_manager.exists()
        assert set(Wave.objects.values_list("channel", flat=True)) == {"IMPORT"}
        assert not Wave.objects.filter(sealed_at=None).exists()
        assert not Wave.objects.filter(keys_destroyed_at=None).exists()

    def test_keeps_the_codes_of_both_audiences_apart_and_recognisable(self) -> None:
        scales = {
            scale.code: (scale.minimum, scale.maximum, scale.favourable_from)
            for scale in Scale.objects.all()
        }
        assert scales == {
            "teacher_respect": (0.0, 10.0, 7.5),
            "parent_respect": (0.0, 10.0, 7.5),
        }

    def test_releases_means_with_do_not_know_as_missing(self) -> None:
        figure = Figure.objects.get(group__code="town-S1", metric="teacher_respect")
        assert (figure.n, figure.mean) == (6, 62.5)  # 5 and 7.5 of 10; who can't say is left out

    def test_stores_a_study_that_says_what_counts_cannot_tell(self) -> None:
        document = linkage_document(pairing=Pairing.objects.get(code="town"))
        (pair,) = document["pairs"]
        assert (pair["ex_scale"], pair["cx_scale"]) == ("teacher_respect", "parent_respect")
        assert pair["n_teams"] == 3
        assert "not known from counts" in pair["reason"] + " ".join(pair["verdict"]["caveats"])


class TestImportCounts:
    def test_changes_nothing_a_second_time(self, now: datetime) -> None:
        bring_in(now)
        before = stored_rows()

        assert bring_in(now).is_new is False
        assert stored_rows() == before

    def test_refuses_other_counts_under_the_same_name(self, now: datetime) -> None:
        bring_in(now)
        before = stored_rows()

        with pytest.raises(ImportRefusedError, match="not made from these files"):
            bring_in(now, counts=COUNTS.replace("S3,parent,q1,1,11", "S3,parent,q1,1,12"))
        assert stored_rows() == before

    def test_refuses_the_same_counts_with_other_audiences(self, now: datetime) -> None:
        pupils = ITEMS + "pupil,respect,q1,1,10\npupil,respect,q1,2,0\n"
        counts = COUNTS + "S1,pupil,q1,1,5\n"
        bring_in(now, items=pupils, counts=counts)

        with pytest.raises(ImportRefusedError, match="not made from these files"):
            bring_in(now, items=pupils, counts=counts, cx_audience="pupil")

    def test_refuses_a_name_that_a_team_has(self, now: datetime) -> None:
        Team.objects.create(code="town", name="Town")

        with pytest.raises(ImportRefusedError, match="taken"):
            bring_in(now)
        assert not Scale.objects.exists()

    def test_refuses_an_audience_nobody_of_which_answered(self, now: datetime) -> None:
        with pytest.raises(ImportRefusedError, match="pupil"):
            bring_in(now, cx_audience="pupil")
        assert not Team.objects.exists()

    def test_imports_nothing_when_it_breaks_half_way(
        self, now: datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(count_import, "create_pairing", explode)

        with pytest.raises(ZeroDivisionError):
            bring_in(now)
        assert all(not rows for rows in stored_rows().values())

    def test_does_the_rest_after_an_interruption(
        self, now: datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as broken:
            broken.setattr(count_import, "finish_wave", explode)
            with pytest.raises(ZeroDivisionError):
                bring_in(now)
        assert not Study.objects.exists()

        assert bring_in(now).is_new is False
        assert Study.objects.exists()
        assert Response.objects.count() == 19 + 35

    def test_shares_scales_between_imports_that_score_alike(self, now: datetime) -> None:
        bring_in(now)
        bring_in(now, pairing="town2")

        assert Scale.objects.count() == 2

    def test_gives_another_code_to_what_is_scored_otherwise(self, now: datetime) -> None:
        bring_in(now)
        bring_in(
            now,
            pairing="town2",
            items=ITEMS.replace("parent,respect,q1,1,10", "parent,respect,q1,1,4"),
        )

        pairing = Pairing.objects.get(code="town2")
        (pair,) = linkage_document(pairing=pairing)["pairs"]
        assert (pair["ex_scale"], pair["cx_scale"]) == ("teacher_respect", "parent_2_respect")


def explode(**ignored: object) -> None:
    raise ZeroDivisionError

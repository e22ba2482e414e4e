"""Cascades: from which releases they are made, which parts have one, and when made anew."""

from datetime import UTC, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from survey.aggregation.models import Release
from survey.campaigns.models import Wave
from survey.linkage.cascade import update_cascades
from survey.linkage.models import CascadeStudy
from survey.linkage.services import update_due_studies
from tests.factories.cascade import (
    QUARTERS,
    chain_of,
    make_colleagues,
    release_customers,
    release_quarters,
    release_ratings,
    release_staff,
)
from tests.factories.linkage import make_company

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 7, 2, tzinfo=UTC)


def scopes() -> list[str]:
    return sorted(CascadeStudy.objects.values_list("scope__code", flat=True))


class TestUpdateCascades:
    def test_finds_a_chain_in_what_was_released(self) -> None:
        colleagues = make_colleagues()
        release_quarters(colleagues, 3)

        assert update_cascades(pairing=colleagues.pairing, now=NOW) == 3

        study = CascadeStudy.objects.get(scope__code="company", period_start=QUARTERS[2])
        whole = chain_of(study)
        assert whole["verdict"] == "SUPPORTED"
        assert (whole["n_arrows"], whole["n_teams"], whole["n_waves"]) == (40, 20, 3)
        assert [link["verdict"] for link in whole["links"]] == ["SUPPORTED"] * 3
        assert (study.n_arrows, study.n_waves, study.seed) == (40, 3, 1)
        assert study.computed_at == NOW

    def test_looks_back_never_forward(self) -> None:
        colleagues = make_colleagues()
        release_quarters(colleagues, 3)

        update_cascades(pairing=colleagues.pairing, now=NOW)

        early = CascadeStudy.objects.get(scope__code="company", period_start=QUARTERS[0])
        assert chain_of(early)["n_waves"] == 1
        assert "No survey of staff has followed yet" in chain_of(early)["reason"]
        late = CascadeStudy.objects.get(scope__code="company", period_start=QUARTERS[2])
        assert chain_of(late)["reason"] == ""

    def test_cuts_out_the_parts_in_which_enough_arrows_end(self) -> None:
        colleagues = make_colleagues(20)
        release_quarters(colleagues, 1)

        update_cascades(pairing=colleagues.pairing, now=NOW)

        assert scopes() == ["company", "north", "south"]
        north = CascadeStudy.objects.get(scope__code="north")
        assert north.n_arrows == 20

    def test_leaves_parts_with_fewer_arrows_out(self) -> None:
        colleagues = make_colleagues(18)
        release_quarters(colleagues, 1)

        update_cascades(pairing=colleagues.pairing, now=NOW)

        assert scopes() == ["company"]

    def test_computes_nothing_twice(
        self, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        colleagues = make_colleagues()
        release_quarters(colleagues, 2)
        update_cascades(pairing=colleagues.pairing, now=NOW)
        before = set(CascadeStudy.objects.values_list("pk", flat=True))

        with django_assert_max_num_queries(3):
            assert update_cascades(pairing=colleagues.pairing, now=NOW) == 0

        assert set(CascadeStudy.objects.values_list("pk", flat=True)) == before

    def test_computes_anew_what_comes_after_another_release(self) -> None:
        colleagues = make_colleagues()
        release_quarters(colleagues, 3)
        update_cascades(pairing=colleagues.pairing, now=NOW)
        release = Release.objects.filter(wave__campaign=colleagues.campaign).order_by("pk")[1]

        Release.objects.filter(pk=release.pk).update(checksum="1" * 64)

        assert update_cascades(pairing=colleagues.pairing, now=NOW) == 2
        assert CascadeStudy.objects.filter(scope__code="company").count() == 3

    def test_goes_on_where_an_interrupted_run_was(self) -> None:
        colleagues = make_colleagues()
        release_quarters(colleagues, 1)
        update_cascades(pairing=colleagues.pairing, now=NOW)
        kept = CascadeStudy.objects.get(scope__code="north").pk
        CascadeStudy.objects.exclude(pk=kept).delete()

        update_cascades(pairing=colleagues.pairing, now=NOW)

        assert scopes() == ["company", "north", "south"]
        assert CascadeStudy.objects.get(scope__code="north").pk == kept

    def test_forgets_what_a_withdrawn_wave_had_shown(self) -> None:
        colleagues = make_colleagues()
        release_quarters(colleagues, 1)
        update_cascades(pairing=colleagues.pairing, now=NOW)

        Wave.objects.filter(campaign=colleagues.campaign).update(
            sealed_at=None, withdrawn_at=NOW, withdrawn_reason="by mistake"
        )
        update_cascades(pairing=colleagues.pairing, now=NOW)

        assert not CascadeStudy.objects.exists()

    def test_forgets_all_once_the_pairing_has_no_colleagues(self) -> None:
        colleagues = make_colleagues()
        release_quarters(colleagues, 1)
        update_cascades(pairing=colleagues.pairing, now=NOW)
        colleagues.pairing.colleague = None
        colleagues.pairing.save()

        update_due_studies(now=NOW)

        assert not CascadeStudy.objects.exists()

    def test_shows_ratings_before_anybody_else_was_asked(self) -> None:
        colleagues = make_colleagues()
        release_ratings(colleagues, QUARTERS[0], dict.fromkeys(colleagues.arrows, 60.0))

        assert update_cascades(pairing=colleagues.pairing, now=NOW) == 1

        study = CascadeStudy.objects.get()
        assert chain_of(study)["verdict"] == "TOO_FEW"
        assert {link["verdict"] for link in chain_of(study)["links"]} == {"NOT_SHOWN"}
        assert all(arrow["is_shown"] for arrow in study.arrows)

    def test_takes_the_later_of_two_waves_in_a_quarter(self) -> None:
        colleagues = make_colleagues()
        for score in (50.0, 70.0):
            release_ratings(colleagues, QUARTERS[0], dict.fromkeys(colleagues.arrows, score))

        update_cascades(pairing=colleagues.pairing, now=NOW)

        assert {arrow["mean"] for arrow in CascadeStudy.objects.get().arrows} == {70.0}

    def test_asks_the_database_as_often_for_many_arrows_as_for_few(
        self, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        colleagues = make_colleagues(18, n_each=6)
        release_quarters(colleagues, 1)

        with django_assert_max_num_queries(50):
            update_cascades(pairing=colleagues.pairing, now=NOW)


class TestUpdateDueStudies:
    def test_brings_cascades_along(self) -> None:
        colleagues = make_colleagues()
        release_quarters(colleagues, 1)

        update_due_studies(now=NOW)

        assert CascadeStudy.objects.filter(scope__code="company").count() == 1

    def test_makes_none_without_colleagues(self) -> None:
        make_company(3)

        update_due_studies(now=NOW)

        assert not CascadeStudy.objects.exists()

    def test_makes_none_of_employees_and_customers_alone(self) -> None:
        colleagues = make_colleagues()
        teams = dict.fromkeys(colleagues.company.teams, 60.0)
        release_staff(colleagues, QUARTERS[0], teams)
        release_customers(colleagues, QUARTERS[0], teams)

        update_due_studies(now=NOW)

        assert not CascadeStudy.objects.exists()

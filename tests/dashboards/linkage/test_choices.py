"""The filters of a page."""

from collections.abc import Mapping
from datetime import date

import pytest
from django.db.models import QuerySet

from survey.campaigns.models import Pairing
from survey.dashboards.filters import Filter, UnknownChoiceError
from survey.dashboards.linkage.choices import (
    FIXED_LAG,
    Chosen,
    choose_lag,
    choose_result,
    choose_study,
)
from survey.dashboards.trees import TeamTree
from survey.linkage.models import Study
from survey.linkage.selectors import shown_studies
from survey.organization.models import Team
from tests.cast import Organisation
from tests.dashboards.studies import NAMES, SPRING, SUMMER, make_study

pytest_plugins = ["tests.dashboards.company"]

PAIRS = (("fairness", "treatment"), ("passion", "treatment"))


@pytest.fixture
def studies(both_sides: Pairing, organisation: Organisation) -> QuerySet[Study]:
    make_study(both_sides, organisation.food, 0.3)
    make_study(both_sides, organisation.company, 0.4)
    make_study(both_sides, organisation.company, 0.2, period_start=SPRING)
    return shown_studies()


@pytest.fixture
def tree(organisation: Organisation) -> TeamTree:
    teams = list(Team.objects.all())
    return TeamTree({t.pk: t.name for t in teams}, {t.pk: t.parent_id for t in teams})


def labels(filters: tuple[Filter, ...], name: str) -> list[str]:
    return [option.label for one in filters if one.name == name for option in one.options]


def filters_of(studies: QuerySet[Study], tree: TeamTree) -> tuple[Filter, ...]:
    picked = choose_study(studies, wanted={}, tree=tree)
    assert picked is not None
    return picked.filters


class TestChooseStudy:
    def choose(
        self, studies: QuerySet[Study], tree: TeamTree, **wanted: str
    ) -> tuple[Study, Study | None]:
        picked = choose_study(studies, wanted=wanted, tree=tree)
        assert picked is not None
        return picked[:2]

    def test_starts_with_the_newest_study_of_the_widest_part(
        self, studies: QuerySet[Study], tree: TeamTree
    ) -> None:
        study, earlier = self.choose(studies, tree)

        assert (study.scope.code, study.period_start) == ("company", SUMMER)
        assert earlier is not None
        assert earlier.period_start == SPRING

    def test_takes_what_the_address_says(self, studies: QuerySet[Study], tree: TeamTree) -> None:
        study, earlier = self.choose(studies, tree, scope="company", period="2026-04-01")

        assert study.period_start == SPRING
        assert earlier is None

    def test_compares_with_the_last_period_there_is_unless_another_is_wanted(
        self, both_sides: Pairing, studies: QuerySet[Study], tree: TeamTree
    ) -> None:
        winter = make_study(both_sides, both_sides.ex.scope, 0.2, period_start=date(2027, 1, 1))

        study, earlier = self.choose(studies, tree)
        _, spring = self.choose(studies, tree, compare=SPRING.isoformat())

        assert study == winter
        assert earlier is not None
        assert spring is not None
        assert (earlier.period_start, spring.period_start) == (SUMMER, SPRING)

    def test_compares_with_nothing_that_comes_later(
        self, studies: QuerySet[Study], tree: TeamTree
    ) -> None:
        wanted = {"scope": "company", "period": "2026-04-01", "compare": "2026-07-01"}

        assert self.choose(studies, tree, **wanted)[1] is None

    def test_has_nothing_to_choose_without_studies(self, tree: TeamTree) -> None:
        assert choose_study(Study.objects.none(), wanted={}, tree=tree) is None

    def test_falls_back_to_the_newest_period_of_a_part_that_lacks_the_wanted_one(
        self, studies: QuerySet[Study], tree: TeamTree
    ) -> None:
        study, _ = self.choose(studies, tree, scope="food", period="2026-04-01")

        assert (study.scope.code, study.period_start) == ("food", SUMMER)

    def test_is_not_taken_over_by_a_newer_comparison_of_a_smaller_part(
        self,
        both_sides: Pairing,
        studies: QuerySet[Study],
        tree: TeamTree,
        organisation: Organisation,
    ) -> None:
        small = Pairing.objects.create(
            code="small", name="Small", ex=both_sides.cx, cx=both_sides.ex
        )
        make_study(small, organisation.food, 0.5, period_start=date(2027, 1, 1))

        study, _ = self.choose(studies, tree)

        assert (study.pairing, study.scope.code) == (both_sides, "company")

    @pytest.mark.parametrize(
        "wanted", [{"pairing": "nothing"}, {"period": "tomorrow"}, {"compare": "once"}]
    )
    def test_does_not_swallow_what_it_does_not_know(
        self, studies: QuerySet[Study], tree: TeamTree, wanted: dict[str, str]
    ) -> None:
        with pytest.raises(UnknownChoiceError):
            self.choose(studies, tree, **wanted)

    @pytest.mark.parametrize("scope", ["goods", "no-such-team"])
    def test_answers_alike_for_a_part_of_others_and_one_that_does_not_exist(
        self, studies: QuerySet[Study], tree: TeamTree, scope: str
    ) -> None:
        with pytest.raises(UnknownChoiceError):
            self.choose(studies, tree, scope=scope)

    def test_offers_only_what_the_reader_may_see(
        self, studies: QuerySet[Study], tree: TeamTree
    ) -> None:
        own = studies.filter(scope__code="food")

        filters = filters_of(own, tree)

        assert labels(filters, "scope") == ["Food"]
        assert labels(filters, "period") == ["Q3 2026"]
        assert labels(filters, "pairing") == []

    def test_indents_parts_as_they_stand_in_the_tree(
        self, studies: QuerySet[Study], tree: TeamTree
    ) -> None:
        assert labels(filters_of(studies, tree), "scope") == ["The Company", "\u2003Food"]


class TestChooseResult:
    @pytest.mark.parametrize(
        ("wanted", "scale"),
        [
            ({}, "fairness"),
            ({"staff": "passion"}, "passion"),
            ({"staff": "passion", "customers": "treatment"}, "passion"),
        ],
    )
    def test_takes_the_wanted_pair_or_the_first(
        self, both_sides: Pairing, wanted: Mapping[str, str], scale: str
    ) -> None:
        study = make_study(both_sides, both_sides.ex.scope, 0.4, scales=PAIRS)

        result, filters = choose_result(
            list(study.results.order_by("pk")), wanted=wanted, names=NAMES
        )

        assert result.ex_scale == scale
        assert labels(filters, "staff") == ["Fairness at work", "Passion"]

    @pytest.mark.parametrize("wanted", [{"staff": "nothing"}, {"customers": "fairness"}])
    def test_does_not_swallow_a_scale_it_does_not_know(
        self, both_sides: Pairing, wanted: Mapping[str, str]
    ) -> None:
        study = make_study(both_sides, both_sides.ex.scope, 0.4, scales=PAIRS)

        with pytest.raises(UnknownChoiceError):
            choose_result(list(study.results.all()), wanted=wanted, names=NAMES)

    def test_does_not_pick_what_looks_best(self, both_sides: Pairing) -> None:
        study = make_study(both_sides, both_sides.ex.scope, 0.1, scales=PAIRS)
        results = list(study.results.order_by("pk"))
        results[1].numbers["r"], results[1].verdict["code"] = 0.9, "HIGHER"

        assert choose_result(results, wanted={}, names=NAMES)[0].ex_scale == "fairness"


class TestChooseLag:
    def test_keeps_to_the_lag_fixed_in_advance(self) -> None:
        assert choose_lag([{"lag": 0}, {"lag": 1}, {"lag": 2}], wanted={}) == FIXED_LAG
        assert choose_lag([], wanted={}) == FIXED_LAG

    def test_takes_another_that_somebody_asks_for(self) -> None:
        assert choose_lag([{"lag": 0}, {"lag": 1}, {"lag": 2}], wanted={"lag": "2"}) == 2

    @pytest.mark.parametrize("lag", ["7", "-1", "two"])
    def test_does_not_swallow_a_lag_that_is_not_there(self, lag: str) -> None:
        with pytest.raises(UnknownChoiceError):
            choose_lag([{"lag": 0}, {"lag": 1}], wanted={"lag": lag})


class TestChosen:
    def test_leads_back_to_the_same_page_with_one_choice_changed(self, both_sides: Pairing) -> None:
        study = make_study(both_sides, both_sides.ex.scope, 0.4)
        chosen = Chosen(study, None, study.results.get(), ())

        assert chosen.address(staff="passion") == (
            "?pairing=both&period=2026-07-01&scope=company&staff=passion&customers=treatment"
        )

    def test_keeps_the_comparison_and_the_chosen_team(self, both_sides: Pairing) -> None:
        study = make_study(both_sides, both_sides.ex.scope, 0.4)
        before = make_study(both_sides, both_sides.ex.scope, 0.4, period_start=SPRING)

        address = Chosen(study, before, study.results.get(), (), team="bakery").address()

        assert address.endswith("&compare=2026-04-01&team=bakery")

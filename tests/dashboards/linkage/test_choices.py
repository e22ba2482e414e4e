"""The filters of a page."""

from collections.abc import Mapping
from datetime import date

import pytest

from survey.campaigns.models import Pairing
from survey.dashboards.filters import Filter, UnknownChoiceError
from survey.dashboards.linkage.choices import Chosen, choose_result, choose_study
from survey.dashboards.trees import TeamTree
from survey.linkage.models import Study
from survey.organization.models import Team
from tests.cast import Organisation
from tests.dashboards.studies import NAMES, SPRING, SUMMER, make_study

pytest_plugins = ["tests.dashboards.company"]

PAIRS = (("fairness", "treatment"), ("passion", "treatment"))


@pytest.fixture
def studies(both_sides: Pairing, organisation: Organisation) -> list[Study]:
    make_study(both_sides, organisation.food, 0.3)
    make_study(both_sides, organisation.company, 0.4)
    make_study(both_sides, organisation.company, 0.2, period_start=SPRING)
    return list(Study.objects.select_related("pairing", "scope"))


@pytest.fixture
def tree(organisation: Organisation) -> TeamTree:
    teams = list(Team.objects.all())
    return TeamTree({t.pk: t.name for t in teams}, {t.pk: t.parent_id for t in teams})


def labels(filters: tuple[Filter, ...], name: str) -> list[str]:
    return [option.label for one in filters if one.name == name for option in one.options]


class TestChooseStudy:
    def choose(
        self, studies: list[Study], tree: TeamTree, **wanted: str
    ) -> tuple[Study, Study | None]:
        return choose_study(studies, wanted=wanted, tree=tree)[:2]

    def test_starts_with_the_newest_study_of_the_widest_part(
        self, studies: list[Study], tree: TeamTree
    ) -> None:
        study, earlier = self.choose(studies, tree)

        assert (study.scope.code, study.period_start) == ("company", SUMMER)
        assert earlier is not None
        assert earlier.period_start == SPRING

    def test_takes_what_the_address_says(self, studies: list[Study], tree: TeamTree) -> None:
        study, earlier = self.choose(studies, tree, scope="company", period="2026-04-01")

        assert study.period_start == SPRING
        assert earlier is None

    def test_looks_back_at_the_period_just_before_only(
        self, both_sides: Pairing, studies: list[Study], tree: TeamTree
    ) -> None:
        winter = make_study(both_sides, both_sides.ex.scope, 0.2, period_start=date(2027, 1, 1))

        study, earlier = self.choose([*studies, winter], tree)

        assert study == winter
        assert earlier is None

    def test_falls_back_to_the_newest_period_of_a_part_that_lacks_the_wanted_one(
        self, studies: list[Study], tree: TeamTree
    ) -> None:
        study, _ = self.choose(studies, tree, scope="food", period="2026-04-01")

        assert (study.scope.code, study.period_start) == ("food", SUMMER)

    def test_is_not_taken_over_by_a_newer_comparison_of_a_smaller_part(
        self, both_sides: Pairing, studies: list[Study], tree: TeamTree, organisation: Organisation
    ) -> None:
        small = Pairing.objects.create(
            code="small", name="Small", ex=both_sides.cx, cx=both_sides.ex
        )
        newer = make_study(small, organisation.food, 0.5, period_start=date(2027, 1, 1))

        study, _ = self.choose([*studies, newer], tree)

        assert (study.pairing, study.scope.code) == (both_sides, "company")

    @pytest.mark.parametrize("wanted", [{"pairing": "nothing"}, {"period": "tomorrow"}])
    def test_does_not_swallow_what_it_does_not_know(
        self, studies: list[Study], tree: TeamTree, wanted: dict[str, str]
    ) -> None:
        with pytest.raises(UnknownChoiceError):
            self.choose(studies, tree, **wanted)

    @pytest.mark.parametrize("scope", ["goods", "no-such-team"])
    def test_answers_alike_for_a_part_of_others_and_one_that_does_not_exist(
        self, studies: list[Study], tree: TeamTree, scope: str
    ) -> None:
        with pytest.raises(UnknownChoiceError):
            self.choose(studies, tree, scope=scope)

    def test_offers_only_what_the_reader_may_see(
        self, studies: list[Study], tree: TeamTree
    ) -> None:
        own = [study for study in studies if study.scope.code == "food"]

        _, _, filters = choose_study(own, wanted={}, tree=tree)

        assert labels(filters, "scope") == ["Food"]
        assert labels(filters, "period") == ["Q3 2026"]
        assert labels(filters, "pairing") == []

    def test_indents_parts_as_they_stand_in_the_tree(
        self, studies: list[Study], tree: TeamTree
    ) -> None:
        _, _, filters = choose_study(studies, wanted={}, tree=tree)

        assert labels(filters, "scope") == ["The Company", "\u2003Food"]


class TestChooseResult:
    @pytest.mark.parametrize(
        ("wanted", "scale"),
        [
            ({}, "fairness"),
            ({"staff": "passion"}, "passion"),
            ({"staff": "nothing", "customers": "treatment"}, "fairness"),
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

    def test_does_not_pick_what_looks_best(self, both_sides: Pairing) -> None:
        study = make_study(both_sides, both_sides.ex.scope, 0.1, scales=PAIRS)
        results = list(study.results.order_by("pk"))
        results[1].numbers["r"], results[1].verdict["code"] = 0.9, "HIGHER"

        assert choose_result(results, wanted={}, names=NAMES)[0].ex_scale == "fairness"


class TestChosen:
    def test_leads_back_to_the_same_page_with_one_choice_changed(self, both_sides: Pairing) -> None:
        study = make_study(both_sides, both_sides.ex.scope, 0.4)
        chosen = Chosen(study, None, study.results.get(), ())

        assert chosen.address(staff="passion") == (
            "?pairing=both&period=2026-07-01&scope=company&staff=passion&customers=treatment"
        )

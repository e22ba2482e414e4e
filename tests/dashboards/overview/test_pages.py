"""Everything that the overview says, from stored standings."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from survey.accounts.models import Role, User
from survey.aggregation.models import Standing
from survey.campaigns.models import Pairing, Wave
from survey.dashboards.access import find_reader
from survey.dashboards.overview.pages import OverviewPage, build_overview
from survey.organization.models import Team
from tests.cast import Organisation, make_user
from tests.dashboards.overview.material import NOW, drawn, make_ranks, part, staff
from tests.dashboards.standings import Q1, Q2, Q3

pytest_plugins = ["tests.dashboards.overview.company"]

QUERIES = 20


def build(user: User, **wanted: str) -> OverviewPage:
    page = build_overview(reader=find_reader(user=user), wanted=wanted, now=NOW)
    assert page is not None
    return page


def rank(pairing: Pairing, ranks: list[tuple[str, int, int]], user: User) -> OverviewPage:
    make_ranks(pairing, pairing.ex.scope, ranks)
    return build(user)


class TestBuildOverview:
    def test_has_nothing_before_the_first_figures(self, alice: User, asked: Pairing) -> None:
        assert build_overview(reader=find_reader(user=alice), wanted={}, now=NOW) is None

    def test_says_what_moved_and_out_of_how_many(self, alice: User, pairing: Pairing) -> None:
        page = build(alice, compare=Q1.isoformat())

        assert page.headline.sentences == ("Staff score “Fairness” higher than in Q1 2026.",)
        assert [one.line.measure.name for one in page.headline.moved] == [
            *("Fairness", "Fairness, how decisions are made"),
        ]
        assert page.headline.n_measures == len(page.told) == 14

    def test_splits_wholes_into_facets_or_shown_items(self, alice: User, pairing: Pairing) -> None:
        fairness, others, treatment, rest = build(alice).blocks

        assert [one.measure.name for one in fairness.lines] == [
            *("All questions together", "How decisions are made", "Told why, in time"),
        ]
        assert fairness.caption == "44 staff answered. Out of 100."
        assert [one.measure.code for one in others.lines] == ["passion", "seen"]
        assert others.title == "Other themes of staff"
        assert [one.measure.code for one in treatment.lines] == [
            *("treatment", "item:treated_friendly", "item:treated_concern"),
        ]
        assert [one.measure.code for one in rest.lines] == ["ease"]

    def test_keeps_lights_recommendations_and_guesses_apart(
        self, alice: User, pairing: Pairing
    ) -> None:
        page = build(alice)

        assert [one.line.measure.code for one in page.lights] == [
            *("item:survey_trust_1", "item:survey_trust_2"),
        ]
        scores = [one.line.now for one in page.recommends]
        assert [(one.mean, one.low, one.high) for one in scores if one] == [
            (12, 7, 17),
            (34, 29, 39),
        ]
        assert all(one.line.measure.code != "customer_view" for one in page.told)

    def test_says_which_side_shows_nothing(self, alice: User, pairing: Pairing) -> None:
        page = build(alice, period=Q2.isoformat())

        assert [one.label for one in page.silent] == ["staff"]
        assert [one.style.label for one in page.evidence.counts] == ["customers"]

    def test_counts_the_most_people_behind_any_figure(self, alice: User, pairing: Pairing) -> None:
        counts = build(alice).evidence.counts

        assert [(one.n_people, one.n_teams) for one in counts] == [(44, 9), (320, 9)]

    def test_says_how_many_took_part_as_coarsely_as_it_is_stored(
        self, alice: User, pairing: Pairing, organisation: Organisation
    ) -> None:
        row = {"name": "x", "kind": "NODE", "depth": 0, "n_invited": 60}
        Wave.objects.filter(campaign=pairing.ex).update(
            participation={
                "date": "2026-08-15",
                "rows": [row | {"code": "company", "share": "80 %"},
                         row | {"code": "food", "share": "over 90 %"}],
            }
        )  # fmt: skip

        shares = build(alice, compare=Q1.isoformat()).evidence.shares
        assert [(one.period, one.said) for one in shares] == [
            ("Q1 2026", "80 %"),
            ("Q3 2026", "80 %"),
        ]
        assert build(alice, scope="goods").evidence.shares == ()

    def test_asks_the_same_number_of_times_however_much_there_is(
        self,
        alice: User,
        pairing: Pairing,
        organisation: Organisation,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        build(alice)  # reads the questionnaires, which are kept
        reader = find_reader(user=alice)
        with django_assert_num_queries(QUERIES, exact=False) as few:
            build_overview(reader=reader, wanted={}, now=NOW)
        teams = [Team.objects.create(code=f"t{at}", name=f"T{at}", parent=organisation.food)
                 for at in range(30)]  # fmt: skip
        parts = [part(team, {"fairness": drawn(60.0, 61.0, 0.5)}) for team in teams]
        Standing.objects.filter(scope=organisation.company).update(parts=parts)

        with django_assert_num_queries(len(few)):
            build_overview(reader=reader, wanted={}, now=NOW)


class TestPassion:
    def test_tells_kinds_of_people_with_their_definitions(
        self, alice: User, pairing: Pairing
    ) -> None:
        (passion,) = build(alice).passions

        assert [(kind.name, kind.share, kind.low, kind.high) for kind in passion.kinds] == [
            ("Passionate", 22, 19, 25),
            ("Contented", 57, 54, 60),
            ("Disengaged", 21, 18, 24),
        ]
        assert passion.kinds[0].definition.startswith("4 or more of 5 on all three")
        assert [(kind.start, kind.width) for kind in passion.kinds] == [
            ("0.0%", "22.0%"),
            ("22.0%", "57.0%"),
            ("79.0%", "21.0%"),
        ]
        assert passion.n_questions == 9

    def test_compares_the_share_of_the_first_kind_by_its_bounds(
        self, alice: User, pairing: Pairing, organisation: Organisation
    ) -> None:
        Standing.objects.filter(
            campaign=pairing.ex, scope=organisation.company, period_start=Q1
        ).update(metrics=staff(60.0, passionate=12))

        page = build(alice, compare=Q1.isoformat())

        line = page.passions[0].line
        assert line is not None
        assert (line.word, line.has_changed) == ("higher", True)
        assert page.passions[0].kinds[0].before == 12

    def test_is_hidden_where_it_is_not_shown_any_more(
        self, alice: User, pairing: Pairing, organisation: Organisation
    ) -> None:
        metrics = staff()
        del metrics["profile:passion"]
        Standing.objects.filter(campaign=pairing.ex, period_start=Q3).update(metrics=metrics)

        (passion,) = build(alice, compare=Q1.isoformat()).passions

        assert passion.kinds == ()
        assert passion.line is None


class TestCourses:
    def test_follow_six_measures_over_all_periods(self, alice: User, pairing: Pairing) -> None:
        courses = build(alice).courses

        assert [(one.name, one.style.label) for one in courses] == [
            ("Passionate, %", "staff"),
            ("Fairness", "staff"),
            ("Recommend as a place to work (0-10)", "staff"),
            ("How customers are treated", "customers"),
            ("Ease", "customers"),
            ("Recommend score (0-10)", "customers"),
        ]
        assert [point.start for point in courses[0].points] == [Q1, Q2, Q3]
        assert (courses[0].low, courses[0].high) == (0, 40)
        assert (courses[1].low, courses[1].high) == (courses[3].low, courses[3].high) == (40, 80)

    def test_know_what_was_not_asked_from_what_is_hidden(
        self, alice: User, pairing: Pairing, organisation: Organisation
    ) -> None:
        metrics = staff()
        del metrics["fairness"]
        Standing.objects.filter(
            campaign=pairing.ex, scope=organisation.company, period_start=Q1
        ).update(metrics=metrics)

        fairness = build(alice).courses[1]

        assert [(point.score is None, point.was_asked) for point in fairness.points] == [
            (True, True),
            (True, False),
            (False, True),
        ]

    def test_are_none_in_the_first_period(self, alice: User, pairing: Pairing) -> None:
        Standing.objects.exclude(period_start=Q3).delete()

        assert build(alice).courses == ()


class TestThemes:
    def test_are_ranked_as_stored(self, alice: User, pairing: Pairing) -> None:
        themes = rank(
            pairing, [("fairness", 1, 2), ("seen", 2, 3), ("passion", 2, 3)], alice
        ).themes

        assert themes is not None
        assert [(one.name, one.rank, one.rank_low, one.rank_high) for one in themes.themes] == [
            ("Fairness", 1, 1, 2),
            ("Being seen, voice, kindness", 2, 2, 3),
            ("Passion", 3, 2, 3),
        ]
        assert themes.outcome == "How customers are treated"
        assert themes.sentence == (
            "Of 3 staff themes, “Fairness” goes with it the most. It could also be second."
        )

    def test_say_when_nobody_can_tell_which_leads(self, alice: User, pairing: Pairing) -> None:
        themes = rank(pairing, [("fairness", 1, 2), ("seen", 1, 2)], alice).themes

        assert themes is not None
        assert themes.sentence == "Any of 2 staff themes could come first: nobody can tell."

    def test_say_when_one_leads_clearly(self, alice: User, pairing: Pairing) -> None:
        themes = rank(pairing, [("fairness", 1, 1), ("seen", 2, 2)], alice).themes

        assert themes is not None
        assert themes.sentence == "Of 2 staff themes, “Fairness” goes with it the most."

    def test_give_the_reason_where_nothing_is_ranked(self, alice: User, pairing: Pairing) -> None:
        themes = rank(pairing, [], alice).themes

        assert themes is not None
        assert themes.reason == "5 staff themes need 50 teams"

    def test_are_not_there_without_a_study(self, alice: User, pairing: Pairing) -> None:
        assert build(alice).themes is None


@pytest.mark.usefixtures("pairing")
class TestReaders:
    def test_see_their_own_part_only(self, organisation: Organisation) -> None:
        dora = make_user("dora", Role.LEADER, organisation.food)

        (fairness,) = build(dora).blocks[0].lines[:1]

        assert fairness.now is not None
        assert fairness.now.mean == 72.1

    def test_see_nothing_where_their_part_has_no_figures(self, charlie: User) -> None:
        assert build_overview(reader=find_reader(user=charlie), wanted={}, now=NOW) is None

    def test_are_told_when_figures_were_made_and_come(self, alice: User) -> None:
        (made, _) = build(alice).moments

        assert made.made_date == date(2026, 8, 15)

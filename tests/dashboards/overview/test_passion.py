"""Kinds of people."""

from survey.accounts.models import User
from survey.aggregation.models import Standing
from survey.campaigns.models import Pairing
from tests.cast import Organisation
from tests.dashboards.overview.material import build, staff
from tests.dashboards.standings import Q1, Q3

pytest_plugins = ["tests.dashboards.overview.company"]


class TestListPassions:
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

"""What the page rests on."""

from survey.accounts.models import User
from survey.campaigns.models import Pairing, Wave
from tests.cast import Organisation
from tests.dashboards.overview.material import build
from tests.dashboards.standings import Q1

pytest_plugins = ["tests.dashboards.overview.company"]


class TestReadEvidence:
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
            ("Q1 2026", "80 to 89%"),
            ("Q3 2026", "80 to 89%"),
        ]
        assert build(alice, scope="goods").evidence.shares == ()

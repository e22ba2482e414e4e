"""The arrows and teams of a stored cascade, as far as they may be seen."""

from collections.abc import Collection, Iterable

from survey.dashboards.cascade.arrows import NOTHING, Opens, Score, read_arrows, read_nodes
from survey.linkage.models import CascadeStudy
from survey.organization.models import Team
from tests.dashboards.cascades import make_arrow, make_node

A, B, C = (Team(pk=pk, code=name.lower(), name=name) for pk, name in enumerate("ABC", start=1))


def opens(teams: Collection[Team]) -> Opens:
    """Open some teams and no others."""
    theirs = {team.pk for team in teams}

    def answer(asked: Iterable[int]) -> bool:
        return theirs.issuperset(asked)

    return answer


class TestScore:
    def test_prints_the_wider_arm_of_its_interval(self) -> None:
        assert Score(90.0, 80.0, 96.0).half == 10.0
        assert Score(90.0).half is None
        assert not Score(90.0).has_margin


class TestReadArrows:
    study = CascadeStudy(
        arrows=[make_arrow(B, C, 60.0), make_arrow(A, C, 50.0), make_arrow(A, B, None)]
    )

    def test_lists_them_by_name(self) -> None:
        found = read_arrows(self.study, opens=opens([A, B, C]))

        assert [one.ends for one in found] == [("a", "b"), ("a", "c"), ("b", "c")]
        assert not found[0].is_shown

    def test_shows_an_arrow_to_whoever_opens_either_end(self) -> None:
        assert [one.ends for one in read_arrows(self.study, opens=opens([B]))] == [
            ("a", "b"), ("b", "c"),
        ]  # fmt: skip
        assert read_arrows(self.study, opens=opens([])) == ()

    def test_reads_no_figure_that_is_not_released(self) -> None:
        hidden = make_arrow(A, B, 61.0) | {"is_shown": False}

        (found,) = read_arrows(CascadeStudy(arrows=[hidden]), opens=opens([A]))

        assert found.score == NOTHING


class TestReadNodes:
    def test_leaves_out_figures_of_teams_that_are_not_theirs(self) -> None:
        study = CascadeStudy(teams=[make_node(A, ex=61.0, cx=72.0), make_node(B, ex=50.0)])

        found = read_nodes(study, opens=opens([B]))

        assert found["a"].inside == found["a"].outside == found["a"].rating == NOTHING
        assert found["b"].inside.mean == 50.0

"""A wave among colleagues from its launch to its figures: a forest, sealed tree by tree."""

import pytest

from survey.aggregation.invariants import broken_invariants as figures_broken
from survey.aggregation.models import Figure, Release
from survey.aggregation.services import make_release, refresh_rollups
from survey.aggregation.units import read_places
from survey.campaigns.invariants import broken_invariants as waves_broken
from survey.campaigns.models import Group, GroupArrow, Invitation, Wave
from survey.organization.models import Team
from survey.responses.invariants import broken_invariants as answers_broken
from survey.responses.models import Intake, Response
from tests.factories.campaigns import NOW, make_open_wave, make_teams, tokens_of
from tests.factories.colleagues import make_colleagues, rate, rate_all, serve
from tests.factories.responses import close_and_seal

pytestmark = pytest.mark.django_db

PARENTS = {"top": None, "ops": "top", "it": "top", "hr": "top", "small": "top"}
VALUES = {"it": 3, "hr": 1, "ops": 2}


@pytest.fixture
def teams() -> dict[str, Team]:
    made = make_teams(PARENTS, {"ops": 12, "it": 11, "hr": 10, "small": 3})
    serve(made, "it>ops", "hr>ops", "it>hr", "hr>it", "ops>it", "it>small", "ops>small")
    return made


@pytest.fixture
def wave(teams: dict[str, Team]) -> Wave:
    return make_open_wave(make_colleagues(teams["top"]))


def release(wave: Wave) -> Release:
    close_and_seal(wave)
    refresh_rollups(wave_id=wave.pk)
    return make_release(wave_id=wave.pk, now=NOW)


def broken() -> list[str]:
    found = (check(now=NOW) for check in (waves_broken, answers_broken, figures_broken))
    return [line for lines in found for line in lines]


def sizes(release: Release) -> dict[str, int]:
    figures = release.figures.filter(metric="service").values_list("group__code", "n")
    return dict(figures)


class TestAWaveAmongColleagues:
    def test_freezes_a_tree_for_every_serving_team(self, wave: Wave) -> None:
        roots = Group.objects.filter(wave=wave, parent=None).values_list("code", "n_invited")
        leaves = Group.objects.filter(wave=wave, arrows__isnull=False).distinct()

        assert dict(roots) == {"it": 25, "hr": 23, "ops": 14}
        assert dict(leaves.values_list("code", "n_invited")) == {
            "it:smaller": 13, "it>ops": 12,
            "hr>it": 11, "hr>ops": 12, "ops:smaller": 14,
        }  # fmt: skip
        assert GroupArrow.objects.filter(group__wave=wave).count() == 7
        assert Invitation.objects.filter(wave=wave).count() == 36
        assert wave.n_invited == 62
        assert broken() == []

    def test_ends_in_a_figure_for_each_arrow(self, wave: Wave) -> None:
        rate_all(wave, VALUES.get)

        made = release(wave)

        assert broken() == []
        assert sizes(made) == {
            "it": 25, "it:smaller": 13, "it>ops": 12,
            "hr": 23, "hr>it": 11, "hr>ops": 12, "ops": 14, "ops:smaller": 14,
        }  # fmt: skip
        of_it = Figure.objects.get(release=made, metric="service", group__code="it>ops")
        of_hr = Figure.objects.get(release=made, metric="service", group__code="hr>ops")
        assert of_it.mean > 95 - 1e-9
        assert of_hr.mean < 5 + 1e-9

    def test_seals_every_tree_for_itself(self, wave: Wave) -> None:
        few = tokens_of(wave, Group.objects.get(wave=wave, code="hr>it"))[:3]
        for token in few:
            rate(wave, token, VALUES.get)
        n_boxes = Intake.objects.filter(wave=wave).count()

        close_and_seal(wave)

        assert n_boxes == wave.n_spent == wave.n_discarded > 3
        assert not Response.objects.filter(wave=wave).exists()
        assert broken() == []

    def test_lets_what_is_left_of_a_tree_climb_in_it_alone(self, wave: Wave) -> None:
        ops, it = (Group.objects.get(wave=wave, code=code) for code in ("hr>ops", "hr>it"))
        rate_all(wave, VALUES.get, [*tokens_of(wave, ops)[:3], *tokens_of(wave, it)[:3]])

        made = release(wave)

        assert sizes(made).get("hr") == 6
        assert not {"hr>ops", "hr>it"} & sizes(made).keys()
        assert broken() == []

    def test_counts_a_skipped_team_as_no_rating_of_it(self, wave: Wave) -> None:
        rate_all(wave, lambda provider: None if provider == "hr" else 3)

        made = release(wave)

        assert "hr" not in sizes(made)
        assert sizes(made)["it"] == 25
        assert wave.n_spent == 62

    @pytest.mark.parametrize(("n_skipping", "is_said"), [(0, True), (3, False), (8, True)])
    def test_tells_nothing_of_the_few_people_who_skipped_an_item(
        self, teams: dict[str, Team], n_skipping: int, is_said: bool
    ) -> None:
        """Three people of one team leave it out in six ratings; 15 are what five may give."""
        wave = make_open_wave(make_colleagues(teams["top"], n_items=4))
        of_ops = Group.objects.filter(wave=wave, code__in=("it>ops", "hr>ops"))
        skipping = [token for group in of_ops for token in tokens_of(wave, group)][:n_skipping]
        for token in skipping:
            rate(wave, token, VALUES.get, n_items=3)
        rate_all(wave, VALUES.get, [one for one in tokens_of(wave) if one not in skipping])

        said = release(wave).scales["service"]

        assert said["n_people"] == 62
        assert (said["alpha"] is not None) is is_said
        assert said["n_complete"] == (62 - 2 * n_skipping if is_said else None)

    def test_checks_find_a_rating_that_is_lost(self, wave: Wave) -> None:
        wave.credentials.order_by("pk")[:1].get().delete()

        assert ["62 ratings asked for" in line for line in broken()] == [True]


class TestUnitsOfArrows:
    def test_keep_the_two_ways_between_two_teams_apart(
        self, wave: Wave, teams: dict[str, Team]
    ) -> None:
        units, places = read_places([wave.pk])

        codes = {units[group.pk]: group.code for group in Group.objects.filter(wave=wave)}
        by_code = {code: unit for unit, code in codes.items()}
        assert len(codes) == Group.objects.filter(wave=wave).count()
        assert by_code["hr>it"].team_ids == (teams["hr"].pk, teams["it"].pk)
        assert by_code["it:smaller"].team_ids[0] == teams["it"].pk
        assert by_code["ops:smaller"].team_ids[0] == teams["ops"].pk
        assert places[by_code["hr>it"]].parent == by_code["hr"]

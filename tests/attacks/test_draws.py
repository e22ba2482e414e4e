"""An administrator who draws again who rates whom, from all that a launch left in the database.

How many links of each arrow were used is no secret. Whoever knew who was drawn for which arrows
could work out from that who answered.
"""

from collections.abc import Iterator, Mapping
from statistics import fmean
from uuid import UUID

import pytest
from django.db.models import Model

from survey.campaigns.link_arrows import find_arrows
from survey.campaigns.models import Credential, Group, Invitation, Wave
from survey.campaigns.rosters import plan_wave
from survey.campaigns.services import cancel_launch, launch_wave
from survey.core.timestamps import local_date
from tests.factories.campaigns import NOW, make_draft, make_teams, tokens
from tests.factories.colleagues import make_colleagues, serve

pytestmark = pytest.mark.django_db
TEAMS = ("ops", "it", "hr", "law", "desk", "yard")
SIZE, AT_MOST = 10, 2
CHANCE = AT_MOST / (len(TEAMS) - 1)  # of what each could rate
TOO_GOOD = CHANCE + 0.25  # of 120 ratings: six standard errors
NEAR = 0.05
SEED = UUID(int=7)

Drawn = Mapping[int, frozenset[str]]


@pytest.fixture
def draft() -> Wave:
    """Return a wave in which everybody could rate five teams and is drawn for two."""
    teams = make_teams({"top": None} | dict.fromkeys(TEAMS, "top"), dict.fromkeys(TEAMS, SIZE))
    serve(teams, *(f"{one}>{other}" for one in TEAMS for other in TEAMS if one != other))
    draft = make_draft(make_colleagues(teams["top"], arrows_per_person=AT_MOST))
    Wave.objects.filter(pk=draft.pk).update(draw_seed=SEED)
    draft.refresh_from_db()
    return draft


def truth(wave: Wave) -> Drawn:
    """Return who rates which teams, as the holders of all links together know it."""
    rows = list(Invitation.objects.filter(wave=wave).order_by("pk"))
    return {
        row.person_id: frozenset(one.provider_name.lower() for one in find_arrows(token=token))
        for row, token in zip(rows, tokens(wave, rows), strict=True)
        if row.person_id is not None
    }


def draw_again(wave: Wave, seed: UUID | str) -> Drawn:
    """Return what the seed of a wave would draw."""
    wave.draw_seed = seed
    places = plan_wave(wave=wave, today=local_date(NOW)).places
    return {
        person: frozenset(code.split(">")[0].split(":")[0] for code in codes)
        for person, codes in places.items()
    }


def agreement(one: Drawn, other: Drawn) -> float:
    """Return which share of the ratings of one draw are also ratings of another."""
    return sum(len(one[person] & other[person]) for person in one) / sum(map(len, one.values()))


def stored(wave: Wave) -> Iterator[object]:
    """Yield whatever is stored of a wave, its campaign, its groups and the first of its links."""
    rows: list[Model] = [wave, wave.campaign, *Group.objects.filter(wave=wave)]
    rows += [*Invitation.objects.filter(wave=wave)[:9], *Credential.objects.filter(wave=wave)[:9]]
    for row in rows:
        yield from (getattr(row, field.attname) for field in row._meta.concrete_fields)


class TestAdministrator:
    def test_draws_nothing_again_from_what_a_launch_left(self, draft: Wave) -> None:
        shown = draw_again(draft, SEED)
        wave = launch_wave(wave_id=draft.pk, now=NOW)
        wave.refresh_from_db()
        drawn = truth(wave)

        values = {value for value in map(str, stored(wave)) if value}
        found = [agreement(drawn, draw_again(wave, value)) for value in sorted(values)]

        assert agreement(drawn, shown) == 1.0
        assert agreement(drawn, draw_again(wave, SEED)) == 1.0  # the control: with the seed, all
        assert str(SEED) not in values
        assert str(wave.key) in values
        assert max(found) < TOO_GOOD
        assert fmean(found) == pytest.approx(CHANCE, abs=NEAR)

    def test_reads_nothing_of_the_lots_from_the_order_of_rows(self, draft: Wave) -> None:
        wave = launch_wave(wave_id=draft.pk, now=NOW)

        people = Invitation.objects.filter(wave=wave).order_by("pk")
        asked = list(people.values_list("person", flat=True))

        assert asked == sorted(asked)

    def test_learns_nothing_of_a_launch_from_the_one_taken_back(self, draft: Wave) -> None:
        launch_wave(wave_id=draft.pk, now=NOW)
        cancel_launch(wave_id=draft.pk, now=NOW)
        draft.refresh_from_db()

        assert draft.draw_seed not in (None, SEED)

    def test_guesses_no_draw_of_a_draft_that_has_no_seed(self, draft: Wave) -> None:
        draft.draw_seed = None
        drawn = [plan_wave(wave=draft, today=local_date(NOW)).places for _ in range(2)]

        assert drawn[0] != drawn[1]

"""What is released of the shipped questionnaires, from answers to figures."""

import random
from collections.abc import Mapping
from datetime import datetime

import pytest

from survey.aggregation.invariants import broken_invariants
from survey.aggregation.models import Figure, Release
from survey.aggregation.services import make_due_releases, refresh_due_rollups, supersede_release
from survey.campaigns.models import Wave
from survey.questionnaires.models import Questionnaire
from survey.questionnaires.selectors import get_content
from survey.questionnaires.services import load_item_bank
from tests.cast import Organisation
from tests.factories.aggregation import IMPORT, answer, make_campaign, make_wave, plant

TREE = {"company": None, "bakery": "company", "kitchen": "company"}
FACETS = ("overall", "outcome", "process", "respect", "telling")
SIZES = (2, 1, 2, 2, 2)
CANT_SAY = 0.05

Answers = Mapping[str, int | None]


def release(
    code: str, company: Organisation, now: datetime
) -> tuple[Wave, dict[str, list[Answers]]]:
    """Load the bank, let two teams answer one of its questionnaires, and release."""
    load_item_bank()
    questionnaire = Questionnaire.objects.get(code=code)
    wave = make_wave(make_campaign(questionnaire, company.company, code), channel=IMPORT)
    items = get_content(questionnaire_id=questionnaire.pk).items
    chance = random.Random(3)  # noqa: S311
    people: dict[str, list[Answers]] = {
        team: [
            {
                item.code: None if chance.random() < CANT_SAY else chance.choice(item.values)
                for item in items
                if item.is_closed
            }
            for _ in range(40)
        ]
        for team in ("bakery", "kitchen")
    }
    groups = plant(wave, TREE)
    for team, answers in people.items():
        answer(groups[team], answers)
    refresh_due_rollups(now=now)
    make_due_releases(now=now)
    return wave, people


@pytest.mark.django_db
class TestPulse:
    def test_shows_facets_that_add_up_to_their_whole(
        self, organisation: Organisation, now: datetime
    ) -> None:
        release("pulse_long", organisation, now)

        for group in TREE:
            shown = Figure.objects.filter(group__code=group, metric__startswith="fairness")
            figures = {figure.metric: figure for figure in shown}
            facets = [figures[f"fairness_{facet}"] for facet in FACETS]
            total = sum(n * facet.mean for n, facet in zip(SIZES, facets, strict=True))

            assert {facet.n for facet in facets} == {figures["fairness"].n}
            assert figures["fairness"].mean == pytest.approx(total / 9, abs=0.1)

    def test_shows_the_shares_of_the_profiles_of_passion(
        self, organisation: Organisation, now: datetime
    ) -> None:
        _, people = release("pulse_long", organisation, now)
        figure = Figure.objects.get(group__code="bakery", metric="profile:passion")
        told = [kind for one in people["bakery"] if (kind := tell(one))]

        assert figure.n == len(told)
        assert figure.detail["shares"] == {
            kind: pytest.approx(100 * told.count(kind) / len(told), abs=0.5)
            for kind in ("passionate", "contented", "disengaged")
        }
        assert figure.mean == figure.detail["shares"]["passionate"]

    def test_can_be_counted_again(self, organisation: Organisation, now: datetime) -> None:
        release("pulse_long", organisation, now)
        before = Release.objects.get()

        after = supersede_release(release_id=before.pk, reason="a trial", now=now)

        assert after.checksum == before.checksum
        assert broken_invariants(now=now) == []


@pytest.mark.django_db
class TestTreatment:
    def test_shows_every_word_over_those_who_answered_all(
        self, organisation: Organisation, now: datetime
    ) -> None:
        wave, people = release("treatment", organisation, now)
        words = [code for family in wave.families[:1] for code in family["items"]]
        whole = [one for one in people["bakery"] if all(one[word] for word in words)]
        shown = Figure.objects.filter(group__code="bakery", metric__startswith="item:treated")

        assert len(words) == 8
        assert {figure.metric for figure in shown} == {f"item:{word}" for word in words}
        assert {figure.n for figure in shown} == {len(whole)} != {len(people["bakery"])}
        assert Figure.objects.get(group__code="bakery", metric="treatment").n == len(whole)


def tell(person: Answers) -> str:
    """Tell somebody's profile by the words of the definition; nothing where a facet is missing."""
    domain, questing, connecting = (
        score([turn(person, f"{facet}_{number}") for number in (1, 2, 3)])
        for facet in ("domain", "questing", "connecting")
    )
    if domain is None or questing is None or connecting is None:
        return ""
    if min(domain, questing, connecting) >= 4:
        return "passionate"
    return "disengaged" if domain < 3 else "contented"


def turn(person: Answers, item: str) -> int | None:
    value = person[item]
    return 6 - value if value and item == "domain_3" else value


def score(answers: list[int | None]) -> float | None:
    given = [one for one in answers if one is not None]
    return sum(given) / len(given) if len(given) > 1 else None

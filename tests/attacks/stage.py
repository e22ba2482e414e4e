"""A wave with 500 known respondents, and how many of them an attacker finds again.

The attacker is an administrator who comes after the seal. They know who answered, in which order,
in which team; every answer set is unlike all others, so finding the set is finding the person.
"""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from unittest import mock

from django.db.models import QuerySet

from survey.campaigns.models import Group, Wave
from survey.campaigns.services import close_wave, destroy_due_keys
from survey.questionnaires.answers import ReadAnswers
from survey.responses.services import seal_due_waves, submit_response
from tests.factories.campaigns import NOW, make_campaign, make_open_wave, make_teams, tokens_of
from tests.factories.questionnaires import ItemFactory, make_scale, publish

N_TEAMS, TEAM_SIZE = 10, 50
N_PEOPLE = N_TEAMS * TEAM_SIZE
FEW_TEAMS, N_FEW = 2, 2 * TEAM_SIZE  # whoever is found by no chance is found among these as well
CHANCE = 1 / TEAM_SIZE  # of finding a person among the answers of their stored group
TOO_GOOD = 4 * CHANCE  # 40 of 500 where 10 are expected: once in 10**12 seals
ITEMS = [f"attack_{number}" for number in range(1, 9)]
OVERHEAD = bytes(48)

Answers = tuple[int, ...]


@dataclass(frozen=True)
class Known:
    """One respondent, as the attacker knows them; answers is what they want to find out."""

    team: str
    answers: Answers


def prepare_wave(n_teams: int = N_TEAMS, n_people: int = N_PEOPLE) -> Wave:
    """Launch and open a wave of 500 people: ten teams of fifty, or more of fewer."""
    codes = [f"team{number}" for number in range(n_teams)]
    parents: dict[str, str | None] = {"company": None, **dict.fromkeys(codes, "company")}
    teams = make_teams(parents, dict.fromkeys(codes, n_people // n_teams))
    items = [ItemFactory(code=code) for code in ITEMS]
    make_scale("attack", items)
    campaign = make_campaign(teams["company"], questionnaire=publish(items, code="attack"))
    return make_open_wave(campaign)


def answer_in_order(wave: Wave, seed: int = 1) -> list[Known]:
    """Let everybody answer, one after the other; return them in the order of arrival."""
    return list(arrivals(wave, seed))


def arrivals(wave: Wave, seed: int = 1) -> Iterator[Known]:
    """Let everybody answer and yield each as soon as they have."""
    chance = random.Random(seed)  # noqa: S311
    links = [(group.code, token) for group in teams_of(wave) for token in tokens_of(wave, group)]
    codes = chance.sample(range(3 ** len(ITEMS)), len(links))
    chance.shuffle(links)
    for code, (team, token) in zip(codes, links, strict=True):
        answers = tuple(1 + code // 3**place % 3 for place in range(len(ITEMS)))
        read = ReadAnswers(dict(zip(ITEMS, answers, strict=True)), {}, {}, ())
        submit_response(token=token, answers=read, now=NOW)
        yield Known(team, answers)


def seal(wave: Wave) -> None:
    """Close the wave, open its boxes and destroy its keys."""
    close_wave(wave_id=wave.pk, now=NOW)
    seal_due_waves(now=NOW)
    destroy_due_keys(now=NOW)


def teams_of(wave: Wave) -> QuerySet[Group]:
    return wave.groups.filter(kind="TEAM").order_by("code")


@contextmanager
def boxes_left_open(is_open: bool = True) -> Iterator[None]:
    """Take the protection away: boxes hold what they hold in plain sight."""
    if not is_open:
        yield
        return
    with (
        mock.patch("survey.responses.boxes.crypto_box_seal", lambda plain, _key: plain + OVERHEAD),
        mock.patch(
            "survey.responses.boxes.crypto_box_seal_open",
            lambda box, _public, _private: box[: -len(OVERHEAD)],
        ),
    ):
        yield


def nothing_shuffled() -> AbstractContextManager[object]:
    """Take another protection away: answers are stored in the order in which they lie."""
    return mock.patch("survey.responses.storing.system_random.shuffle")


def found_by_team_order(arrived: Sequence[Known], rows: Iterable[tuple[str, Answers]]) -> float:
    """Guess that a team's n-th row is the team's n-th respondent; return the share found."""
    by_team: dict[str, list[Answers]] = defaultdict(list)
    for team, answers in rows:
        by_team[team].append(answers)
    waiting = {team: iter(answers) for team, answers in by_team.items()}
    guesses = [next(waiting[known.team], None) for known in arrived]
    return share_found(arrived, guesses)


def share_found(arrived: Sequence[Known], guesses: Iterable[Answers | None]) -> float:
    """Return the share of respondents whose answers were guessed."""
    hits = [known.answers == guess for known, guess in zip(arrived, guesses, strict=False)]
    return sum(hits) / len(arrived)

"""What respondents are told about their answers, made from what the wave really does."""

from collections.abc import Sequence
from dataclasses import dataclass

from survey.answering.notices import say_moment
from survey.campaigns.collectors import OpenLink
from survey.campaigns.models import GroupKind, Wave
from survey.campaigns.selectors import Link
from survey.questionnaires.answers import list_words
from survey.questionnaires.content import QuestionnaireContent
from survey.questionnaires.families import from_json
from survey.questionnaires.models import Audience

Asked = Link | OpenLink

COMMENTS_FROM_ANSWERS = 10
COMMENTS_FROM = 5
IN_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happens to the answers, and when."""

    when: str
    what: str
    is_done: bool = False


def promise_words(threshold: int) -> tuple[str, ...]:
    """Return the promise, for a smallest number of people that figures may be about."""
    return (
        "Nobody who reads results here can see or work out your answers.",
        "Once this survey has closed and been sealed, not even whoever runs this server can find "
        "out which answers were yours: not from the database, its logs or its backups. Until "
        "then, somebody in full control of the running server could.",
        f"In any one survey, no figure about fewer than {in_words(threshold)} people can be "
        "worked out from everything we ever show.",
    )


def who_sees(link: Asked, content: QuestionnaireContent) -> tuple[str, ...]:
    """Return who sees the answers given through a link, sentence by sentence."""
    lines = [*promise_words(link.wave.threshold)]
    lines += _figures(link.wave, content)
    lines += _counted_in(link)
    if list_words(content):
        lines.append(
            "Your own words are kept apart from your other answers. They are shown only where at "
            f"least {COMMENTS_FROM_ANSWERS} people answered and {COMMENTS_FROM} wrote something."
        )
    lines += [
        _kept_beside(link),
        "Once you have sent your answers we cannot find them again, so nobody can change or delete "
        "them, not even for you.",
        _dates(link),
        _whether(link),
    ]
    return tuple(lines)


def next_steps(link: Asked) -> tuple[Step, ...]:
    """Return what happens to answers that have just been sent."""
    wave, fewest = link.wave, in_words(link.wave.threshold)
    spent = "" if isinstance(link, OpenLink) else "Your link is used up. "
    today = Step("Now.", f"{spent}Your answers wait in a sealed box.", is_done=True)
    if _is_for_customers(link):
        return (
            today,
            Step(
                f"Once at least {fewest} customers of the same team have answered.",
                "The boxes are opened together and shuffled.",
            ),
            Step("When the month is over.", "Figures are made of them, once."),
            Step(
                f"{say_moment(wave.closes_at)}.",
                "The survey closes and its keys are destroyed. From then on nobody can tell "
                "which answers were yours.",
            ),
        )
    return (
        today,
        Step(
            f"{say_moment(wave.closes_at)}.",
            "The survey closes. All boxes are opened together and shuffled, and the key is "
            "destroyed. From then on nobody can tell which answers were yours.",
        ),
        Step("After that.", f"Figures are worked out, once, about {fewest} people or more."),
    )


def in_words(number: int) -> str:
    """Return a small number in letters, a large one in digits."""
    return IN_WORDS[number] if number < len(IN_WORDS) else str(number)


def _figures(wave: Wave, content: QuestionnaireContent) -> list[str]:
    """Say which questions are shown one by one and which only lines."""
    numbers = {item.code: number for number, item in enumerate(content.items, start=1)}
    alone: list[int] = []
    lines = []
    for family in from_json(wave.families):
        asked = sorted(numbers[code] for code in family.items if code in numbers)
        if family.shows_items:
            alone += asked
        elif asked:
            lines.append(f"{_questions(asked)} never shown one by one, only together.")
    if alone:
        lines.insert(0, f"{_questions(sorted(alone))} shown one by one, as the group’s figure.")
    return lines


def _questions(numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return f"Question {numbers[0]} is"
    return f"Questions {say_numbers(numbers)} are"


def say_numbers(numbers: Sequence[int]) -> str:
    """Return numbers as people list them: "1, 2 and 5 to 8"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    said = [part for run in runs for part in _say_run(run)]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"


def _say_run(run: Sequence[int]) -> list[str]:
    return [f"{run[0]} to {run[-1]}"] if len(run) > 2 else [str(number) for number in run]


def _counted_in(link: Asked) -> list[str]:
    fewest = in_words(link.wave.threshold)
    if _is_for_customers(link):
        return [f"Your answers count for the team that served you: {link.group.name}."]
    if link.group.kind == GroupKind.POOL:
        first = (
            f"Your team is small here, so your answers are counted together with other small "
            f"teams, as “{link.group.name}”."
        )
    else:
        first = f"Your answers are counted in “{link.group.name}” and in what it belongs to."
    return [first, f"Where fewer than {fewest} answer, their answers move one level up."]


def _kept_beside(link: Asked) -> str:
    beside = "this survey and your group"
    if _is_for_customers(link):
        beside = "this survey, the team, the set of customers opened together with you and its day"
    return (
        f"Beside your answers we keep {beside}. No name, no address, no device, not when you "
        "answered."
    )


def _dates(link: Asked) -> str:
    if _is_for_customers(link):
        return (
            "Answers are opened when at least "
            f"{in_words(link.wave.threshold)} customers of the team have answered; figures are "
            "made when the month is over, once."
        )
    return (
        f"You can answer until {say_moment(link.wave.closes_at)}. Nobody sees any figure before "
        "then; afterwards they are made once and never changed."
    )


def _whether(link: Asked) -> str:
    alike = "If nearly everybody in your group answers alike, the group’s figure says so."
    if isinstance(link, OpenLink):
        return (
            "Nobody was asked by name here: we do not know who opens this page, and nothing "
            f"tells who has answered. {alike}"
        )
    return (
        "Whether you answered is less secret than what you answered: the mail system sees who "
        f"gets a letter. {alike}"
    )


def _is_for_customers(link: Asked) -> bool:
    return link.campaign.audience == Audience.CUSTOMER

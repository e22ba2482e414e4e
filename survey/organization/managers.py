"""Who manages whom, as a roster says it: people of the same roster, and never in a circle."""

from collections.abc import Iterator, Mapping, Sequence

from survey.core.lines import LineProblem
from survey.organization.chains import MOST_LEVELS, follow_chains
from survey.organization.lines import PersonLine, RosterError


def rank_people(people: Sequence[PersonLine]) -> Mapping[str, int]:
    """Return how many managers stand above each person; raise RosterError where that has no end.

    Without a column for managers everybody's rank is 0.
    """
    if all(person.manager is None for person in people):
        return dict.fromkeys((person.person_id for person in people), 0)
    above = {person.person_id: person.manager or "" for person in people}
    chains = follow_chains(above, above)
    problems = [
        *_unknown(people, above),
        *_name(people, chains.in_circles, "would be among their own managers"),
        *_name(people, chains.too_deep, f"has more than {MOST_LEVELS} managers one above another"),
    ]
    if problems:
        raise RosterError(problems)
    return chains.depths


def _unknown(people: Sequence[PersonLine], known: Mapping[str, str]) -> Iterator[LineProblem]:
    for person in people:
        if person.manager and person.manager not in known:
            message = f"nobody in this file has the person_id {person.manager!r}"
            yield LineProblem(person.line, "manager", message)


def _name(people: Sequence[PersonLine], ids: frozenset[str], what: str) -> Iterator[LineProblem]:
    for person in people:
        if person.person_id in ids:
            yield LineProblem(person.line, "manager", f"{person.person_id!r} {what}")

"""Who manages whom, as a roster says it: people of the same roster, and never in a circle."""

from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext_noop as _

from survey.organization.chains import MOST_LEVELS, follow_chains
from survey.organization.files import LineProblem, Said
from survey.organization.lines import PersonLine, RosterError

TOO_MANY = _("%(person)s has more than %(n)s managers one above another")


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
        *_name(people, chains.in_circles, _("%(person)s would be among their own managers")),
        *_name(people, chains.too_deep, TOO_MANY),
    ]
    if problems:
        raise RosterError(problems)
    return chains.depths


def _unknown(people: Sequence[PersonLine], known: Mapping[str, str]) -> Iterator[LineProblem]:
    for person in people:
        if person.manager and person.manager not in known:
            sentence = _("nobody in this file has the person_id %(manager)s")
            message = Said(sentence, manager=repr(person.manager))
            yield LineProblem(person.line, "manager", message)


def _name(
    people: Sequence[PersonLine], ids: frozenset[str], sentence: str
) -> Iterator[LineProblem]:
    for person in people:
        if person.person_id in ids:
            message = Said(sentence, person=repr(person.person_id), n=MOST_LEVELS)
            yield LineProblem(person.line, "manager", message)

"""Whether everybody is asked alike: then a page can be drawn once for all of them."""

from collections.abc import Iterator

from survey.questionnaires.arranging import is_drawn
from survey.questionnaires.content import Condition, QuestionnaireContent
from survey.questionnaires.piping import PLACEHOLDER, list_placeholders
from survey.questionnaires.routing import list_leaves


def is_alike_for_all(content: QuestionnaireContent) -> bool:
    """Say whether a first page hangs on nothing but the language and the team's attributes.

    It does not where something is drawn at random, or where wording repeats a fact or an answer.
    """
    headings = (text for section in content.sections for text in section.texts.values())
    return not (
        is_drawn(content)
        or any(True for item in content.items for _ in list_placeholders(item))
        or any(map(PLACEHOLDER.search, headings))
    )


def list_attributes(content: QuestionnaireContent) -> frozenset[str]:
    """Return the codes of the attributes of a team that decide what is asked."""
    leaves = (leaf for condition in _conditions(content) for leaf in list_leaves(condition))
    return frozenset(leaf["attribute"] for leaf in leaves if isinstance(leaf.get("attribute"), str))


def _conditions(content: QuestionnaireContent) -> Iterator[Condition | None]:
    yield from (section.shown_when for section in content.sections)
    yield from (item.shown_when for item in content.items)

"""Draw a question; one that nobody has touched and that looks alike for everybody is kept."""

from functools import lru_cache

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from survey.questionnaires.pages import Page, Question, Surroundings

register = template.Library()

MOST_KEPT = 2000  # about a kilobyte each


@register.simple_tag
def show_question(question: Question, page: Page) -> SafeString:
    """Draw a question of a page; what somebody has answered, or is told of them, is never kept."""
    if page.is_untouched and not question.is_of_occasion:
        return draw_kept(question, page.surroundings, get_language() or "")
    return _draw(question, page.surroundings)


@lru_cache(maxsize=MOST_KEPT)
def draw_kept(question: Question, page: Surroundings, spoken: str) -> SafeString:
    """Draw an untouched question, once in each language of the interface."""
    return _draw(question, page)


def _draw(question: Question, page: Surroundings) -> SafeString:
    drawn = get_template("components/question.html").render({"question": question, "page": page})
    return SafeString(drawn)

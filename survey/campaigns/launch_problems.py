"""What stands in the way of a launch, kept for readers of every language of the interface.

The worker that fails speaks English. What it found depends on what stood in the database then, so
it is told in all languages at once and not found again by whoever reads it.
"""

from collections.abc import Callable

from django.conf import settings
from django.utils.translation import get_language, override

from survey.campaigns.models import Wave


def tell_everybody(tell: Callable[[], str]) -> tuple[str, dict[str, str]]:
    """Return a problem in the worker's own language, and in the other languages by their tags."""
    own = settings.LANGUAGE_CODE
    said: dict[str, str] = {}
    for tag, _name in settings.LANGUAGES:
        with override(tag):
            said[tag] = tell()
    return said[own], {tag: words for tag, words in said.items() if tag != own}


def say_launch_problem(wave: Wave) -> str:
    """Return what stood in the way of a launch in the reader's language; empty where nothing did.

    What was kept before there were several languages is told as it was.
    """
    if not wave.launch_problem:
        return ""
    said: str = wave.launch_problem_abroad.get(get_language() or "", wave.launch_problem)
    return said

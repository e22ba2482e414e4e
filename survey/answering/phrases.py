"""Small numbers, days and lists as people say them, in the language that is spoken."""

from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

IN_WORDS: tuple[Promise, ...] = (
    pgettext_lazy("how many people", "no"),
    pgettext_lazy("how many people", "one"),
    pgettext_lazy("how many people", "two"),
    pgettext_lazy("how many people", "three"),
    pgettext_lazy("how many people", "four"),
    pgettext_lazy("how many people", "five"),
    pgettext_lazy("how many people", "six"),
    pgettext_lazy("how many people", "seven"),
    pgettext_lazy("how many people", "eight"),
    pgettext_lazy("how many people", "nine"),
    pgettext_lazy("how many people", "ten"),
)


def in_words(number: int) -> str:
    """Return a small number in letters, a large one in digits."""
    return str(IN_WORDS[number]) if number < len(IN_WORDS) else str(number)


def say_day(day: date) -> str:
    """Return a day as people write it: "5 January 2026"."""
    return date_format(day, pgettext("how a day is written, in Django's letters", "j F Y"))


def say_list(parts: Sequence[str]) -> str:
    """Return parts as people list them: "1, 2 and 5"."""
    if len(parts) == 1:
        return parts[0]
    first = pgettext("between the parts of a list", ", ").join(parts[:-1])
    return _("%(first)s and %(last)s") % {"first": first, "last": parts[-1]}


def say_numbers(numbers: Sequence[int]) -> str:
    """Return numbers as people list them: "1, 2 and 5 to 8"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return say_list([part for run in runs for part in _say_run(run)])


def _say_run(run: Sequence[int]) -> list[str]:
    if len(run) > 2:
        return [_("%(first)s to %(last)s") % {"first": run[0], "last": run[-1]}]
    return [str(number) for number in run]

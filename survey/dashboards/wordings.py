"""What is said of measures that were worded anew."""

from collections.abc import Sequence

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from survey.dashboards.numerals import quote


def say_reworded(names: Sequence[str], *, since: str) -> str:
    """Say which measures cannot be compared with a period; nothing where all can."""
    if not names:
        return ""
    told = {"since": since, "names": get_text_list([quote(name) for name in names], _("and"))}
    return _("Worded differently since %(since)s: not comparable: %(names)s.") % told

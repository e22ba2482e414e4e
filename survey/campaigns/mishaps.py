"""Why letters did not arrive: the reasons are kept in English and told to whoever reads them."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from survey.letters.outcomes import ADDRESS_REFUSED, CANNOT_BE_WRITTEN_TO, LOST, NO_CONNECTION
from survey.letters.postponing import SNOOZED
from survey.letters.retrying import NOT_TWICE_UNCERTAIN
from survey.letters.services.returns import MailEvent

WITH = " with "  # what stands before the code of a mail server
REASONS = {
    ADDRESS_REFUSED: gettext_lazy("address refused"),
    f"{ADDRESS_REFUSED} by the provider": gettext_lazy("address refused by the provider"),
    CANNOT_BE_WRITTEN_TO: gettext_lazy("the address cannot be written to"),
    NO_CONNECTION: gettext_lazy("the connection was lost"),
    LOST: gettext_lazy("lost after it was handed over"),
    NOT_TWICE_UNCERTAIN: gettext_lazy("perhaps sent, twice"),
    MailEvent.BOUNCED.value: gettext_lazy("address refused: came back"),
    MailEvent.BLOCKED.value: gettext_lazy("blocked on its way"),
    MailEvent.DROPPED.value: gettext_lazy("not sent by the provider"),
    SNOOZED: gettext_lazy("snoozed"),
    "stopped": pgettext_lazy("why no letter came", "stopped"),
    "closed": pgettext_lazy("why no letter came", "closed"),
    "cut short": gettext_lazy("cut short"),
    "sender refused": gettext_lazy("sender refused"),
    "refused": pgettext_lazy("why no letter came", "refused"),
    "put off": gettext_lazy("put off"),
}


def say_reason(reason: str) -> str:
    """Return why a letter did not arrive; what is not known here is told as it was kept."""
    if reason in REASONS:
        return str(REASONS[reason])
    what, _with, code = reason.partition(WITH)
    if what not in REASONS or not code:
        return reason
    return _("%(what)s with %(code)s") % {"what": REASONS[what], "code": code}

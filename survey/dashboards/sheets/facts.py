"""What holds here, from the real configuration, roles and releases: for the sheet and the DPIA."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.db.models import Max, Min
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from survey.accounts.models import TEAM_ROLES, Role
from survey.accounts.selectors import SEE_EVERYTHING
from survey.aggregation.comments import FEWEST_COMMENTS, FEWEST_RESPONDENTS
from survey.aggregation.comparison import FEWEST_TEAMS
from survey.aggregation.ends import SMALL
from survey.aggregation.printing import COARSE_BELOW
from survey.campaigns.models import Wave
from survey.campaigns.models.wave import SMALLEST_THRESHOLD
from survey.campaigns.participation import PERCENT_STEP, SMALLEST_SHOWN
from survey.dashboards.sheets.documents import Grid
from survey.dashboards.templatetags.workspace import PAGES
from survey.followup.retention import KINDS
from survey.followup.stored import say_days

OWN_HOSTS = ("", "localhost", "127.0.0.1", "::1")


def list_roles() -> Grid:
    """Return which pages each role opens, and how far they reach."""
    rows = ((str(Role(role).label), _pages_of(role), _reach_of(role)) for role in Role)
    return Grid((_("Role"), _("Opens"), _("Sees figures of")), tuple(rows))


def list_thresholds() -> Grid:
    """Return from how many people on what is shown."""
    rows = (
        (_("Any figure"), _say_people(SMALLEST_THRESHOLD)),
        (_("The same, in the surveys so far"), _thresholds_so_far()),
        (
            _("Words"),
            _("%(answers)s people who answered, %(comments)s who wrote")
            % {"answers": FEWEST_RESPONDENTS, "comments": FEWEST_COMMENTS},
        ),
        (_("How answers are spread, and the favourable share"), _say_people(SMALL)),
        (_("Shares that are not rounded to 5 %"), _say_people(COARSE_BELOW)),
        (
            _("How many have answered"),
            _("%(n)s people asked, in steps of %(step)s %% or coarser, renewed once a day")
            % {"n": SMALLEST_SHOWN, "step": PERCENT_STEP},
        ),
        (_("The median of teams"), _("%(n)s teams") % {"n": FEWEST_TEAMS}),
    )
    return Grid((_("What is shown"), _("From")), rows)


def list_retention() -> Grid:
    """Return for how long which kind of data is kept."""
    rows = ((str(kind.name), f"{say_days(kind.days())} {kind.counted_from}") for kind in KINDS)
    answers = (_("Answers and figures, which name nobody"), _("without a limit"))
    return Grid((_("What"), _("How long")), (*rows, answers))


def list_places() -> Grid:
    """Return where servers write what; no address of a server's own and no secret is named."""
    database = _("%(name)s: everything in the tables below.") % {"name": connection.display_name}
    keys = _("A folder outside the database and its backups, until each survey is sealed.")
    copy = _("There is a second copy on another disk.") if settings.KEYS_DIR_COPY else ""
    broker = _("Redis") if settings.REDIS_URL else _("A folder")
    rows = (
        (_("Database"), database),
        (_("Keys of open surveys"), f"{keys} {copy}".strip()),
        (
            _("Queue of work"),
            _("%(name)s: hints that there is work; no name and no answer.") % {"name": broker},
        ),
        (_("E-mail"), _tell_mail()),
        (_("Text messages"), _tell_texts()),
        (
            _("Logs of the programs"),
            _("To the machine’s own log: no link, no answer, no network address, no browser."),
        ),
        (
            _("Browsers of respondents"),
            _("No cookie. What is filled in stays in the window until it is sent or closed."),
        ),
        (
            _("Browsers of those who work here"),
            _(
                "A cookie while they are logged in, at most twelve hours, and one for their"
                " language."
            ),
        ),
        (
            _("Backups"),
            _(
                "Made by whoever runs the server. They hold the database and never the "
                "keys, so answers that waited when one was made cannot be opened from it."
            ),
        ),
    )
    return Grid((_("Where"), _("What is written there")), rows)


def _pages_of(role: str) -> str:
    opened = [str(label) for label, _route, allowed, _menu in PAGES if role in allowed]
    return ", ".join(opened) or "–"


def _reach_of(role: str) -> str:
    if role in SEE_EVERYTHING:
        return _("all teams, as released")
    if role in TEAM_ROLES:
        return _("their own part") if role == Role.LEADER else _("their own team")
    return _("nobody")


def _say_people(n: int) -> str:
    return ngettext("%(n)s person", "%(n)s people", n) % {"n": n}


def _thresholds_so_far() -> str:
    launched = Wave.objects.filter(launched_at__isnull=False)
    found = launched.aggregate(low=Min("threshold"), high=Max("threshold"))
    if found["low"] is None:
        return _("none has been launched yet")
    if found["low"] == found["high"]:
        return _say_people(found["low"])
    return _("%(low)s to %(high)s people") % found


def _tell_mail() -> str:
    backend = settings.EMAIL_BACKEND
    if backend.startswith("anymail."):
        through = _("The provider %(name)s") % {"name": backend.split(".")[-2].title()}
    elif backend.endswith("smtp.EmailBackend"):
        host = settings.EMAIL_HOST
        through = _("This machine") if host in OWN_HOSTS else host
    else:
        through = _("No mail server yet")
    return _("%(through)s: sees who gets which link, and that a letter went; never an answer.") % {
        "through": through
    }


def _tell_texts() -> str:
    if not settings.SMS_URL:
        return _("No provider: none are sent.")
    host = urlsplit(settings.SMS_URL).hostname or ""
    return _("%(host)s: sees telephone numbers and links; never an answer.") % {"host": host}

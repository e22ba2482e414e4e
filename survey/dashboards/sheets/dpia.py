"""A template for a data protection impact assessment (GDPR Art. 35), filled in as far as it can be.

What the product knows of itself stands in it; what only the organisation can say is left open.
"""

from collections import Counter
from datetime import datetime

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from survey.core.timestamps import local_date
from survey.dashboards.sheets.documents import Document, Grid, Section
from survey.dashboards.sheets.facts import (
    list_places,
    list_retention,
    list_roles,
    list_thresholds,
)
from survey.followup.stored import ACCOUNT, CUSTOMER, KIND_NAMES, PERSON, read_tables
from survey.organization.models import Customer, Person

FREE = "………………………………"


def build_dpia(*, now: datetime) -> Document:
    """Return the template as everything is at this moment."""
    return Document(
        title=_("Data protection impact assessment (template)"),
        lead=_(
            "After GDPR Art. 35 (7). What Hearthline knows of itself is filled in, from the "
            "settings in force on %(day)s; dotted lines are for you. It is no legal advice."
        )
        % {"day": date_format(local_date(now), "DATE_FORMAT")},
        sections=(
            Section(_("1. Who is responsible"), grid=_responsible()),
            Section(_("2. What is done, and what for"), points=_purposes(), grid=_categories()),
            Section(_("3. Who receives it"), grid=list_roles()),
            Section(_("4. Where it is written"), grid=list_places()),
            Section(_("5. How long it is kept"), grid=list_retention()),
            Section(_("6. Why it is needed, and not more than that"), points=_necessity()),
            Section(_("7. From how many people on anything is shown"), grid=list_thresholds()),
            Section(
                _("8. What could go wrong for people, and what is done about it"),
                paragraphs=(_("Judge how likely and how grave each is in your organisation."),),
                grid=_risks(),
            ),
            Section(_("9. People’s rights"), points=_rights()),
            Section(_("10. What was decided"), grid=_decision()),
        ),
    )


def _responsible() -> Grid:
    rows = (
        (_("Controller"), settings.ORGANISATION_NAME),
        (_("Written to at"), settings.CONTACT_EMAIL),
        (_("Data protection officer"), FREE),
        (_("Legal basis for asking people who work here"), FREE),
        (_("Legal basis for asking customers"), FREE),
        (_("Agreement with the works council"), FREE),
        (_("Processors (hosting, mail, text messages)"), FREE),
    )
    return Grid((_("What"), _("Who")), rows)


def _purposes() -> tuple[str, ...]:
    numbers = {"people": Person.objects.count(), "customers": Customer.objects.count()}
    return (
        _("People who work here are asked how they are treated; customers how they were treated."),
        _("Answers become figures of groups. Figures of both sides are compared team by team."),
        _("What was heard is told back to those who were asked."),
        _("Named in the tables at this moment: %(people)s of the staff, %(customers)s customers.")
        % numbers,
        _("Nobody is judged, ranked or decided about by any figure; no decision is automatic."),
    )


def _categories() -> Grid:
    counted = Counter(
        column.kind for table in read_tables() for column in (table.columns or (table,))
    )
    kinds = [kind for kind in KIND_NAMES if kind in (PERSON, ACCOUNT, CUSTOMER)]
    rows = [(str(KIND_NAMES[kind]), str(counted[kind]), _("personal data")) for kind in kinds]
    rows += [
        (str(KIND_NAMES[kind]), str(counted[kind]), _("no personal data once a survey is sealed"))
        for kind in KIND_NAMES
        if kind not in kinds
    ]
    return Grid((_("Kind"), _("Columns"), _("Are")), tuple(rows))


def _necessity() -> tuple[str, ...]:
    return (
        _("No account, cookie or device of a respondent is needed or kept."),
        _("Beside an answer stands the survey and one group; of customers also a set of answers."),
        _("Length of service and the like are counted apart, once, for everybody together."),
        _(
            "How often somebody is asked is limited over all surveys, and everybody can"
            " rest or stop."
        ),
        _("Nobody has to answer, and who does not is not named to anybody."),
        _("Could the same be learnt with less? %(free)s") % {"free": FREE},
    )


def _risks() -> Grid:
    rows = (
        (
            _("Somebody finds out who gave an answer, from the database or a backup."),
            _(
                "Answers wait in sealed boxes; they are shuffled when they are opened, and "
                "the keys are destroyed. Attacked by the tests with a full dump, nightly "
                "backups and the order of arrival."
            ),
        ),
        (
            _("A leader works out one person’s answers from several figures."),
            _(
                "Figures are released only where nothing smaller than the smallest group "
                "can be worked out from all of them. Attacked by the tests with linear "
                "algebra over every figure."
            ),
        ),
        (
            _("Somebody is known by how they write."),
            _(
                "Words are shown only of larger groups, apart from answers and without a "
                "date; writers are warned before they send."
            ),
        ),
        (
            _(
                "Somebody in full control of the running server reads the keys before a "
                "survey is sealed."
            ),
            _(
                "Not prevented; every respondent is told. Separate who runs the server from"
                " who leads people, and keep the keys on another machine’s disk."
            ),
        ),
        (
            _("The mail system tells who was asked, and with the database’s logs who answered."),
            _(
                "Not what was answered. The shipped settings keep statements out of the "
                "database’s logs."
            ),
        ),
        (
            _("People are put under pressure to answer."),
            _(
                "Nobody sees who has answered; participation is coarse and of larger groups"
                " only; reminders go from the same person, at most twice."
            ),
        ),
        (
            _("An account is misused to look into figures."),
            _(
                "Roles are checked for every page by the tests; passwords are guarded; the "
                "access log keeps who opened what for two years."
            ),
        ),
        (
            _("Nearly everybody in a group answers alike, so the figure says what each said."),
            _(
                "Very high and very low figures of small groups are printed as “95 or more”"
                " or “5 or less”; the rest is said to respondents."
            ),
        ),
    )
    columns = (_("What could happen"), _("What is done"), _("How likely"), _("How grave"))
    return Grid(columns, tuple((*row, FREE, FREE) for row in rows))


def _rights() -> tuple[str, ...]:
    return (
        _(
            "Information: on the page, on the invitation and under “Who sees what”, "
            "before anything is sent."
        ),
        _(
            "Access, portability and erasure of customers: on the page Customers and by"
            " two commands."
        ),
        _("Access and correction for people who work here: in the staff list that they come from."),
        _("Objection: a link in every letter stops letters, or lets somebody rest."),
        _(
            "Answers cannot be found again once sent, for nobody (Art. 11); this is "
            "said before they are sent."
        ),
    )


def _decision() -> Grid:
    said = (
        _("Views of those concerned, or of the works council (Art. 35 (9))"),
        _("Advice of the data protection officer (Art. 35 (2))"),
        _("Risks that remain, and why they are accepted"),
        _("Prior consultation of the authority needed (Art. 36)"),
        _("To be looked at again on"),
        _("Date and signature"),
    )
    return Grid((_("What"), _("Decision")), tuple((one, FREE) for one in said))

"""Which column of a roster a heading means: ours by name, remembered, or guessed."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

from survey.organization.cells import is_code
from survey.organization.files import LineProblem, Said
from survey.organization.lines import RosterError

OF_PEOPLE = ("person_id", "name", "email")  # all of them, or none in a list of teams only
REQUIRED = (*OF_PEOPLE, "team")
OF_TEAMS = ("team_name", "parent", "closed", "succeeded_by")
OPTIONAL = (*OF_TEAMS, "language", "leader", "from", "phone", "time_zone", "manager")
ATTRIBUTE = "attribute:"  # before the code of a declared attribute
LEFT_OUT = ""

SEEN_ELSEWHERE = {
    "person_id": (
        "id, employee id, employee number, employee no, employee nr, personnel number, "
        "personnel no, personnel nr, personnel id, person no, person number, staff id, staff "
        "number, staff no, worker id, worker no, personalnummer, personal nr, personalnr, "
        "matricule, numero de empleado, matricola, personeelsnummer, numero de "
        "funcionario, numer pracownika"
    ),
    "name": (
        "full name, employee name, display name, vollstandiger name, nom complet, nombre "
        "completo, nome completo, person, naam, imie i nazwisko, mitarbeiter"
    ),
    "email": (
        "e mail, mail, email address, e mail address, e mail adresse, work email, "
        "adresse e mail, correo electronico, posta elettronica, e mailadres, "
        "correio eletronico, adres e mail"
    ),
    "team": (
        "team code, team id, department, department code, department id, unit, unit code, "
        "cost center, cost centre, org unit, abteilung, kostenstelle, service, equipe, "
        "departamento, reparto, afdeling, dzial, zespol"
    ),
    "team_name": (
        "team name, department name, unit name, abteilungsname, nom du service, nombre "
        "del departamento"
    ),
    "parent": (
        "parent team, parent code, parent department, parent unit, above, belongs to, "
        "ubergeordnete abteilung"
    ),
    "language": "preferred language, locale, sprache, langue, idioma, lingua, taal, jezyk",
    "leader": (
        "is leader, team lead, team leader, is manager, leads, fuhrungskraft, "
        "responsable, leidinggevende"
    ),
    "from": (
        "start, start date, since, valid from, effective date, effective from, ab, gultig "
        "ab, date de debut, fecha de inicio, data inizio, startdatum, data de inicio, "
        "data od"
    ),
    "phone": (
        "mobile, mobile phone, mobile number, phone number, telephone, cell, handy, "
        "telefon, mobil, portable, telefono, movil, cellulare, telefoon, telemovel, "
        "telefone"
    ),
    "time_zone": (
        "timezone, tz, zeitzone, fuseau horaire, zona horaria, fuso orario, tijdzone, "
        "fuso horario, strefa czasowa"
    ),
    "manager": (
        "manager id, manager number, reports to, supervisor, supervisor id, line manager, "
        "vorgesetzter, superieur, jefe, superior"
    ),
    "closed": "closed date, closes, closed on, geschlossen",
    "succeeded_by": "successor, successor team, nachfolger",
}
WORDS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """What each heading means; certain where no heading had to be guessed."""

    columns: Mapping[str, str]
    is_certain: bool


def plan_columns(
    headings: Sequence[str],
    *,
    remembered: Mapping[str, str],
    attributes: Collection[str],
    samples: Mapping[str, Iterable[str]] | None = None,
) -> ColumnPlan:
    """Say what headings mean: by our own names, as remembered, else by what others call it.

    Where the first cells under a heading, its sample, are no codes, it holds the teams' names.
    """
    known = {name: name for name in (*REQUIRED, *OPTIONAL)}
    known |= {code: ATTRIBUTE + code for code in attributes}
    valid = {LEFT_OUT, *known.values()}
    meanings: dict[str, str] = {}
    is_certain = True
    for heading in headings:
        column = remembered.get(heading, known.get(heading.lower()))
        if column not in valid or (column and column in meanings.values()):
            is_certain = False
            column = _guess(heading, attributes)
            sample = (samples or {}).get(heading, ())
            if column == "team" and not all(is_code(text) for text in sample if text):
                column = "team_name"
        meanings[heading] = LEFT_OUT if column in meanings.values() else column
    return ColumnPlan(meanings, is_certain)


def _guess(heading: str, attributes: Collection[str]) -> str:
    plain = _normalise(heading)
    if plain.replace(" ", "_") in attributes:
        return ATTRIBUTE + plain.replace(" ", "_")
    return GUESSES.get(plain, LEFT_OUT)


def _normalise(heading: str) -> str:
    plain = unaccented(heading.casefold())
    return WORDS.sub(" ", plain).strip()


def unaccented(text: str) -> str:
    """Return a text without the accents of its letters."""
    return "".join(
        letter
        for letter in unicodedata.normalize("NFKD", text)
        if ord(letter) < 0x300 or ord(letter) > 0x36F
    )


GUESSES = {
    _normalise(word): column
    for column, words in SEEN_ELSEWHERE.items()
    for word in (column, *words.split(","))
}


def check_columns(columns: Mapping[str, str], *, attributes: Collection[str]) -> None:
    """Refuse columns that are not there, not known or there twice; the headings are in line 1."""
    known = (*REQUIRED, *OPTIONAL, *(ATTRIBUTE + code for code in attributes))
    chosen = [column for column in columns.values() if column]
    required = REQUIRED if any(name in chosen for name in OF_PEOPLE) else ("team",)
    there = {*chosen, "team"} if "team_name" in chosen else set(chosen)  # a code can be made
    problems = [
        LineProblem(1, name, Said(_("this column is missing")))
        for name in required
        if name not in there
    ]
    for position, (heading, column) in enumerate(columns.items()):
        if column and column not in known:
            expected = ", ".join((*REQUIRED, *OPTIONAL, *sorted(attributes)))
            sentence = _("this column is not known; the columns are %(columns)s")
            problems.append(LineProblem(1, heading, Said(sentence, columns=expected)))
        elif column and column in list(columns.values())[:position]:
            problems.append(LineProblem(1, heading, Said(_("this column is there twice"))))
    if problems:
        raise RosterError(problems)


def own_columns(headings: Sequence[str], *, attributes: Collection[str]) -> dict[str, str]:
    """Take headings by their own names; what is not ours is kept, to be refused by name."""
    return {
        heading: ATTRIBUTE + heading.lower() if heading.lower() in attributes else heading.lower()
        for heading in headings
    }

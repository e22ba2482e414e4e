"""Who signs and where replies go: one person who reads them, not a department or a machine."""

import re

from survey.letters.voice.findings import Finding, Place
from survey.letters.voice.folding import fold, fold_text
from survey.letters.voice.lexicons import word_list
from survey.letters.voice.phrasing import Found
from survey.letters.voice.rules import find

DEPARTMENTS = word_list("departments")
ROLES = word_list("roles")
CLOSERS = word_list("closers")
TEAM_WORDS = word_list("team_words")
TEAM_FIRST = word_list("team_first")  # where a language names the team before whose it is
MACHINES = word_list("machines")
CROWD_BOXES = word_list("crowd_boxes")
SEGMENT = re.compile(
    r"[,;\u060c(/|–—]| - | \u0645\u0646 | from | at | of the | von der | vom | de l| del | van de "
)
LONGEST_CLOSING = 6  # words


def find_signer(*, signer_name: str) -> list[Finding]:
    """Return whether a letter is signed by nobody."""
    words = _words(SEGMENT.split(f" {fold_spaces(signer_name)} ")[0])
    n_departments = sum(word in DEPARTMENTS for word in words)
    is_nobody = not words or (n_departments > 0 and not _has_person(signer_name))
    if is_nobody or all(word in ROLES for word in words) or _is_machine(signer_name):
        return [find(Place.SIGNER, signer_name, "department_signer")]
    return []


def find_reply_address(*, reply_to: str) -> list[Finding]:
    """Return whether nobody reads what people reply."""
    local, _, domain = reply_to.strip().rpartition("@")
    if not local or not domain or _is_machine(reply_to):
        return [find(Place.REPLY_TO, reply_to, "no_reply")]
    is_crowd = any(part in CROWD_BOXES for part in re.split(r"[._+-]", fold(local)))
    return [find(Place.REPLY_TO, reply_to, "no_reply")] if is_crowd else []


def find_closing(*, body: str) -> list[Found]:
    """Return whether the last lines of a letter are signed by a team."""
    lines = [line.strip(" ,.!") for line in body.splitlines() if line.strip()]
    return [
        (body.rfind(line), find(Place.BODY, line, "department_signer"))
        for line in lines[-3:]
        if _is_team(line)
    ]


def fold_spaces(text: str) -> str:
    """Return a text folded, its white space as single blanks."""
    return " ".join(fold(text).split())


def _has_person(signer_name: str) -> bool:
    """Say whether a name stands before or beside the department: "Priya Nair and the HR team"."""
    named = re.split(
        r" (?:and|und|et|y|e|en|i|with|mit|avec|con|com|met|z) ", fold_spaces(signer_name)
    )
    first = _words(named[0])
    return len(named) > 1 and bool(first) and not any(word in DEPARTMENTS | ROLES for word in first)


def _is_team(line: str) -> bool:
    words = _words(fold_spaces(line))
    if not 1 < len(words) <= LONGEST_CLOSING:
        return False
    ends_with_team = words[-1] in TEAM_WORDS or words[1] in TEAM_WORDS
    return words[0] in TEAM_FIRST or (words[0] in CLOSERS and ends_with_team)


def _is_machine(text: str) -> bool:
    """Say whether a name or address says that nobody is there, whatever stands between."""
    split = fold_text(text)[0]
    readings = ("".join(form) for form in zip(*(_two(token.forms) for token in split), strict=True))
    return any(machine in reading for reading in readings for machine in MACHINES)


def _two(forms: tuple[str, ...]) -> tuple[str, str]:
    return forms[0], forms[1] if len(forms) > 1 else forms[0]


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text)

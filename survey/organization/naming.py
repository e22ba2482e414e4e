"""Codes for the teams of a list that only calls them by name."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from django.utils.text import slugify
from django.utils.translation import gettext_noop as _

from survey.organization.files import LineProblem, Said
from survey.organization.lines import RosterError, RosterFile, TeamLine
from survey.organization.tree import KnownTeam

LONGEST_CODE = 80
NAME = "team_name"


def settle_codes(roster: RosterFile, known: Mapping[str, KnownTeam]) -> RosterFile:
    """Put codes where a list has names: that of the team so called, else one made of the name.

    The same name is the same team in every list, whatever its capitals. A team that is only named
    as the one above is made like the others. Raises RosterError where names clash.
    """
    if not roster.names_teams:
        return roster
    names = _Names(_called(known), known)
    for line in roster.teams:
        names.meet(line.name, line.line, NAME)
    named = set(names.codes)
    for line in roster.teams:
        names.meet(line.parent, line.line, "parent")
        names.follow(line)
    if names.problems:
        raise RosterError(names.problems)
    above = [
        TeamLine(code, names.spelt[key], "", line=names.lines[key])
        for key, code in names.codes.items()
        if key not in named and code not in known
    ]
    return RosterFile(
        people=tuple(replace(one, team=names.code_of(one.team)) for one in roster.people),
        teams=(*above, *(_coded(line, names) for line in roster.teams)),
        names_teams=True,
    )


@dataclass(slots=True)
class _Names:
    """The names met so far, by what makes them the same, with their codes."""

    called: Mapping[str, list[str]]
    known: Mapping[str, KnownTeam]
    codes: dict[str, str] = field(default_factory=dict)
    spelt: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    problems: list[LineProblem] = field(default_factory=list)

    def meet(self, name: str, line: int, column: str) -> None:
        """Give a name its code at its first line, or say why it cannot have one."""
        key = _key(name)
        if not key or key in self.lines:
            return
        self.lines[key], self.spelt[key] = line, name
        code = self._find(key) or _make(name)
        message = next(self._clashes(key, code), None)
        if message is not None:
            self.problems.append(LineProblem(line, column, message))
            return
        self.codes[key] = code
        self.owners[code] = key

    def follow(self, line: TeamLine) -> None:
        """Check that the team which takes over is one that there is."""
        key = _key(line.succeeded_by)
        if key and key not in self.lines and not self._find(key):
            message = Said(_("no team is called %(name)s"), name=repr(line.succeeded_by))
            self.problems.append(LineProblem(line.line, "succeeded_by", message))

    def code_of(self, name: str) -> str:
        """Return the code of a name that has been met or is known; empty stays empty."""
        key = _key(name)
        return self.codes.get(key) or self._find(key)

    def _find(self, key: str) -> str:
        return next(iter(self.called.get(key, ())), "")

    def _clashes(self, key: str, code: str) -> Iterator[Said]:
        """Say what stands against a code for a name."""
        name, alike = self.spelt[key], self.called.get(key, [])
        if not code:
            yield Said(
                _("no code can be made of %(name)s; give the teams codes in a column of their own"),
                name=repr(name),
            )
        if len(alike) > 1:
            codes = ", ".join(repr(one) for one in alike)
            sentence = _(
                "more than one team is called %(name)s: %(codes)s; give the teams codes in a "
                "column of their own"
            )
            yield Said(sentence, name=repr(name), codes=codes)
        if not alike and code in self.known:
            sentence = _(
                "%(name)s would get the code %(code)s of %(other)s; give the teams codes in a "
                "column of their own"
            )
            yield Said(
                sentence, name=repr(name), code=repr(code), other=repr(self.known[code].name)
            )
        if code in self.owners:
            first = self.owners[code]
            sentence = _(
                "%(name)s would get the same code %(code)s as %(other)s in line %(line)s; "
                "give the teams codes in a column of their own"
            )
            other, line = repr(self.spelt[first]), self.lines[first]
            yield Said(sentence, name=repr(name), code=repr(code), other=other, line=line)


def _called(known: Mapping[str, KnownTeam]) -> dict[str, list[str]]:
    """Return codes by names; a team that has closed counts where no open one is called so."""
    found: dict[str, list[str]] = defaultdict(list)
    for of_state in (
        [team for team in known.values() if team.closed_date is None],
        [team for team in known.values() if team.closed_date is not None],
    ):
        taken = set(found)
        for team in of_state:
            if _key(team.name) not in taken:
                found[_key(team.name)].append(team.code)
    return found


def _coded(line: TeamLine, names: _Names) -> TeamLine:
    code_of: Callable[[str], str] = names.code_of
    return TeamLine(
        code_of(line.name),
        names.spelt[_key(line.name)],
        code_of(line.parent),
        line.closed_date,
        code_of(line.succeeded_by),
        line=line.line,
    )


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()


def _make(name: str) -> str:
    return slugify(name, allow_unicode=True)[:LONGEST_CODE].strip("-_")

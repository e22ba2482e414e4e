"""What the pages of the people feed show: plain facts, so that a template asks for nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from survey.console.arrivals import Arrival
from survey.console.people.words import KINDS, say_detail, say_heads, say_source
from survey.organization.models import (
    Attribute,
    Membership,
    Person,
    RosterFeed,
    RosterImport,
    RosterState,
)
from survey.organization.selectors import (
    HeadCounts,
    PersonRow,
    count_heads,
    find_people,
    list_stays_of,
)
from survey.organization.summaries import ListedChange, list_changes

MOST_FOUND = 50
MOST_ROSTERS = 10
N_SHOWN = 20
N_FOLDED = 480
CHIPS = {
    RosterState.APPLIED: "ok",
    RosterState.REFUSED: "bad",
    RosterState.READY: "gold",
    RosterState.UNMAPPED: "gold",
}
KIND_CHIPS = {"moved": "gold", "joined": "ok", "left": "", "changed": ""}


EXAMPLE = """person_id,name,email,team,team_name,parent,leader
,,,company,Company,,
1001,Ana,ana@example.org,bakery,Bakery,company,yes
1002,Ben,ben@example.org,bakery,,,"""


@dataclass(frozen=True, slots=True)
class HomePage:
    """Everybody in numbers, who was sought, and the lists that came in."""

    heads: HeadCounts
    sought: str
    found: Sequence[PersonRow]
    has_more: bool
    rosters: Sequence[Arrival]
    feeds: Sequence[RosterFeed]
    attributes: Sequence[Attribute]
    example: str = EXAMPLE

    @property
    def summary(self) -> str:
        """Return how many people there are, in a sentence."""
        return say_heads(self.heads)


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One person: their teams over time, and how they are written to."""

    person: Person
    stays: Sequence[Membership]
    attributes: Sequence[tuple[str, str]]
    n_reports: int
    is_here: bool


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One line of a difference."""

    change: ListedChange
    kind: str
    details: tuple[str, ...]
    chip: str


@dataclass(frozen=True, slots=True)
class DifferencePage:
    """What a list would change: counts first, then names."""

    roster: RosterImport
    source: str
    problems: Sequence[str]
    counts: Sequence[tuple[int, str]]
    shown: Sequence[ChangeRow]
    folded: Sequence[ChangeRow]
    n_others: int
    n_changes: int
    teams: Sequence[tuple[str, Sequence[str]]]
    moves_people: bool  # to another team, or away
    losing: tuple[int, int] | None


def build_home_page(*, sought: str, today: date) -> HomePage:
    """Return the first page; people are listed only where somebody seeks them."""
    found = find_people(sought=sought, today=today, most=MOST_FOUND + 1) if sought else []
    rosters = RosterImport.objects.defer("content", "difference", "problems")
    return HomePage(
        heads=count_heads(today=today),
        sought=sought,
        found=found[:MOST_FOUND],
        has_more=len(found) > MOST_FOUND,
        rosters=[_arrival(roster) for roster in rosters.order_by("-pk")[:MOST_ROSTERS]],
        feeds=list(RosterFeed.objects.order_by("name", "pk")),
        attributes=list(Attribute.objects.order_by("name")),
    )


def build_person_page(*, person_id: int, today: date) -> PersonPage | None:
    """Return one person; None where nobody has this number."""
    person = Person.objects.select_related("manager").filter(pk=person_id).first()
    if person is None:
        return None
    stays = list_stays_of(person=person)
    names = dict(Attribute.objects.values_list("code", "name"))
    return PersonPage(
        person=person,
        stays=stays,
        attributes=[(names.get(code, code), value) for code, value in person.attributes.items()],
        n_reports=person.reports.filter(
            Q(memberships__active_to__isnull=True) | Q(memberships__active_to__gt=today),
            memberships__active_from__lte=today,
        ).count(),
        is_here=any(stay.active_to is None or stay.active_to > today for stay in stays),
    )


def build_difference_page(*, roster: RosterImport) -> DifferencePage:
    """Return what a list would change, or changed."""
    counts = roster.difference["counts"]
    rows = [_change_row(one) for one in list_changes(roster.difference)]
    n_changes = sum(counts[kind] for kind in KIND_CHIPS)
    teams = roster.difference.get("teams", {})
    return DifferencePage(
        roster=roster,
        source=say_source(roster.source),
        problems=[_(problem) for problem in roster.problems],
        counts=(
            (counts["joined"], _("joined")),
            (counts["moved"], _("moved team")),
            (counts["left"], _("left")),
            (counts["changed"], _("changed otherwise")),
            (counts["unchanged"], _("as before")),
        ),
        shown=rows[:N_SHOWN],
        folded=rows[N_SHOWN : N_SHOWN + N_FOLDED],
        n_others=max(0, n_changes - N_SHOWN - N_FOLDED),
        n_changes=n_changes,
        teams=[
            (title, teams[kind])
            for kind, title in (
                ("new_teams", _("New teams")),
                ("changed_teams", _("Teams renamed, moved or closed")),
                ("closed_teams", _("Teams that close")),
            )
            if teams.get(kind)
        ],
        moves_people=bool(counts["moved"] or counts["left"]),
        losing=(counts["left"], counts["before"]) if roster.difference.get("loses_many") else None,
    )


def _change_row(one: ListedChange) -> ChangeRow:
    details = tuple(map(say_detail, one.details))
    return ChangeRow(one, str(KINDS[one.kind]), details, KIND_CHIPS[one.kind])


def _arrival(roster: RosterImport) -> Arrival:
    return Arrival(
        name=roster.name,
        address=reverse("console:people:roster", args=[roster.pk]),
        came_at=roster.created_at,
        sent=", ".join(part for part in (say_source(roster.source), roster.by) if part),
        state=roster.get_state_display(),
        chip=CHIPS.get(RosterState(roster.state), ""),
    )

"""Subtrees move, teams merge and split; waves and figures of before stay as they were."""

from datetime import UTC, datetime, timedelta

import pytest

from survey.accounts.models import Role
from survey.accounts.selectors import get_scope
from survey.aggregation.models import Figure, Release
from survey.campaigns.models import Group, GroupTeam, Invitation
from survey.campaigns.services import send_due_letters
from survey.organization.models import Membership, Team
from tests.cast import Organisation, make_user
from tests.factories.campaigns import make_campaign, make_open_wave
from tests.factories.linkage import RUN_AT, ask_employees, make_company, release_all
from tests.organization.arrivals import csv_of, take_in

HEADER = "person_id,name,email,team,team_name,parent,closed,succeeded_by"
WHEN = datetime(2026, 3, 2, 9, tzinfo=UTC)
TOMORROW = WHEN + timedelta(days=1)
REORGANISED = (
    ",,,kitchen,,goods,,",  # a team with its people goes to another department
    ",,,goods,Goods and Kitchen,food,,",  # which itself goes below a third
    ",,,garden,,,2026-03-03,bakery",  # merged into another team
    ",,,pastry,Pastry,food,,",  # split off from one
    *(f"kitchen-{n},Kitchen {n},kitchen-{n}@example.org,kitchen,,,," for n in range(1, 7)),
    *(f"garden-{n},Garden {n},garden-{n}@example.org,bakery,,,," for n in range(1, 7)),
    *(f"bakery-{n},Bakery {n},bakery-{n}@example.org,bakery,,,," for n in range(1, 4)),
    *(f"bakery-{n},Bakery {n},bakery-{n}@example.org,pastry,,,," for n in range(4, 7)),
)


def frozen() -> list[object]:
    """Return everything that a launch froze and a release printed."""
    models = (Group, GroupTeam, Invitation, Release, Figure)
    return [list(model.objects.order_by("pk").values()) for model in models]


class TestLaunchedWaves:
    def test_keep_their_people_and_groups(self, organisation: Organisation) -> None:
        wave = make_open_wave(make_campaign(organisation.company), now=WHEN)
        before = frozen()
        assert Invitation.objects.filter(wave=wave).count() == 18

        take_in(csv_of(*REORGANISED, header=HEADER), now=TOMORROW)
        send_due_letters(now=TOMORROW)

        assert Team.objects.get(code="kitchen").parent.code == "goods"
        assert Team.objects.get(code="goods").parent.code == "food"
        assert before == frozen()

    def test_ask_everybody_in_their_new_team_the_next_time(
        self, organisation: Organisation
    ) -> None:
        campaign = make_campaign(organisation.company)
        make_open_wave(campaign, now=WHEN)
        take_in(csv_of(*REORGANISED, header=HEADER), now=TOMORROW)

        wave = make_open_wave(campaign, now=TOMORROW + timedelta(days=30))
        teams = GroupTeam.objects.filter(group__wave=wave)
        assert "garden" not in set(teams.values_list("team__code", flat=True))
        assert "pastry" in set(teams.values_list("team__code", flat=True))
        assert Invitation.objects.filter(wave=wave).count() == 18


class TestPeople:
    def test_were_where_they_were(self, organisation: Organisation) -> None:
        take_in(csv_of(*REORGANISED, header=HEADER), now=TOMORROW)
        stays = Membership.objects.filter(person__external_id="garden-1").order_by("active_from")

        assert list(stays.values_list("team__code", "active_to")) == [
            ("garden", TOMORROW.date()),
            ("bakery", None),
        ]
        kitchen = Membership.objects.filter(team=organisation.kitchen)
        assert set(kitchen.values_list("active_to", flat=True)) == {None}


@pytest.mark.django_db
class TestFigures:
    def test_of_the_past_stay_with_the_teams_of_then(self) -> None:
        company = make_company(8)
        ask_employees(company, dict.fromkeys(company.teams, 3))
        release_all()
        before = frozen()
        assert Figure.objects.exists()

        lines = (",,,t0001,,north,,", ",,,t0002,,,2026-03-03,t0000", "1,Ana,,t0000,,,,")
        take_in(csv_of(*lines, header=HEADER), now=TOMORROW)
        release_all(RUN_AT + timedelta(days=1))

        assert before == frozen()

    def test_of_a_merged_team_are_read_by_whoever_leads_its_successor(self) -> None:
        company = make_company(4)
        ask_employees(company, dict.fromkeys(company.teams, 3))
        lead = make_user("dana", Role.TEAM_LEAD, Team.objects.get(code="t0000"))
        merged = Team.objects.get(code="t0002")
        assert not get_scope(user=lead).opens([merged.pk])

        lines = (",,,t0002,,,2026-03-03,t0000", "1,Ana,,t0000,,,,")
        take_in(csv_of(*lines, header=HEADER), now=TOMORROW)

        assert get_scope(user=lead).opens([merged.pk])

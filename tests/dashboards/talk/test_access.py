"""Who may read a comment, answer it, and take it out of sight."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from survey.accounts.models import Grant, Role, User
from survey.campaigns.models import Group
from survey.dashboards.access import find_reader
from survey.dashboards.filters import UnknownChoiceError
from survey.dashboards.talk.access import find_told, may_hide, may_talk, refuse_unless
from survey.followup.hiding import hide_comment
from tests.cast import Organisation
from tests.factories.aggregation import CLOSED
from tests.followup.talking import Kept, keep

pytest_plugins = ["tests.dashboards.team.company", "tests.followup.talkers"]


class TestFindTold:
    def test_finds_it_at_its_home_alone(self, kept: Kept, alice: User) -> None:
        reader = find_reader(user=alice)

        assert find_told(reader, "bakery", kept.comment.pk).comment == kept.comment
        for code, comment_id in (("kitchen", kept.comment.pk), ("bakery", uuid4())):
            with pytest.raises(UnknownChoiceError):
                find_told(reader, code, comment_id)

    def test_finds_none_that_is_hidden_waits_or_stands_at_a_group_of_no_team(
        self, groups: dict[str, Group], alice: User
    ) -> None:
        hidden, waiting = keep(groups["bakery"]), keep(groups["bakery"], is_released=False)
        hide_comment(comment=hidden.comment, user=alice, reason="Abuse", now=CLOSED)
        homeless = keep(groups["kitchen"])
        groups["kitchen"].group_teams.all().delete()

        for kept in (hidden, waiting, homeless):
            with pytest.raises(UnknownChoiceError):
                find_told(find_reader(user=alice), kept.comment.group.code, kept.comment.pk)


class TestMayTalk:
    def test_is_for_oneself_alone(self, kept: Kept, alice: User, bob: User) -> None:
        reader = find_reader(user=alice)
        trying = replace(reader, seen_as=Grant.objects.get(user=bob))

        assert may_talk(reader)
        assert not may_talk(trying)
        told = find_told(reader, "bakery", kept.comment.pk)
        assert may_hide(reader, told)
        assert not may_hide(trying, told)

    def test_hides_nothing_of_a_team_that_one_is_the_lead_of(
        self, kept: Kept, organisation: Organisation, charlie: User
    ) -> None:
        Grant.objects.create(user=charlie, role=Role.TEAM_LEAD, team=organisation.bakery)
        reader = find_reader(user=charlie)
        told = find_told(reader, "bakery", kept.comment.pk)

        assert may_talk(reader)
        assert not may_hide(reader, told)


class TestRefuseUnless:
    def test_refuses(self) -> None:
        refuse_unless(True)
        with pytest.raises(PermissionDenied, match="not change anything"):
            refuse_unless(False)

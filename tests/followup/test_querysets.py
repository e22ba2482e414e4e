"""Promises by whether they have been made."""

from datetime import datetime

import pytest

from survey.accounts.models import User
from survey.core.timestamps import local_date
from survey.followup.commitments import count_commitments, list_commitments
from survey.followup.models import Commitment
from survey.followup.promising import Wording, make_commitment
from survey.questionnaires.models import Audience

pytestmark = pytest.mark.django_db


class TestMade:
    @pytest.mark.parametrize("is_draft", [True, False])
    def test_leaves_out_what_nobody_has_been_promised_yet(
        self, alice: User, now: datetime, is_draft: bool
    ) -> None:
        today = local_date(now)
        made = make_commitment(
            wording=Wording(Audience.EMPLOYEE, "A locker for everybody", is_draft=is_draft),
            who_name="Alice",
            who=alice,
            due_date=today,
            by=alice,
            now=now,
        )

        expected = [] if is_draft else [made]
        assert list(Commitment.objects.made()) == expected
        assert len(list_commitments(team_ids=None, today=today)) == len(expected)
        assert count_commitments(today=today).open == len(expected)

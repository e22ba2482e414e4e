"""What was wrong with old lists of people is forgotten."""

from datetime import datetime, timedelta

import pytest

from survey.organization.models import RosterImport, RosterState
from survey.organization.services.forgetting import forget_roster_problems


class TestForgetRosterProblems:
    @pytest.mark.django_db
    def test_forgets_those_of_refused_lists_after_90_days(self, now: datetime) -> None:
        for days in (89, 91):
            RosterImport.objects.create(
                name=f"{days}.csv",
                source="upload",
                state=RosterState.REFUSED,
                problems=[[2, "email", "ann@example is no address"]],
                created_at=now - timedelta(days=days),
            )

        assert [forget_roster_problems(now=now, at_most=5) for _ in range(2)] == [1, 0]
        assert RosterImport.objects.exclude(problems=[]).get().name == "89.csv"

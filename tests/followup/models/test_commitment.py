"""What the database refuses of promises and stories."""

from datetime import datetime

import pytest

from survey.accounts.models import User
from survey.campaigns.models import Pairing
from survey.followup.models import Commitment, Story
from tests.constraints import assert_refused
from tests.dashboards.team.staging import everywhere, release, write
from tests.factories.promises import promise, refuse

pytest_plugins = ["tests.dashboards.team.company"]


class TestCommitment:
    @pytest.mark.parametrize(
        ("name", "values"),
        [
            ("commitment_state_is_known", {"state": "LATE"}),  # worked out, never stored
            ("commitment_audience_is_known", {"audience": "PRESS"}),
            ("commitment_promised_has_a_day", {"due_date": None}),
            ("commitment_no_longer_says_why", {"state": "WITHDRAWN", "settled_date": "2026-03-02"}),
            ("commitment_settled_has_a_day", {"state": "KEPT"}),
        ],
    )
    def test_is_refused(
        self, alice: User, now: datetime, name: str, values: dict[str, str | None]
    ) -> None:
        made = promise(alice, now)

        assert_refused(name, lambda: Commitment.objects.filter(pk=made.pk).update(**values))

    def test_of_a_no_is_refused_without_its_reason(self, alice: User, now: datetime) -> None:
        said = refuse(alice, now)

        assert_refused(
            "commitment_no_longer_says_why",
            lambda: Commitment.objects.filter(pk=said.pk).update(because=""),
        )

    def test_is_called_by_what_was_promised(self, alice: User, now: datetime) -> None:
        made = promise(alice, now)

        assert str(made) == "Rotas go up two weeks ahead"
        assert str(made.changes.get()) == f"{made.pk}, 2026-03-02"


class TestStory:
    def test_is_not_hidden_without_a_reason(self, team_sides: Pairing, now: datetime) -> None:
        comment = write(release(team_sides.ex, everywhere("fair", 70.0))["bakery"], "Told")
        story = Story.objects.create(comment=comment, chosen_date=now.date(), chosen_by="Ann")

        assert str(story) == str(story.pk)
        assert_refused(
            "story_hidden_has_a_reason",
            lambda: Story.objects.filter(pk=story.pk).update(hidden_date=now.date()),
        )

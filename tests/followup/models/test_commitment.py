"""What the database refuses of promises."""

from datetime import datetime

import pytest

from survey.accounts.models import User
from survey.followup.models import Commitment
from tests.constraints import assert_refused
from tests.factories.promises import promise, refuse


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

"""A file waits in its page, signed."""

from datetime import date, timedelta

import pytest

from survey.accounts.models import Role, User
from survey.console.services import keeping
from survey.console.services.keeping import NotKeptError, TooMuchToKeepError, keep, take_out
from survey.organization.service_lines import MOST_LINES, ServiceLine
from tests.cast import make_user

LINES = (ServiceLine(2, "a", "b", "Bread", date(2026, 1, 1)), ServiceLine(3, "b", "a"))


class TestTakeOut:
    @pytest.mark.parametrize("ends_missing", [True, False])
    def test_returns_what_was_kept(self, alice: User, ends_missing: bool) -> None:
        kept = keep(LINES, ends_missing=ends_missing, user=alice)

        assert take_out(kept, user=alice) == (LINES, ends_missing)

    def test_refuses_what_was_kept_for_another(self, alice: User) -> None:
        kept = keep(LINES, ends_missing=False, user=alice)

        with pytest.raises(NotKeptError):
            take_out(kept, user=make_user("hera", Role.HR))

    @pytest.mark.parametrize("kept", ["", "x", "x:y:z", "\N{SNOWMAN}", ".:::"])
    def test_refuses_anything_else(self, alice: User, kept: str) -> None:
        with pytest.raises(NotKeptError):
            take_out(kept, user=alice)

    def test_refuses_what_is_old(self, alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
        kept = keep(LINES, ends_missing=False, user=alice)
        monkeypatch.setattr(keeping, "KEPT_FOR", timedelta(seconds=-1))

        with pytest.raises(NotKeptError):
            take_out(kept, user=alice)


class TestKeep:
    def test_takes_as_many_lines_as_a_file_may_have(self, alice: User) -> None:
        lines = [
            ServiceLine(n, f"serving-team-{n}", f"served-team-{n * 7919 % 5003}", f"Chain {n % 40}")
            for n in range(MOST_LINES)
        ]

        assert len(keep(lines, ends_missing=True, user=alice)) < 200_000

    def test_refuses_more_than_a_form_may_hold(
        self, alice: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(keeping, "LARGEST_KEPT", 20)

        with pytest.raises(TooMuchToKeepError):
            keep(LINES, ends_missing=True, user=alice)

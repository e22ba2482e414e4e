"""The check of what must always be true."""

import io
from datetime import datetime

import pytest
from django.core.management import CommandError, call_command

from survey.followup import invariants


class TestVerify:
    def test_finds_an_empty_product_in_order(self, db: None) -> None:
        out = io.StringIO()

        call_command("verify", stdout=out)

        assert out.getvalue() == "Every invariant holds.\n"

    def test_names_what_is_broken_and_fails(
        self, db: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken_invariants(*, now: datetime) -> list[str]:
            return ["the key of wave 7 does not fit"]

        monkeypatch.setitem(invariants.CHECKED, "campaigns", broken_invariants)
        out = io.StringIO()

        with pytest.raises(CommandError, match="1 invariants are broken"):
            call_command("verify", stdout=out)
        assert out.getvalue() == "campaigns: the key of wave 7 does not fit\n"

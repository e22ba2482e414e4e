"""The invariants of all apps together."""

from datetime import datetime

import pytest

from survey.followup import invariants


class TestBrokenInvariants:
    def test_asks_every_app_that_has_some(self) -> None:
        assert list(invariants.CHECKED) == [
            "campaigns",
            "letters",
            "leases",
            "retention",
            "responses",
            "aggregation",
        ]

    def test_names_the_app_and_what_is_broken(
        self, now: datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        said = {"letters": ["one is stuck", "two are stuck"], "responses": []}
        checks = {name: lambda now, name=name: said[name] for name in said}
        monkeypatch.setattr(invariants, "CHECKED", checks)

        assert list(invariants.broken_invariants(now=now)) == [
            "letters: one is stuck",
            "letters: two are stuck",
        ]

    def test_forgives_what_was_broken_for_a_moment_only(
        self, now: datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        answers = iter([["3 boxes do not make 2 answers"], []])
        monkeypatch.setattr(invariants, "CHECKED", {"responses": lambda now: next(answers)})

        assert list(invariants.broken_invariants(now=now)) == []

    def test_says_first_what_is_found_first(
        self, now: datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def too_slow(*, now: datetime) -> list[str]:
            raise TimeoutError

        checks = {"campaigns": lambda now: ["keys are missing"], "aggregation": too_slow}
        monkeypatch.setattr(invariants, "CHECKED", checks)

        assert next(invariants.broken_invariants(now=now)) == "campaigns: keys are missing"

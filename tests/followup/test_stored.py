"""Every column is told of, and nothing is told of that is not there."""

import pytest
from django.db import models
from django.test.utils import isolate_apps

from survey.followup import stored
from survey.followup.retention import KINDS
from survey.followup.stored import (
    KEPT_NAMES,
    KIND_NAMES,
    StoredTable,
    UnnamedColumnError,
    gaps,
    read_tables,
    say_kept,
)
from survey.responses.models import Response

NAMED = {"person", "customer", "account"}


def table(name: str) -> StoredTable:
    return next(one for one in read_tables() if one.name == name)


class TestGaps:
    def test_finds_none(self) -> None:
        assert gaps() == []

    def test_names_a_column_that_is_not_told_of(self) -> None:
        with isolate_apps("survey.responses"):

            class Response(models.Model):
                minute = models.TimeField()

                class Meta:
                    app_label = "responses"

                def __str__(self) -> str:
                    return ""

        found = list(stored._gaps_of("responses.Response", Response, {"answers": "Answers."}))

        assert found == [
            "responses.Response.minute: not told of",
            "responses.Response.answers: gone",
        ]

    def test_names_tables_that_came_and_went(self, monkeypatch: pytest.MonkeyPatch) -> None:
        read_tables.cache_clear()
        monkeypatch.setattr(stored, "_models", lambda app: [Response])

        found = gaps()

        assert "responses.Intake: gone" in found
        assert "letters.Response: not told of" in found
        with pytest.raises(UnnamedColumnError, match="Intake"):
            read_tables()


class TestReadTables:
    def test_says_of_every_column_in_a_sentence_what_it_holds(self) -> None:
        for one in read_tables():
            assert one.holds[0].isupper(), one.name
            assert one.holds.endswith("."), one.name
            assert all(
                column.holds[0].isupper() and column.holds.endswith(".") for column in one.columns
            ), one.name

    def test_knows_every_kind_and_every_time(self) -> None:
        said = [column for one in read_tables() for column in (one, *one.columns)]

        assert {column.kind for column in said} == set(KIND_NAMES)
        times = {column.kept for column in said}
        assert times == set(KEPT_NAMES) | {kind.code for kind in KINDS}

    def test_tells_what_stands_beside_an_answer(self) -> None:
        beside = {column.name: column.kind for column in table("responses_response").columns}

        assert list(beside) == ["id", "wave_id", "group_id", "cell_id", "answers"]
        assert NAMED.isdisjoint(beside.values())

    def test_tells_how_long_names_are_kept(self) -> None:
        kept = {column.name: column.kept for column in table("letters_delivery").columns}

        assert (kept["recipient_name"], kept["address"]) == ("addresses", "addresses")


class TestSayKept:
    def test_goes_by_the_settings(self, settings: object) -> None:
        assert say_kept("addresses") == "30 days after the letter"
        settings.ADDRESSES_KEPT_DAYS = 7  # type: ignore[attr-defined]
        assert say_kept("addresses") == "7 days after the letter"

    def test_says_the_rest_in_words(self) -> None:
        assert say_kept("seal") == "until the survey is sealed"

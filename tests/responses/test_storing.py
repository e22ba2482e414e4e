"""Writing opened answers down."""

import re
from dataclasses import replace
from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from survey.campaigns.models import Group, Wave
from survey.questionnaires.models import Audience
from survey.responses.boxes import BoxContent
from survey.responses.models import Cell, Comment, Response
from survey.responses.return_keys import comment_digest
from survey.responses.storing import Stored, read_parents, store_responses
from tests.factories.campaigns import make_campaign, make_open_wave, make_teams

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


def make_wave(audience: str = Audience.EMPLOYEE) -> Wave:
    people = {"a": 6, "b": 6} if audience == Audience.EMPLOYEE else {}
    teams = make_teams({"top": None, "a": "top", "b": "top"}, people)
    return make_open_wave(make_campaign(teams["top"], audience, code="pulse"))


def pk(code: str) -> int:
    return Group.objects.get(code=code).pk


def content(code: str, value: int = 3, **texts: str) -> BoxContent:
    leaves = dict.fromkeys(texts, "NO_NAMES")
    return BoxContent(pk(code), {"pulse_1": value}, texts, leaves)


def store(wave: Wave, *contents: BoxContent, at: dict[str, str], day: date = DAY) -> Stored:
    """Store contents, each group's under the group named for it."""
    stored_at = {pk(code): pk(place) for code, place in at.items()}
    return store_responses(wave=wave, contents=contents, stored_at=stored_at, day=day)


class TestStoreResponses:
    def test_puts_answers_under_the_group_they_were_given_a_place_in(self) -> None:
        wave = make_wave()

        stored = store(wave, content("a", 1), content("b", 2), at={"a": "a", "b": "top"})

        assert (stored.n_responses, stored.unkept_items) == (2, frozenset())
        assert {
            (row.group.code, row.answers["answers"]["pulse_1"]) for row in Response.objects.all()
        } == {("a", 1), ("top", 2)}

    def test_leaves_out_groups_without_a_place(self) -> None:
        wave = make_wave()

        stored = store(wave, content("a"), content("b", pulse_story="Mine."), at={"a": "a"})

        assert stored.n_responses == 1
        assert not Comment.objects.exists()

    def test_joins_no_words_to_numbers(self) -> None:
        wave = make_wave()
        store(wave, content("a", pulse_story="Kind."), at={"a": "a"})
        comment, response = Comment.objects.get(), Response.objects.get()

        assert (comment.group.code, comment.text, comment.leave) == ("a", "Kind.", "NO_NAMES")
        assert "Kind." not in str(response.answers)
        assert comment.pk != response.pk

    def test_gives_no_leave_that_was_not_given(self) -> None:
        wave = make_wave()
        for leaves in ({}, {"pulse_story": "ALL"}):
            unknown = BoxContent(pk("a"), {}, {"pulse_story": "Kind."}, leaves)
            store(wave, unknown, at={"a": "a"})

        assert set(Comment.objects.values_list("leave", flat=True)) == {"NONE"}

    def test_gives_each_comment_a_digest_of_its_own(self) -> None:
        wave = make_wave()
        words = content("a", pulse_story="Kind.", pulse_more="Warm.")
        store(wave, replace(words, return_digest="d" * 64), content("a", more="X"), at={"a": "a"})

        kept = dict(Comment.objects.values_list("item_code", "return_digest"))

        without_key = kept.pop("more")
        assert kept == {
            "pulse_story": comment_digest(digest="d" * 64, item_code="pulse_story"),
            "pulse_more": comment_digest(digest="d" * 64, item_code="pulse_more"),
        }
        assert re.fullmatch(r"[0-9a-f]{64}", without_key)

    def test_tells_by_no_digest_which_words_came_without_a_key(self) -> None:
        wave = make_wave()
        words = content("a", pulse_story="Kind.", pulse_more="Warm.")
        store(wave, words, words, replace(words, return_digest="d" * 64), at={"a": "a"})

        kept = list(Comment.objects.values_list("return_digest", flat=True))

        assert len(set(kept)) == 6
        assert all(re.fullmatch(r"[0-9a-f]{64}", digest) for digest in kept)

    def test_lets_no_copied_key_keep_a_wave_from_its_seal(self) -> None:
        wave = make_wave()
        copied = replace(content("a", pulse_story="Copied."), return_digest="c" * 64)
        known = replace(content("a", pulse_story="Known."), return_digest="k" * 64)
        store(wave, known, at={"a": "a"})

        store(wave, copied, copied, known, at={"a": "a"})

        kept = list(Comment.objects.values_list("text", "return_digest"))
        digests = {
            comment_digest(digest=key * 64, item_code="pulse_story"): key for key in ("c", "k")
        }
        assert [(text, digests[one]) for text, one in kept if one in digests] == [("Known.", "k")]
        assert len({one for _, one in kept}) == 4
        assert {len(one) for _, one in kept} == {64}

    def test_keeps_nothing_of_the_order_in_which_answers_came(self) -> None:
        wave = make_wave()
        came = [value for _ in range(20) for value in (1, 2, 3)]
        store(wave, *(content("a", value) for value in came), at={"a": "a"})
        kept = [row.answers["answers"]["pulse_1"] for row in Response.objects.all()]

        assert sorted(kept) == sorted(came)
        assert kept != came

    def test_asks_as_much_for_many_as_for_few(
        self, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        wave = make_wave()
        contents = [content("a", pulse_story="Kind.") for _ in range(200)]
        places = {pk("a"): pk("a")}

        with django_assert_max_num_queries(12):
            store_responses(wave=wave, contents=contents, stored_at=places, day=DAY)


class TestCells:
    def test_are_numbered_by_group_and_know_their_day(self) -> None:
        wave = make_wave(Audience.CUSTOMER)
        for day in (DAY, date(2026, 4, 2)):
            store(wave, content("a"), content("b"), at={"a": "a", "b": "a"}, day=day)
        store(wave, content("b"), at={"b": "b"})

        assert [
            (cell.group.code, cell.number, cell.sealed_date, cell.responses.count())
            for cell in Cell.objects.order_by("pk")
        ] == [("a", 1, DAY, 2), ("a", 2, date(2026, 4, 2), 2), ("b", 1, DAY, 1)]

    def test_are_not_made_for_staff(self) -> None:
        store(make_wave(), content("a"), at={"a": "a"})

        assert not Cell.objects.exists()
        assert Response.objects.get().cell is None


class TestReadParents:
    def test_holds_every_group_of_the_wave(self) -> None:
        wave = make_wave()

        assert read_parents(wave=wave) == {pk("top"): None, pk("a"): pk("top"), pk("b"): pk("top")}

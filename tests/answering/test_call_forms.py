"""What a form of a call has sent."""

from uuid import UUID

import pytest

from survey.answering.call_forms import (
    CallForm,
    asks_for_call,
    new_key,
    read_call,
    take_call_fields,
)

SENT = {"call.name": " Nia ", "call.tel": "+49 30 123456", "call.key": new_key()}


class TestReadCall:
    def test_asks_for_nothing_where_all_is_empty(self) -> None:
        form = read_call({"call.name": "  ", "call.key": new_key()})

        assert (form.wish, dict(form.errors), form.is_touched) == (None, {}, False)

    def test_reads_a_wish(self) -> None:
        wish = read_call(SENT).wish

        assert wish is not None
        assert (wish.name, wish.phone, wish.email) == ("Nia", "+49 30 123456", "")

    def test_asks_for_a_name_where_only_words_are_to_go_along(self) -> None:
        assert set(read_call({"call.along": "1"}).errors) == {"name", "tel"}

    def test_takes_no_field_that_was_sent_twice_or_cannot_be_stored(self) -> None:
        form = read_call({**SENT, "call.time": ["one", "two"], "call.words": "a\x00b"})

        assert form.wish is not None
        assert (form.wish.best_time, form.wish.words) == ("", "ab")

    @pytest.mark.parametrize("gap", ["\n", "\r", "\r\n", " \t ", "\u2028"])
    def test_keeps_line_breaks_only_where_a_field_has_lines(self, gap: str) -> None:
        sent = dict.fromkeys(("call.name", "call.time"), f"Nia{gap}Brandt")
        form = read_call({**SENT, **sent, "call.tel": f"+49 30{gap}123456", "call.words": "a\nb"})

        assert form.wish is not None
        assert (form.wish.name, form.wish.best_time) == ("Nia Brandt", "Nia Brandt")
        assert (form.wish.phone, form.wish.words) == ("+49 30 123456", "a\nb")


class TestTakeCallFields:
    def test_leaves_the_questions_what_is_theirs(self) -> None:
        posted: dict[str, object] = {**SENT, "fair": "3"}

        form = take_call_fields(posted, "en")

        assert posted == {"fair": "3"}
        assert form.form_key == UUID(SENT["call.key"])


class TestAsksForCall:
    def test_looks_at_what_was_filled_in(self) -> None:
        assert asks_for_call({"call.name": "Nia"})
        assert not asks_for_call({"call.key": new_key(), "call.name": "", "fair": "3"})


class TestCallForm:
    def test_shows_its_fields_in_their_order(self) -> None:
        names = [one.name for one in CallForm(values={"name": "Nia"}).fields]

        assert names == [
            f"call.{name}" for name in ("name", "tel", "email", "address", "time", "words")
        ]

"""What the page behind a writer's own link says."""

from datetime import UTC, date, datetime

import pytest

from survey.answering.talk.pages import build_writer_page, write_lost
from survey.followup.conversations import Said
from survey.followup.writers import Found, State, Written

CLOSES = datetime(2026, 6, 12, 18, tzinfo=UTC)


def found(*written: Written, is_for_customers: bool = False) -> Found:
    return Found(CLOSES, is_for_customers, written)


class TestBuildWriterPage:
    @pytest.mark.parametrize(
        ("is_for_customers", "when"), [(False, "Come back after 12 June 2026"), (True, "few weeks")]
    )
    def test_says_when_to_come_back(self, is_for_customers: bool, when: str) -> None:
        page = build_writer_page(found=found(is_for_customers=is_for_customers))

        assert page.title == "Nobody has read your words yet"
        assert when in " ".join(page.sentences)
        assert page.stories == ()

    @pytest.mark.parametrize(
        ("state", "standing"),
        [
            (State.WAITING, "at least 10 people answered and 5 wrote"),
            (State.KEPT_BACK, "nobody can answer them"),
            (State.SHOWN, "They see the words and nothing of you."),
            (State.HIDDEN, "those who lead this part of the organisation can still read them"),
        ],
    )
    def test_says_where_words_stand(self, state: State, standing: str) -> None:
        (story,) = build_writer_page(found=found(Written("a", "Mine", state))).stories

        assert standing in story.standing
        assert story.written.may_talk is (state == State.SHOWN)

    def test_says_who_said_what_on_which_day(self) -> None:
        said = (Said("Bob, leads Bakery", "Why?", date(2026, 6, 14)),)
        said += (Said("", "So.", date(2026, 6, 16)),)

        (story,) = build_writer_page(found=found(Written("a", "", State.SHOWN, said))).stories

        assert [(line.by, line.by_writer) for line in story.lines] == [
            ("Bob, leads Bakery, 14 June 2026", False),
            ("You, shown from 16 June 2026 on", True),
        ]

    def test_keeps_what_was_typed_where_it_was_typed(self) -> None:
        both = (Written("a", "One", State.SHOWN), Written("b", "Two", State.SHOWN))

        page = build_writer_page(found=found(*both), item_code="b", text="Long", problem="Too long")

        assert [(one.text, one.problem) for one in page.stories] == [("", ""), ("Long", "Too long")]
        assert page.problem == "Too long"


class TestWriteLost:
    def test_says_that_a_lost_link_stays_lost(self) -> None:
        notice = write_lost()

        assert notice.status == 404
        assert "cannot be recovered, not even by us" in " ".join(notice.sentences)

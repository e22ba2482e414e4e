"""What the page asks whoever was called."""

from datetime import datetime

import pytest

from survey.accounts.models import Role, User
from survey.answering.calls.checking import build_called_page, find_called, take_word
from survey.followup.callbacks import give_up_callback, reopen_callback, solve_callback
from survey.followup.models import Callback, CallbackState
from tests.cast import make_user
from tests.followup.calls import ask


@pytest.fixture
def solved(db: None, now: datetime) -> Callback:
    """A call that Dora solved."""
    dora = make_user("dora", Role.CX_MANAGER)
    callback = ask(now=now)
    solve_callback(callback_id=callback.pk, user=dora, note="", now=now)
    return callback


class TestFindCalled:
    def test_knows_the_key_of_the_person_alone(self, solved: Callback) -> None:
        assert find_called(key=solved.check_key) == solved
        assert find_called(key=solved.key) is None


class TestTakeWord:
    def test_takes_nothing_else_than_yes_and_no(self, solved: Callback, now: datetime) -> None:
        take_word(solved, said="maybe", words={}, now=now)

        solved.refresh_from_db()
        assert solved.state == CallbackState.SOLVED


class TestBuildCalledPage:
    def test_asks_where_it_is_solved(self, solved: Callback) -> None:
        page = build_called_page(find_called(key=solved.check_key))

        assert (page.may_say_yes, page.may_say_no) == (True, True)

    def test_says_of_one_given_up_neither_that_it_is_open_nor_solved(
        self, solved: Callback, now: datetime
    ) -> None:
        reopen_callback(callback_id=solved.pk, words="", now=now)
        give_up_callback(callback_id=solved.pk, user=User.objects.get(), note="", now=now)

        page = build_called_page(find_called(key=solved.check_key))

        assert page.title == "Did we put it right?"
        assert [one[:25] for one in page.sentences] == ["You told us once before t"]
        assert (page.may_say_yes, page.may_say_no) == (False, False)

    def test_lets_one_given_up_at_first_be_taken_up_again(self, db: None, now: datetime) -> None:
        callback = ask(now=now)
        give_up_callback(
            callback_id=callback.pk, user=make_user("dora", Role.CX_MANAGER), note="", now=now
        )

        page = build_called_page(find_called(key=callback.check_key))
        assert (page.sentences, page.may_say_yes, page.may_say_no) == ((), False, True)
        take_word(callback, said="no", words={}, now=now)

        callback.refresh_from_db()
        assert callback.state == CallbackState.NEW

    def test_says_that_it_may_be_forgotten(self) -> None:
        assert build_called_page(None).status == 404

    def test_names_nobody_where_the_owner_is_gone(self, solved: Callback) -> None:
        User.objects.all().delete()

        assert build_called_page(find_called(key=solved.check_key)).sentences == ()

"""Comments that are hidden: by whom, why, and that the words stay as they are."""

import pytest

from survey.accounts.models import AccessEntry, Action, User
from survey.campaigns.models import Pairing
from survey.core.timestamps import local_date
from survey.followup.hiding import NoReasonError, hidden_ids, hide_comment, show_again
from survey.followup.models import HiddenComment
from survey.responses.models import Comment
from tests.dashboards.team.staging import everywhere, release, write
from tests.factories.aggregation import CLOSED

pytest_plugins = ["tests.dashboards.team.company"]

WORDS = "He is a\r\nfool. 🙄"


@pytest.fixture
def comment(team_sides: Pairing) -> Comment:
    return write(release(team_sides.ex, everywhere("fair", 70.0))["bakery"], WORDS)


class TestHideComment:
    def test_says_who_hid_it_and_why_and_keeps_the_words(self, comment: Comment, bob: User) -> None:
        assert list(hidden_ids()) == []

        hidden = hide_comment(comment=comment, user=bob, reason=" It abuses Jo. ", now=CLOSED)

        assert list(hidden_ids()) == [comment.pk]
        assert (hidden.by_name, hidden.reason) == ("Bob", "It abuses Jo.")
        assert hidden.hidden_date == local_date(CLOSED)
        comment.refresh_from_db()
        assert comment.text == WORDS

    def test_is_in_the_access_log_with_its_reason(self, comment: Comment, bob: User) -> None:
        hide_comment(comment=comment, user=bob, reason="It abuses Jo.", now=CLOSED)

        entry = AccessEntry.objects.get()
        assert (entry.user_name, entry.action, entry.at) == ("Bob", Action.CHANGED, CLOSED)
        assert entry.what == f"{comment.pk}: It abuses Jo."

    @pytest.mark.parametrize("reason", ["", " \n"])
    def test_refuses_without_a_reason(self, comment: Comment, bob: User, reason: str) -> None:
        with pytest.raises(NoReasonError):
            hide_comment(comment=comment, user=bob, reason=reason, now=CLOSED)

        assert not HiddenComment.objects.exists()

    def test_keeps_the_first_reason(self, comment: Comment, alice: User, bob: User) -> None:
        hide_comment(comment=comment, user=bob, reason="First", now=CLOSED)

        assert hide_comment(comment=comment, user=alice, reason="2nd", now=CLOSED).by_name == "Bob"
        assert AccessEntry.objects.count() == 1


class TestShowAgain:
    def test_brings_the_words_back_and_logs_why_beside_why_they_were_hidden(
        self, comment: Comment, alice: User, bob: User
    ) -> None:
        hide_comment(comment=comment, user=bob, reason="It abuses Jo.", now=CLOSED)

        show_again(comment=comment, user=alice, reason=" Jo agreed. ", now=CLOSED)

        assert list(hidden_ids()) == []
        entries = AccessEntry.objects.order_by("pk")
        assert [(one.route, one.user_name, one.what) for one in entries] == [
            ("followup:hide-comment", "Bob", f"{comment.pk}: It abuses Jo."),
            ("followup:show-comment", "Alice", f"{comment.pk}: Jo agreed."),
        ]

    def test_needs_a_reason(self, comment: Comment, bob: User) -> None:
        hide_comment(comment=comment, user=bob, reason="It abuses Jo.", now=CLOSED)

        with pytest.raises(NoReasonError):
            show_again(comment=comment, user=bob, reason=" ", now=CLOSED)
        assert list(hidden_ids()) == [comment.pk]

    def test_logs_nothing_where_nothing_was_hidden(self, comment: Comment, bob: User) -> None:
        show_again(comment=comment, user=bob, reason="Twice", now=CLOSED)

        assert not AccessEntry.objects.exists()

"""What is said of words that were typed beside the button that was pressed."""

from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.test import RequestFactory

from survey.dashboards.unsent import tell_unsent


class TestTellUnsent:
    def test_says_that_nothing_was_done_with_them(self) -> None:
        request = RequestFactory().post("/")
        request._messages = CookieStorage(request)  # type: ignore[attr-defined]

        tell_unsent(request)

        assert [str(one) for one in get_messages(request)] == [
            "What still stands in the fields is neither saved nor sent yet."
        ]

"""Queueing the letters about callbacks: due at once, signed, and holding nothing private."""

from datetime import datetime

import pytest
from django.conf import settings

from survey.accounts.models import Role, User
from survey.followup.callback_notices import ask_whether_put_right, remind_owner, tell_owner
from survey.followup.models import Callback, Notice, NoticeKind
from survey.letters.models import Delivery, Letter
from tests.cast import make_user
from tests.followup.calls import ask


@pytest.fixture
def dora(db: None) -> User:
    """Customer experience: the office that answers for customers' calls."""
    return make_user("dora", Role.CX_MANAGER)


@pytest.fixture
def callback(dora: User, now: datetime) -> Callback:
    """A call of Dora's, of which nobody was told yet."""
    callback = ask(now=now, language="de")
    Delivery.objects.all().delete()
    Letter.objects.all().delete()
    return callback


class TestOwners:
    @pytest.mark.parametrize(
        ("tell", "kind"),
        [(tell_owner, NoticeKind.CALLBACK_ASKED), (remind_owner, NoticeKind.CALLBACK_DUE)],
    )
    def test_are_told_at_once_in_the_organisations_name(
        self, callback: Callback, dora: User, now: datetime, tell: object, kind: str
    ) -> None:
        tell(callback=callback, owner=dora, now=now)  # type: ignore[operator]

        notice = Notice.objects.select_related("delivery__letter").get()
        assert (notice.kind, notice.user, notice.callback) == (kind, dora, callback)
        assert (notice.delivery.address, notice.delivery.due_at) == (dora.email, now)
        letter = notice.delivery.letter
        assert (letter.signer_name, letter.reply_to) == (
            settings.ORGANISATION_NAME, settings.CONTACT_EMAIL
        )  # fmt: skip
        assert "Nia" not in letter.subject + letter.body


class TestAskWhetherPutRight:
    def test_goes_to_the_person_in_the_name_of_the_owner(
        self, callback: Callback, now: datetime
    ) -> None:
        ask_whether_put_right(callback=callback, now=now)

        delivery = Delivery.objects.select_related("letter").get()
        assert (delivery.recipient_name, delivery.address) == ("Nia Brandt", "nia@example.org")
        assert (delivery.letter.signer_name, delivery.letter.language) == ("Dora", "de")
        assert "Nia" not in delivery.letter.body

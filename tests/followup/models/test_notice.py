"""Why a letter goes out."""

import pytest

from survey.accounts.models import User
from survey.followup.models import DigestChoice, Notice, NoticeKind
from tests.constraints import assert_refused
from tests.factories.letters import DeliveryFactory

pytestmark = pytest.mark.django_db


class TestNotice:
    def test_is_of_a_known_kind(self) -> None:
        delivery = DeliveryFactory()

        assert_refused(
            "notice_kind_is_known", lambda: Notice.objects.create(delivery=delivery, kind="GOSSIP")
        )
        notice = Notice(delivery=delivery, kind=NoticeKind.DIGEST)
        assert str(notice) == f"DIGEST {delivery.pk}"


class TestDigestChoice:
    def test_says_whether_it_was_stopped(self, alice: User) -> None:
        assert str(DigestChoice(user=alice)) == f"{alice.pk}: monthly"
        assert str(DigestChoice(user=alice, is_stopped=True)) == f"{alice.pk}: stopped"

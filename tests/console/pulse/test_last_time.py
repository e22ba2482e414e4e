"""What the next letter may say of what came of the last one."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from survey.accounts.models import Role, User
from survey.campaigns.models import Wave
from survey.console.pulse.last_time import offer_paragraphs
from survey.followup.promising import keep_commitment
from survey.organization.models import Team
from tests.cast import make_user
from tests.console.pulse.test_views import filled, page
from tests.factories.promises import promise, refuse

HEARD = "Rotas come out too late."
DAY = timedelta(days=1)


@pytest.fixture
def ann(db: None) -> User:
    return make_user("ann", Role.CX_MANAGER)


def offered(today: date, language: str = "en") -> list[str]:
    found = offer_paragraphs(audience="EMPLOYEE", language=language, today=today)
    return [one.text for one in found]


class TestOfferParagraphs:
    def test_tells_what_was_kept_before_what_is_open(self, ann: User, now: datetime) -> None:
        promise(ann, now, what="Paint the line.")
        kept = promise(ann, now, heard=HEARD)
        keep_commitment(key=kept.key, kept_date=now.date(), by=ann, now=now)

        assert offered(now.date()) == [
            f"Last time you told us: “{HEARD}” Since March 2026: Rotas go up two weeks ahead.",
            "Ann promised, by 9 March 2026: Paint the line.",
        ]

    def test_says_that_a_promise_is_late(self, ann: User, now: datetime) -> None:
        promise(ann, now, heard=HEARD, due_date=now.date())

        assert "was due on 2 March 2026 and is late" in offered(now.date() + DAY)[0]

    def test_says_who_entered_the_name_of_somebody_else(
        self, ann: User, bob: User, now: datetime
    ) -> None:
        promise(ann, now, who=bob)

        assert offered(now.date())[0].startswith("Bob, entered by Ann promised, by 9 March 2026: ")

    def test_keeps_to_what_this_audience_may_know(self, ann: User, now: datetime) -> None:
        promise(ann, now, audience="CUSTOMER")
        promise(ann, now, is_shown_outside=False)
        promise(ann, now, team=Team.objects.create(code="bakery", name="Bakery"))
        refuse(ann, now)

        assert offered(now.date()) == []


class TestMessageStep:
    def test_takes_a_paragraph_over_and_saves_nothing(
        self, hr: Client, draft: Wave, ann: User
    ) -> None:
        made = promise(ann, timezone.now(), heard=HEARD)
        address = page(draft, "message")
        assert "Say what came of last time" in hr.get(address).text

        sent = filled(hr, address, subject="Half typed", take=str(made.key))
        answer = hr.post(address, sent)

        assert answer.status_code == 200
        assert "Half typed" in answer.text  # nothing that was typed is lost
        assert f"How is work?\n\nLast time you told us: “{HEARD}”" in answer.text
        draft.refresh_from_db()
        assert draft.letter is not None
        assert draft.letter.body == "How is work?"

    def test_takes_nothing_over_twice_and_nothing_unknown(
        self, hr: Client, draft: Wave, ann: User
    ) -> None:
        made = promise(ann, timezone.now(), heard=HEARD)
        address = page(draft, "message")
        once = hr.post(address, filled(hr, address, take=str(made.key)))
        form = once.context["form"]
        sent = {**filled(hr, address), "body": form["body"].value(), "take": str(made.key)}

        again = hr.post(address, sent)

        assert again.context["form"]["body"].value() == form["body"].value()
        unknown = hr.post(address, filled(hr, address, take="lost"))
        assert unknown.context["form"]["body"].value() == "How is work?"

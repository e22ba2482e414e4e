"""What the letters about promises say."""

from datetime import UTC, date, datetime, timedelta

from survey.accounts.models import User
from survey.followup.models import Commitment, Notice
from survey.followup.notices import compose_notices, send_due_notices
from survey.followup.settling import settle_commitments
from survey.letters.models import Delivery
from tests.factories.promises import promise

DAY = timedelta(days=1)
MADE = datetime(2026, 3, 2, 12, tzinfo=UTC)
DUE = date(2026, 3, 29)


def letters() -> list[Delivery]:
    return list(Delivery.objects.filter(notice__commitment__isnull=False).order_by("pk"))


class TestWriteCommitmentDue:
    def write(self, now: datetime) -> str | None:
        (letter,) = compose_notices(deliveries=letters(), now=now).values()
        return letter.text if letter else None

    def test_names_the_promise_its_day_and_the_page(self, alice: User) -> None:
        made = promise(alice, MADE, due_date=DUE)
        settle_commitments(now=MADE + 25 * DAY)

        text = self.write(MADE + 25 * DAY)

        assert text is not None
        assert "You promised: “Rotas go up two weeks ahead”" in text
        assert "due on 29 March 2026" in text
        assert str(made.key) in text.replace("\n", "")
        assert "two weeks" not in Notice.objects.get().delivery.letter.body

    def test_says_by_how_much_it_is_late(self, alice: User) -> None:
        promise(alice, MADE, due_date=DUE)
        settle_commitments(now=MADE + 30 * DAY)

        assert "29 March 2026, 3 days ago" in (self.write(MADE + 30 * DAY) or "").replace("\n", " ")

    def test_is_not_wanted_once_it_was_kept_or_moved(self, alice: User) -> None:
        made = promise(alice, MADE, due_date=DUE)
        now = MADE + 25 * DAY
        settle_commitments(now=now)
        Commitment.objects.filter(pk=made.pk).update(due_date=DUE + 30 * DAY)

        assert self.write(now) is None
        assert send_due_notices(now=now + DAY).sent == 0

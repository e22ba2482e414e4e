"""What the monthly page says when it goes."""

from datetime import datetime, timedelta

import pytest
from django.core import mail

from survey.accounts.models import Grant, User
from survey.campaigns.models import Pairing
from survey.core.timestamps import local_date
from survey.followup.digest_letters import MOST_NEEDS, write_digest
from survey.followup.digests import send_digests, stop_digests, stop_token
from survey.followup.models import Notice
from survey.followup.notices import send_due_notices
from survey.followup.promising import change_commitment, keep_commitment
from survey.letters.notices import NoticeFacts
from survey.organization.models import Person
from tests.cast import Organisation
from tests.dashboards.team.staging import everywhere, release
from tests.factories.promises import promise
from tests.followup.waiting import make_call, make_promise

THIRD = datetime.fromisoformat("2026-04-03T09:00:00+00:00")
DAY = timedelta(days=1)
pytest_plugins = ["tests.dashboards.team.company"]


@pytest.fixture
def released(team_sides: Pairing) -> Pairing:
    release(team_sides.ex, everywhere("fair", 70.0, bakery=50.0, garden=61.0))
    release(team_sides.cx, everywhere("treat", 80.0, bakery=71.0))
    return team_sides


def written(user: User) -> NoticeFacts:
    """Return what somebody's page says as it stands now."""
    facts = write_digest(Notice.objects.get(user=user), "en", THIRD)
    assert facts is not None
    return facts


class TestWriteDigest:
    def test_tells_released_figures_of_ones_own_part(
        self, released: Pairing, bob: User, charlie: User
    ) -> None:
        send_digests(now=THIRD)
        sections = {one.title: one.lines for one in written(bob).sections}

        assert sections == {
            "What needs you": ("Nothing. All is answered, and no promise is due.",),
            "New figures of Bakery": (
                "Inside: Staff score “how high fair is” 50 (between 46 and 54) out of 100.",
                "Outside: Customers score “how high treat is” 71 (between 67 and 75) out of 100.",
            ),
        }
        assert "Bakery" not in str(written(charlie))
        assert "61 (between 57 and 65)" in str(written(charlie))

    def test_tells_what_waits_when_it_goes_and_names_no_customer(
        self, released: Pairing, bob: User, organisation: Organisation
    ) -> None:
        send_digests(now=THIRD)
        make_call(bob, THIRD - DAY, organisation.bakery)
        make_promise(bob, local_date(THIRD), team=organisation.bakery)
        first, _, promises = written(bob).sections

        assert first.lines == (
            "A call is late. Bakery, due by 2 April, 09:00.",
            "A promise is due on 3 April. “Say how shifts are swapped” Bob.",
        )
        assert promises.lines == ("0 kept, 1 open, 0 late.",)
        assert "Nia" not in str(written(bob))

    def test_tells_what_was_late_before_and_what_was_kept_late(
        self, released: Pairing, bob: User
    ) -> None:
        send_digests(now=THIRD)
        early, today = THIRD - 9 * DAY, local_date(THIRD)
        moved = promise(bob, early, what="Rotas", due_date=local_date(early))
        kept = promise(bob, early, what="Paint", due_date=local_date(early))
        late = {"changes": {"due_date": today + DAY}, "why": "Ill"}
        change_commitment(key=moved.key, by=bob, now=THIRD, **late)  # type: ignore[arg-type]
        keep_commitment(key=kept.key, kept_date=today, by=bob, now=THIRD)

        assert written(bob).sections[-1].lines == (
            "1 kept, 1 open, 0 late.",
            "1 of them was late and got another day.",
            "1 was kept late.",
        )

    def test_tells_the_first_of_many(self, released: Pairing, bob: User) -> None:
        send_digests(now=THIRD)
        for _ in range(MOST_NEEDS + 2):
            make_promise(bob, local_date(THIRD))

        assert written(bob).sections[0].lines[-1] == "And 2 more on your page."

    def test_is_not_wanted_by_those_who_stopped_it_or_lead_nothing_any_more(
        self, released: Pairing, bob: User, charlie: User
    ) -> None:
        send_digests(now=THIRD)
        stop_digests(user=bob)
        Grant.objects.filter(user=charlie).delete()

        assert [write_digest(one, "en", THIRD) for one in Notice.objects.all()] == [None, None]


class TestLetter:
    def test_says_the_same_as_text_and_html_and_stops_with_one_click(
        self, released: Pairing, alice: User, bob: User
    ) -> None:
        send_digests(now=THIRD)
        send_due_notices(now=THIRD)
        (letter,) = mail.outbox
        stop = f"http://testserver/digest/stop/{stop_token(user=bob)}/"

        html = str(letter.alternatives[0][0])
        for said in ("New figures of Bakery", "50 (between 46 and 54)", "Alice", stop):
            assert said in str(letter.body).replace("\n", " ")
            assert said in html
        assert letter.extra_headers["List-Unsubscribe"] == f"<{stop}>"
        assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert letter.subject == "March 2026 on one page"

    def test_is_in_the_language_of_its_reader(
        self, released: Pairing, alice: User, bob: User, charlie: User
    ) -> None:
        Person.objects.create(external_id="b", name="Bob", email=bob.email, language="de")
        send_digests(now=THIRD)
        send_due_notices(now=THIRD)
        german, english = sorted(mail.outbox, key=lambda one: one.to)

        assert german.subject == "März 2026 auf einer Seite"
        assert "Was Sie braucht" in german.body
        assert "Once a month" not in german.body
        assert english.subject == "March 2026 on one page"

"""What stands on the page of changes."""

from datetime import UTC, datetime, timedelta

from survey.accounts.models import User
from survey.accounts.services import record_look
from survey.campaigns.models import Campaign
from survey.dashboards.access import find_reader
from survey.dashboards.changes.pages import ChangesPage, build_changes_page

pytest_plugins = ["tests.dashboards.compare.company"]
SUMMER = datetime(2026, 7, 10, tzinfo=UTC)


def build(user: User, now: datetime = SUMMER) -> ChangesPage:
    return build_changes_page(reader=find_reader(user=user), now=now)


class TestBuildChangesPage:
    def test_looks_back_thirty_days_without_a_look(self, alice: User, campaign: Campaign) -> None:
        page = build(alice)

        assert not page.has_looked
        assert page.since == (SUMMER - timedelta(days=30)).date()
        assert [new.wave for new in page.news.made] == ["Pulse, wave 2"]
        assert page.headline == "1 new set of figures; 2 things moved by more than the margin."

    def test_has_nothing_new_after_a_look(self, alice: User, campaign: Campaign) -> None:
        record_look(user=alice, looked_at=SUMMER)

        page = build(alice, SUMMER + timedelta(days=1))

        assert page.has_looked
        assert page.headline == "Nothing new since 10 July 2026."
        assert page.compared == ()

    def test_compares_the_newest_period_alone(self, alice: User, campaign: Campaign) -> None:
        record_look(user=alice, looked_at=datetime(2026, 1, 1, tzinfo=UTC))

        page = build(alice)

        assert len(page.news.made) == 2
        assert [one.period for one in page.compared] == ["Q2 2026"]

    def test_tells_one_user_nothing_of_anothers_look(
        self, alice: User, bob: User, campaign: Campaign
    ) -> None:
        record_look(user=bob, looked_at=SUMMER)

        assert not build(alice).has_looked

"""First pages in a real browser: light and dark, on a desk and on a phone."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from survey.accounts.models import Role, User
from survey.aggregation.models import Release
from survey.campaigns.models import Pairing
from survey.core.timestamps import local_date
from survey.followup.digests import stop_token
from tests.cast import Organisation, make_user
from tests.dashboards.studies import make_study
from tests.dashboards.team.staging import everywhere, release, write
from tests.factories.aggregation import make_wave
from tests.followup.waiting import make_answer, make_call, make_playback, make_promise
from tests.journeys import pages

pytest_plugins = ["tests.dashboards.team.company"]
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
DAY = timedelta(days=1)
OTHERS = (Role.ANALYST, Role.AUDITOR, Role.ADMIN)


@pytest.fixture
def today(team_sides: Pairing, organisation: Organisation, alice: User, bob: User) -> date:
    """Something of everything waits for Bob, and both sides have been heard."""
    now, ex, cx = timezone.now(), team_sides.ex, team_sides.cx
    release(ex, everywhere("fair", 70.0), closed_at=now - 100 * DAY)
    groups = release(ex, everywhere("fair", 68.0, bakery=50.0), closed_at=now - 10 * DAY)
    release(cx, everywhere("treat", 81.0, bakery=71.0), closed_at=now - 10 * DAY)
    make_wave(ex, closed_at=now + 5 * DAY, is_open=True)
    today = local_date(now)
    make_answer(write(groups["bakery"], "The oven door squeaks."), today)
    make_playback(Release.objects.latest("pk"), bob, today - DAY)
    make_call(bob, now - 2 * DAY, organisation.bakery)
    make_promise(bob, today - 3 * DAY, team=organisation.bakery, what="Say how shifts are swapped.")
    make_promise(bob, today + 2 * DAY, team=organisation.bakery, what="Two early weeks at most.")
    make_promise(bob, today - 9 * DAY, team=organisation.bakery, state="KEPT", settled_date=today)
    coverage = {"n_groups": 44, "n_compared": 38, "n_not_shown": 4, "n_no_customers": 1,
                "n_few_customers": 1}  # fmt: skip
    study = make_study(team_sides, organisation.company, 0.4, scales=())
    study.results.create(ex_scale="fair", cx_scale="treat", n_teams=38, numbers={}, verdict={})
    study.coverage = coverage
    study.save()
    return today


@pytest.mark.parametrize("is_phone", [True, False], ids=["phone", "desk"])
class TestFirstPages:
    def test_shut_nobody_out(
        self,
        browser: Browser,
        live_server: LiveServer,
        today: date,
        alice: User,
        bob: User,
        is_phone: bool,
    ) -> None:
        people = [alice, bob, *(make_user(role.lower(), role) for role in OTHERS)]
        stop = f"/digest/stop/{stop_token(user=bob)}/"
        page = pages.open_page(browser, is_phone=is_phone)
        for user, address in [*((user, "/") for user in people), (bob, stop)]:
            pages.log_in(page, user, live_server)
            page.goto(live_server.url + address)

            assert pages.violations(page) == [], user.name
            assert not pages.overflows(page), user.name

"""Who may write back to whom."""

from datetime import datetime

import pytest
from django.test import Client

from survey.accounts.models import Role, User
from survey.campaigns.models import Wave
from survey.dashboards.access import SEEN_AS
from survey.followup.models import Playback
from tests.cast import make_user
from tests.dashboards.playbacks.pressing import WORDS, address
from tests.factories.playbacks import make_playback

pytest_plugins = ["tests.dashboards.playbacks.drafts"]
pytestmark = pytest.mark.django_db


class TestWhoMay:
    def test_office_reads_and_writes_its_own_audience_only(
        self, hand: Client, unpublished: Playback, visits: Wave, moment: datetime
    ) -> None:
        make_user("carmen", Role.CX_MANAGER)
        theirs = make_playback(visits, now=moment)

        page = hand.get("/dashboards/playbacks/").content.decode()

        assert address(unpublished) in page
        assert address(theirs) not in page
        assert hand.get(address(theirs)).status_code == 404
        assert hand.post(address(theirs), WORDS).status_code == 404

    def test_people_team_writes_to_customers_where_nobody_else_does(
        self, hand: Client, visits: Wave, moment: datetime
    ) -> None:
        assert hand.get(address(make_playback(visits, now=moment))).status_code == 200

    def test_leader_writes_what_was_handed_to_them_and_reads_nothing_else(
        self, client: Client, unpublished: Playback, bob: User, charlie: User
    ) -> None:
        Playback.objects.update(owner=bob)
        for user, status in ((bob, 200), (charlie, 404)):
            client.force_login(user)
            for more in ("", "preview/", "publish/"):
                assert client.get(address(unpublished, more)).status_code == status

    def test_whoever_tries_out_a_role_changes_nothing(
        self, hand: Client, unpublished: Playback, bob: User
    ) -> None:
        Playback.objects.update(owner=bob)
        session = hand.session
        session[SEEN_AS] = bob.grants.get().pk
        session.save()

        assert hand.get(address(unpublished)).status_code == 200
        assert hand.post(address(unpublished), WORDS).status_code == 403
        assert hand.post(address(unpublished, "publish/")).status_code == 403

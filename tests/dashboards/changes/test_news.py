"""New, replaced and withdrawn figures."""

from datetime import timedelta

from survey.aggregation.models import Release
from survey.aggregation.services import supersede_release
from survey.campaigns.models import Campaign
from survey.dashboards.changes.news import read_news
from survey.questionnaires.models import Audience
from tests.factories.aggregation import CLOSED, make_wave

pytest_plugins = ["tests.dashboards.compare.company"]
SECOND = timedelta(seconds=1)


class TestReadNews:
    def test_tells_what_was_made_since_a_moment_the_newest_first(self, campaign: Campaign) -> None:
        first, second = Release.objects.order_by("made_at")

        both = read_news(campaigns=[campaign], since=first.made_at - SECOND)
        later = read_news(campaigns=[campaign], since=first.made_at)

        assert [new.wave for new in both.made] == ["Pulse, wave 2", "Pulse, wave 1"]
        assert [new.date for new in later.made] == [second.made_at.date()]
        assert len(later) == 1
        assert len(read_news(campaigns=[campaign], since=second.made_at)) == 0

    def test_tells_nothing_of_other_campaigns(self, campaign: Campaign) -> None:
        assert len(read_news(campaigns=[], since=CLOSED)) == 0

    def test_knows_a_survey_among_colleagues(self, campaign: Campaign) -> None:
        campaign.audience = Audience.COLLEAGUE

        news = read_news(campaigns=[campaign], since=CLOSED - 365 * 86_400 * SECOND)

        assert news.made
        assert all(new.is_colleagues and not new.is_customers for new in news.made)

    def test_gives_the_reason_of_what_was_replaced(self, campaign: Campaign) -> None:
        old = Release.objects.latest("made_at")
        since = old.made_at + SECOND
        supersede_release(release_id=old.pk, reason="A wrong scale.", now=since + SECOND)

        news = read_news(campaigns=[campaign], since=since)

        assert news.made == ()
        assert [new.reason for new in news.replaced] == ["A wrong scale."]

    def test_gives_the_reason_of_what_was_withdrawn(self, campaign: Campaign) -> None:
        make_wave(campaign, is_open=True, withdrawn_at=CLOSED, withdrawn_reason="A mistake.")

        news = read_news(campaigns=[campaign], since=CLOSED - SECOND)

        assert [(new.wave, new.reason) for new in news.withdrawn] == [
            ("Pulse, wave 3", "A mistake.")
        ]

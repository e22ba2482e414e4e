"""The links in a letter to oneself."""

from datetime import timedelta

import pytest

from survey.campaigns.models import Credential, Group, Wave
from survey.campaigns.selectors import UnknownLinkError
from survey.campaigns.trial_links import (
    WORKS_FOR,
    get_trial_link,
    trial_stop_url,
    trial_token,
    trial_url,
)
from survey.questionnaires.repeating import name_examples
from tests.factories.campaigns import NOW, make_campaign, make_draft, make_teams
from tests.factories.colleagues import make_colleagues, serve

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def draft() -> Wave:
    return make_draft(make_campaign(make_teams({"top": None}, {"top": 6})["top"]))


class TestTrialUrl:
    def test_leads_to_pages_of_its_own(self) -> None:
        assert trial_url(token="t") == "http://testserver/try/t/"
        assert trial_stop_url(token="t") == "http://testserver/try/t/stop/"


class TestGetTrialLink:
    def test_knows_the_draft_as_if_it_had_been_launched_and_stores_nothing(
        self, draft: Wave
    ) -> None:
        link = get_trial_link(token=trial_token(wave_id=draft.pk, now=NOW), now=NOW)

        assert link.wave == draft
        assert link.group.name == "Top"
        assert link.letter == draft.campaign.letter
        assert link.wave.families
        assert not link.is_spent
        assert not Group.objects.exists()
        assert not Credential.objects.exists()
        draft.refresh_from_db()
        assert not draft.families

    def test_works_for_some_days_only(self, draft: Wave) -> None:
        token = trial_token(wave_id=draft.pk, now=NOW)

        assert get_trial_link(token=token, now=NOW + WORKS_FOR - SECOND).wave == draft
        with pytest.raises(UnknownLinkError):
            get_trial_link(token=token, now=NOW + WORKS_FOR)

    def test_needs_our_signature_under_this_very_wave(self, draft: Wave) -> None:
        token = trial_token(wave_id=draft.pk, now=NOW)
        other = trial_token(wave_id=draft.pk + 1, now=NOW)
        forged = f"{other.partition('.')[0]}.{token.rpartition('.')[2]}"

        for wrong in ("", "x", token[:-1], forged, other):
            with pytest.raises(UnknownLinkError):
                get_trial_link(token=wrong, now=NOW)

    def test_asks_colleagues_about_two_teams_that_serve_others_here(self) -> None:
        teams = make_teams({"top": None, "shop": "top", "it": "top", "post": "top"}, {})
        serve(teams, "post>shop", "it>shop", "it>post")
        wave = make_draft(make_colleagues(teams["top"]))

        link = get_trial_link(token=trial_token(wave_id=wave.pk, now=NOW), now=NOW)

        assert [arrow.provider_name for arrow in link.arrows] == ["It", "Post"]
        assert not Credential.objects.exists()

    @pytest.mark.parametrize(("at_most", "n_asked"), [(1, 1), (5, 2)])
    def test_invents_serving_teams_where_nobody_is_known_to_serve(
        self, at_most: int, n_asked: int
    ) -> None:
        top = make_teams({"top": None}, {})["top"]
        wave = make_draft(make_colleagues(top, arrows_per_person=at_most))

        link = get_trial_link(token=trial_token(wave_id=wave.pk, now=NOW), now=NOW)

        assert [arrow.provider_name for arrow in link.arrows] == [*name_examples()][:n_asked]

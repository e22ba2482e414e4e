"""What the demo tells came of its answers."""

from datetime import timedelta

import pytest

from survey.accounts.models import Role
from survey.campaigns.models import Pairing
from survey.core.periods import Period
from survey.followup.models import Playback, PlaybackState
from survey.followup.publishing import blocking_findings
from survey.questionnaires.models import Audience
from survey.samples.writing_back import write_back
from tests.cast import Organisation, make_user
from tests.dashboards.released import LATER, release_wave
from tests.factories.aggregation import CLOSED, make_campaign, make_instrument

pytestmark = pytest.mark.django_db
ANSWERS = {"bakery": [2, 3] * 5, "garden": [3, 2] * 5}


@pytest.fixture
def pairing(organisation: Organisation) -> Pairing:
    """Both sides, answered in two quarters."""
    make_user("alice", Role.HR)
    make_user("carmen", Role.CX_MANAGER)
    sides = {}
    for audience, prefix in ((Audience.EMPLOYEE, ""), (Audience.CUSTOMER, "cx_")):
        instrument = make_instrument(audience, prefix=prefix)
        sides[prefix] = make_campaign(instrument, organisation.company, f"{prefix}side")
        for closed_at in (CLOSED, CLOSED + LATER):
            release_wave(sides[prefix], ANSWERS, closed_at=closed_at, prefix=prefix)
    return Pairing.objects.create(
        code="both", name="Both", ex=sides[""], cx=sides["cx_"], period=Period.QUARTER
    )


class TestWriteBack:
    def test_publishes_to_both_and_leaves_a_draft(self, pairing: Pairing) -> None:
        now = CLOSED + LATER + timedelta(days=5)

        write_back(pairing=pairing, now=now)

        found = Playback.objects.order_by("pk")
        assert [(one.audience, one.state) for one in found] == [
            (Audience.CUSTOMER, PlaybackState.PUBLISHED),
            (Audience.EMPLOYEE, PlaybackState.PUBLISHED),
            (Audience.EMPLOYEE, PlaybackState.DRAFT),
        ]
        assert all(one.published_at <= now for one in found if one.published_at)
        assert not any(blocking_findings(one) for one in found)

"""Letters to oneself, as they are written."""

import pytest

from survey.campaigns.trials import compose_trials
from tests.factories.letters import DeliveryFactory


@pytest.mark.django_db
class TestComposeTrials:
    def test_writes_no_other_letters(self) -> None:
        assert compose_trials(deliveries=[DeliveryFactory()]) == {}

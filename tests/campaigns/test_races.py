"""Launches at one moment: waves that ask the same things are still compared with each other."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from survey.campaigns.models import Campaign, Wave
from survey.campaigns.services import LaunchRefusedError, launch_wave
from survey.organization.models import Attribute, Person
from tests.factories.campaigns import NOW, make_campaign, make_draft, make_teams

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def drafts() -> list[Wave]:
    """Return two that ask nearly the same people the same things: two of twelve fewer."""
    teams = make_teams({"top": None}, {"top": 12})
    Attribute.objects.create(code="site", name="Site")
    most = Person.objects.order_by("pk").values("pk")[:10]
    Person.objects.filter(pk__in=list(most.values_list("pk", flat=True))).update(
        attributes={"site": "north"}
    )
    everybody = make_campaign(teams["top"])
    some = Campaign.objects.get(pk=everybody.pk)
    some.pk, some.code = None, "some"
    some.audience_filter = {"attributes": {"site": ["north"]}}
    some.save()
    return [make_draft(everybody), make_draft(some)]


class TestTwoLaunchesOfTheSameThings:
    def test_let_only_one_through(self, drafts: list[Wave]) -> None:
        gate = Barrier(len(drafts))

        def launch(draft: Wave) -> str:
            try:
                gate.wait(timeout=30)
                launch_wave(wave_id=draft.pk, now=NOW)
            except LaunchRefusedError as error:
                return str(error)
            finally:
                connection.close()
            return ""

        with ThreadPoolExecutor(len(drafts)) as pool:
            refused = [said for said in pool.map(launch, drafts) if said]

        (said,) = refused
        assert "people more or less" in said
        assert Wave.objects.launched().count() == 1

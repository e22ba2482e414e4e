"""manage.py supersede_release."""

import io
from datetime import datetime

import pytest
from django.core.management import CommandError, call_command

from survey.aggregation.models import Release
from survey.aggregation.selectors import current_releases
from survey.aggregation.services import make_due_releases, refresh_due_rollups
from survey.campaigns.models import Group
from tests.cast import Organisation
from tests.factories.aggregation import (
    answer,
    fair,
    make_campaign,
    make_instrument,
    make_wave,
    plant,
)
from tests.stages import stage


@stage
def bakery(organisation: Organisation, now: datetime) -> Group:
    """A team of six whose answers are released."""
    wave = make_wave(make_campaign(make_instrument(), organisation.company))
    bakery = plant(wave, {"company": None, "bakery": "company"})["bakery"]
    answer(bakery, [fair(4)] * 6)
    refresh_due_rollups(now=now)
    make_due_releases(now=now)
    return bakery


@pytest.fixture
def wrong(bakery: Group) -> Release:
    return Release.objects.get()


def supersede(release_id: int, reason: str = "counted wrongly") -> str:
    out = io.StringIO()
    call_command("supersede_release", str(release_id), "--reason", reason, stdout=out)
    return out.getvalue()


class TestSupersedeReleaseCommand:
    def test_puts_a_new_release_in_the_place_of_the_old(self, wrong: Release) -> None:
        said = supersede(wrong.pk)

        new = current_releases().get()
        assert (new.supersedes, new.reason) == (wrong, "counted wrongly")
        assert said.startswith(f"Release {new.pk} (")

    def test_needs_words_for_a_reason(self, wrong: Release) -> None:
        with pytest.raises(CommandError, match="--reason"):
            supersede(wrong.pk, " ")

    def test_names_the_releases_there_are(self, wrong: Release) -> None:
        with pytest.raises(CommandError, match=rf"There is: {wrong.pk} \("):
            supersede(wrong.pk + 1)

    def test_names_none_before_the_first(self, db: None) -> None:
        with pytest.raises(CommandError, match="none yet"):
            supersede(1)

    def test_refuses_a_superseded_one(self, wrong: Release) -> None:
        supersede(wrong.pk)

        with pytest.raises(CommandError, match="already stands in its place"):
            supersede(wrong.pk)

    def test_refuses_to_count_other_people(self, bakery: Group, wrong: Release) -> None:
        answer(bakery, [fair(4)])

        with pytest.raises(CommandError, match="not those of the people"):
            supersede(wrong.pk)

        assert current_releases().get() == wrong

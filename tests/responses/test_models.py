"""What the database keeps of answers, and what it refuses."""

import pytest
from django.db import models

from survey.campaigns.models import Group
from survey.responses.models import Cell, Comment, CutBox, Intake, Response
from tests.cast import Organisation
from tests.constraints import Write, assert_refused, constraints_of, twice
from tests.factories.aggregation import make_campaign, make_instrument, make_wave, plant

DAY = "2026-03-02"
KEPT = {
    Intake: {"id", "wave", "box", "cut_box"},
    Response: {"id", "wave", "group", "cell", "answers"},
    CutBox: {"id", "wave", "box"},
    Comment: {"id", "group", "item_code", "text", "leave", "return_digest"},
}


@pytest.fixture
def group(organisation: Organisation) -> Group:
    wave = make_wave(make_campaign(make_instrument(), organisation.company))
    return plant(wave, {"company": None})["company"]


class TestWhatIsKept:
    @pytest.mark.parametrize("model", KEPT)
    def test_says_nothing_of_who_or_when(self, model: type[models.Model]) -> None:
        assert {field.name for field in model._meta.concrete_fields} == KEPT[model]

    @pytest.mark.parametrize("model", KEPT)
    def test_has_random_keys_that_tell_no_order(self, model: type[models.Model]) -> None:
        keys = [str(model().pk) for _ in range(30)]

        assert len(set(keys)) == 30
        assert keys != sorted(keys)


class TestConstraints:
    @pytest.mark.parametrize("name", sorted(constraints_of("responses")))
    def test_are_held_by_the_database(self, group: Group, name: str) -> None:
        writes: dict[str, Write] = {
            "cell_number_once": twice(
                lambda: Cell.objects.create(wave=group.wave, group=group, number=1, sealed_date=DAY)
            ),
            "comment_is_found_by_one_key": twice(
                lambda: Comment.objects.create(group=group, return_digest="d" * 64)
            ),
            "comment_leave_is_known": lambda: Comment.objects.create(group=group, leave="ALL"),
        }
        assert_refused(name, writes[name])

    def test_give_no_leave_by_themselves(self, group: Group) -> None:
        assert Comment.objects.create(group=group, text="Kind.").leave == "NONE"

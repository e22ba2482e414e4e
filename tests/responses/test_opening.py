"""Opening the waiting boxes of a wave."""

import logging
from collections import Counter

import pytest

from survey.campaigns.keys import KeysMissingError, destroy_keys
from survey.campaigns.models import Group, Wave
from survey.responses.boxes import BoxContent, seal_box
from survey.responses.models import Intake
from survey.responses.opening import open_boxes
from tests.factories.campaigns import make_campaign, make_open_wave, make_teams
from tests.factories.responses import make_answers, put_boxes
from tests.stages import stage

pytestmark = pytest.mark.django_db


@stage
def wave() -> Wave:
    teams = make_teams({"top": None, "a": "top", "b": "top"}, {"a": 6, "b": 6})
    return make_open_wave(make_campaign(teams["top"], code="pulse"))


def group(wave: Wave, code: str = "a") -> Group:
    return Group.objects.get(wave=wave, code=code)


def put(wave: Wave, group_id: int, answers: dict[str, object], **texts: object) -> Intake:
    """Put in a box whose content nobody has checked."""
    content = BoxContent(group_id, answers, texts, {})  # type: ignore[arg-type]
    box = seal_box(
        public_key=bytes(wave.public_key or b""), size=wave.box_size or 0, content=content
    )
    return Intake.objects.create(wave=wave, box=box)


class TestOpenBoxes:
    def test_reads_what_was_put_in(self, wave: Wave) -> None:
        put_boxes(wave, group(wave, "a"), [1, 2])
        put_boxes(wave, group(wave, "b"), [3])
        opened = open_boxes(wave=wave)

        assert opened.counts() == Counter({group(wave, "a").pk: 2, group(wave, "b").pk: 1})
        values = sorted(max(box.content.answers.values()) for box in opened.boxes)
        assert values == [1, 2, 3]
        assert opened.unreadable == []

    def test_knows_the_row_of_each_box(self, wave: Wave) -> None:
        put_boxes(wave, group(wave), [1, 2, 3])
        ids = {box.intake_id for box in open_boxes(wave=wave).boxes}

        assert ids == set(Intake.objects.values_list("pk", flat=True))

    def test_leaves_the_boxes_where_they_are(self, wave: Wave) -> None:
        put_boxes(wave, group(wave), [1, 2, 3])
        open_boxes(wave=wave)

        assert Intake.objects.count() == 3

    def test_leaves_the_boxes_of_other_waves_alone(self, wave: Wave) -> None:
        other = make_open_wave(make_campaign(wave.campaign.scope, code="other"))
        put_boxes(other, group(other), [1])

        assert open_boxes(wave=wave).boxes == []

    def test_takes_what_may_be_answered(self, wave: Wave) -> None:
        fitting = put(wave, group(wave).pk, {"pulse_1": None, "pulse_2": 3}, pulse_story="Kind.")
        (box,) = open_boxes(wave=wave).boxes

        assert box.intake_id == fitting.pk
        assert box.content.answers == {"pulse_1": None, "pulse_2": 3}
        assert box.content.texts == {"pulse_story": "Kind."}

    @pytest.mark.parametrize(
        ("answers", "texts"),
        [
            ({"pulse_1": 4}, {}),
            ({"pulse_1": "3"}, {}),
            ({"pulse_1": [3]}, {}),
            ({"unknown": 3}, {}),
            ({"pulse_story": 3}, {}),
            ({}, {"pulse_1": "three"}),
            ({}, {"unknown": "words"}),
            ({}, {"pulse_story": 3}),
        ],
    )
    def test_sets_aside_what_does_not_fit_and_reads_the_others(
        self, wave: Wave, answers: dict[str, object], texts: dict[str, object]
    ) -> None:
        wrong = put(wave, group(wave).pk, answers, **texts)
        put_boxes(wave, group(wave), [2])
        opened = open_boxes(wave=wave)

        assert opened.unreadable == [wrong.pk]
        assert len(opened.boxes) == 1

    def test_sets_aside_the_groups_of_another_wave(self, wave: Wave) -> None:
        other = make_open_wave(make_campaign(wave.campaign.scope, code="other"))
        wrong = put(wave, group(other).pk, {"pulse_1": 3})

        assert open_boxes(wave=wave).unreadable == [wrong.pk]

    def test_sets_aside_boxes_that_are_damaged_and_says_only_how_many(
        self, wave: Wave, caplog: pytest.LogCaptureFixture
    ) -> None:
        damaged = put(wave, group(wave).pk, {"pulse_1": 3})
        Intake.objects.update(box=bytes(damaged.box)[:-1] + b"x")
        with caplog.at_level(logging.WARNING):
            opened = open_boxes(wave=wave)

        assert opened.unreadable == [damaged.pk]
        assert [record.getMessage() for record in caplog.records] == [
            f"Wave {wave.pk}: 1 boxes cannot be read; they count as discarded"
        ]

    def test_opens_nothing_without_the_key(self, wave: Wave) -> None:
        put_boxes(wave, group(wave), [1])
        destroy_keys(wave=wave)

        with pytest.raises(KeysMissingError):
            open_boxes(wave=wave)

    def test_reads_what_the_page_lets_people_answer(self, wave: Wave) -> None:
        read = make_answers(wave, 3, story="Kind.")
        put(wave, group(wave).pk, dict(read.answers), **read.texts)

        assert len(open_boxes(wave=wave).boxes) == 1

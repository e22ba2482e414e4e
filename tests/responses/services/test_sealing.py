import logging
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from unittest import mock

import pytest
from nacl.bindings import crypto_box_seal, sodium_pad

from survey.campaigns.keys import destroy_keys
from survey.campaigns.models import Credential, Group, Wave
from survey.campaigns.services import close_wave
from survey.core.leases import claim
from survey.responses.boxes import BoxContent, seal_box
from survey.responses.models import Comment, Intake, Response
from survey.responses.opening import OpenedBoxes
from survey.responses.services import seal_due_waves, seal_wave
from tests.factories.campaigns import (
    NOW,
    make_campaign,
    make_open_wave,
    make_teams,
    spoil_keys,
)
from tests.factories.responses import answer_wave, close_and_seal
from tests.stages import stage

pytestmark = pytest.mark.django_db
OPEN_BOXES = "survey.responses.services.sealing.open_boxes"


@stage
def wave() -> Wave:
    parents = {"top": None, "x": "top", "a": "x", "b": "x", "c": "top"}
    teams = make_teams(parents, {"a": 20, "b": 20, "c": 20})
    return make_open_wave(make_campaign(teams["top"]))


def group(wave: Wave, code: str) -> Group:
    return Group.objects.get(wave=wave, code=code)


def stored(wave: Wave) -> dict[str, int]:
    return dict(Counter(wave.responses.values_list("group__code", flat=True)))


class TestSealWave:
    def test_stores_every_answer_once_under_its_group(self, wave: Wave) -> None:
        answer_wave(wave, group(wave, "a"), [1, 2, 3, 1, 2])
        answer_wave(wave, group(wave, "c"), [3, 3, 3, 3, 3, 3])

        close_and_seal(wave)

        assert stored(wave) == {"a": 5, "c": 6}
        values = [set(row.answers["answers"].values()) for row in of_group(wave, "a")]
        assert sorted(values, key=min) == [{1}, {1}, {2}, {2}, {3}]
        assert (wave.n_spent, wave.n_discarded) == (11, 0)

    def test_stores_answers_of_few_at_the_node_above(self, wave: Wave) -> None:
        answer_wave(wave, group(wave, "a"), [1, 2, 3])
        answer_wave(wave, group(wave, "b"), [1, 2])
        answer_wave(wave, group(wave, "c"), [3] * 6)

        close_and_seal(wave)

        assert stored(wave) == {"x": 5, "c": 6}

    def test_takes_the_smallest_set_up_with_a_last_rest(self, wave: Wave) -> None:
        answer_wave(wave, group(wave, "a"), [1, 2])
        answer_wave(wave, group(wave, "b"), [1] * 7)
        answer_wave(wave, group(wave, "c"), [3] * 6)

        close_and_seal(wave)

        assert stored(wave) == {"top": 8, "b": 7}

    def test_stores_nothing_of_fewer_than_k_and_says_so(self, wave: Wave) -> None:
        answer_wave(wave, group(wave, "a"), [1, 2, 3, 1], story="Mine")

        close_and_seal(wave)

        assert not Response.objects.exists()
        assert not Comment.objects.exists()
        assert (wave.n_spent, wave.n_discarded) == (4, 4)

    def test_leaves_no_box_and_no_credential(self, wave: Wave) -> None:
        answer_wave(wave, group(wave, "a"), [1] * 5)

        close_and_seal(wave)

        assert not Intake.objects.exists()
        assert not Credential.objects.exists()

    def test_keeps_words_apart_from_numbers(self, wave: Wave) -> None:
        answer_wave(wave, group(wave, "a"), [1] * 5, story="They were kind.")

        close_and_seal(wave)

        comments = Comment.objects.filter(group__code="a", leave="NO_NAMES")
        assert comments.count() == 5
        assert {field.name for field in Comment._meta.concrete_fields} == {
            "id",
            "group",
            "item_code",
            "text",
            "leave",
            "return_digest",  # by which its writer alone finds it again
        }
        assert "kind" not in str(list(Response.objects.values()))

    def test_stores_answers_in_an_order_of_their_own(self, wave: Wave) -> None:
        values = [1, 2, 3] * 6
        answer_wave(wave, group(wave, "a"), values)

        close_and_seal(wave)

        rows = list(Response.objects.values_list("answers", flat=True))
        found = [min(row["answers"].values()) for row in rows]
        assert sorted(found) == sorted(values)
        assert found != values  # the same order comes once in 17 million seals

    def test_is_done_once(self, wave: Wave) -> None:
        answer_wave(wave, group(wave, "a"), [1] * 5)
        close_and_seal(wave)

        assert not seal_wave(wave_id=wave.pk, now=NOW)
        assert Response.objects.count() == 5

    def test_waits_for_the_close(self, wave: Wave) -> None:
        answer_wave(wave, group(wave, "a"), [1] * 5)

        assert not seal_wave(wave_id=wave.pk, now=NOW)
        assert Intake.objects.count() == 5

    def test_seals_a_wave_that_nobody_answered(self, wave: Wave) -> None:
        close_and_seal(wave)

        assert (wave.sealed_at, wave.n_spent, wave.n_discarded) == (NOW, 0, 0)


class TestSealWaveWithBadBoxes:
    @pytest.fixture(autouse=True)
    def _answered(self, wave: Wave) -> None:
        answer_wave(wave, group(wave, "a"), [1] * 6)

    def test_counts_a_box_that_does_not_open(
        self, wave: Wave, caplog: pytest.LogCaptureFixture
    ) -> None:
        intake = Intake.objects.order_by("pk")[:1].get()
        intake.box = b"damaged" * 100
        intake.save()

        with caplog.at_level(logging.WARNING):
            close_and_seal(wave)

        assert (stored(wave), wave.n_discarded) == ({"a": 5}, 1)
        assert "1 boxes cannot be read" in caplog.text
        assert "damaged" not in caplog.text

    @pytest.mark.parametrize(
        ("answers", "texts"),
        [
            ({"unknown": 1}, {}),
            ({"employee_top_1": 9}, {}),
            ({"employee_top_1": [1]}, {}),
            ({}, {"employee_top_1": "words where a number belongs"}),
            ({"employee_top_1": True}, {}),
            ({}, {"employee_top_story": 5}),
            ({}, {"employee_top_story": "a \0 that no database takes"}),
        ],
    )
    def test_counts_a_box_that_does_not_fit(
        self, wave: Wave, answers: dict[str, int], texts: dict[str, str]
    ) -> None:
        put(wave, BoxContent(group(wave, "a").pk, answers, texts, {}))

        close_and_seal(wave)

        assert (stored(wave), wave.n_discarded) == ({"a": 6}, 1)

    def test_counts_words_with_half_a_character(self, wave: Wave) -> None:
        plain = f'[{group(wave, "a").pk},{{}},{{"employee_top_story":"\\ud800"}},{{}}]'
        put_plain(wave, plain.encode())

        close_and_seal(wave)

        assert (stored(wave), wave.n_discarded) == ({"a": 6}, 1)

    @pytest.mark.parametrize("plain", [b"[Infinity,{},{},{}]", b"[" * 1000])
    def test_counts_a_box_without_sense(self, wave: Wave, plain: bytes) -> None:
        put_plain(wave, plain)

        close_and_seal(wave)

        assert (stored(wave), wave.n_discarded) == ({"a": 6}, 1)

    def test_counts_a_box_of_a_group_of_another_wave(self, wave: Wave) -> None:
        put(wave, BoxContent(0, {"employee_top_1": 1}, {}, {}))

        close_and_seal(wave)

        assert wave.n_discarded == 1


class TestSealDueWaves:
    def test_seals_closed_waves_only(self, wave: Wave) -> None:
        other = make_open_wave(make_campaign(wave.campaign.scope, code="other"))
        close_wave(wave_id=wave.pk, now=NOW)

        assert seal_due_waves(now=NOW) == 1
        assert Wave.objects.get(pk=wave.pk).sealed_at == NOW
        assert Wave.objects.get(pk=other.pk).sealed_at is None

    def test_leaves_a_wave_to_the_worker_that_holds_it(self, wave: Wave) -> None:
        close_wave(wave_id=wave.pk, now=NOW)
        claim(wave, now=NOW)

        assert seal_due_waves(now=NOW) == 0
        assert seal_due_waves(now=NOW + timedelta(minutes=5)) == 1

    def test_goes_on_and_gives_the_lease_back_where_one_wave_is_in_trouble(
        self, wave: Wave
    ) -> None:
        other = make_open_wave(make_campaign(wave.campaign.scope, code="other"))
        for each in (wave, other):
            close_wave(wave_id=each.pk, now=NOW)

        def open_unless_first(*, wave: Wave) -> OpenedBoxes:
            assert wave == other
            return OpenedBoxes([], [])

        with mock.patch(OPEN_BOXES, side_effect=open_unless_first):
            assert seal_due_waves(now=NOW) == 1
        wave.refresh_from_db()
        assert (wave.sealed_at, wave.lease_until) == (None, None)

    @pytest.mark.parametrize("lose", [destroy_keys, spoil_keys])
    def test_keeps_answers_where_the_keys_are_lost_or_others(
        self, wave: Wave, lose: Callable[..., object]
    ) -> None:
        other = make_open_wave(make_campaign(wave.campaign.scope, code="other"))
        answer_wave(wave, group(wave, "a"), [1] * 5)
        lose(wave=wave)
        for each in (wave, other):
            close_wave(wave_id=each.pk, now=NOW)

        assert seal_due_waves(now=NOW) == 1
        assert Intake.objects.filter(wave=wave).count() == 5
        assert Credential.objects.filter(wave=wave, is_spent=True).count() == 5


def of_group(wave: Wave, code: str) -> list[Response]:
    return list(Response.objects.filter(wave=wave, group__code=code))


def put_plain(wave: Wave, plain: bytes) -> None:
    padded = sodium_pad(plain, wave.box_size or 0)
    Intake.objects.create(wave=wave, box=crypto_box_seal(padded, bytes(wave.public_key or b"")))


def put(wave: Wave, content: BoxContent) -> None:
    box = seal_box(
        public_key=bytes(wave.public_key or b""), size=wave.box_size or 0, content=content
    )
    Intake.objects.create(wave=wave, box=box)

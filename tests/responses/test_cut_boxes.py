"""Customers' cut values between the seal of their cell and the count of their month."""

from itertools import groupby

import pytest

from survey.campaigns.contact_cuts import CONTACT_CHANNEL
from survey.campaigns.models import Group, Wave
from survey.campaigns.services import withdraw_wave
from survey.responses.boxes import OVERHEAD
from survey.responses.cut_boxes import forget_kept_cuts, kept_size, list_codes, open_kept_cuts
from survey.responses.invariants import broken_invariants
from survey.responses.models import Cell, CutBox, Intake, Response
from survey.responses.services import clear_withdrawn_waves, seal_due_waves, seal_wave
from tests.factories.campaigns import NOW
from tests.factories.cuts import CHANNELS, draw_customers, make_customer_wave, put_customers
from tests.factories.responses import close_and_seal, put_boxes

pytestmark = pytest.mark.django_db
SAID = draw_customers(3)


@pytest.fixture
def wave() -> Wave:
    wave = make_customer_wave()
    put_customers(wave, "a", SAID)
    seal_due_waves(now=NOW)
    return wave


class TestKeepCuts:
    def test_names_neither_team_nor_cell_nor_channel(self, wave: Wave) -> None:
        boxes = list(CutBox.objects.values())

        assert len(boxes) == len(SAID)
        assert set(boxes[0]) == {"id", "wave_id", "box"}
        sizes = {len(bytes(one["box"])) for one in boxes}
        assert sizes == {kept_size(wave=wave) + OVERHEAD}
        assert not any(
            channel.encode() in bytes(one["box"]) for one in boxes for channel in CHANNELS
        )

    def test_leaves_nothing_of_the_first_two_boxes(self, wave: Wave) -> None:
        assert not Intake.objects.exists()
        stored = " ".join(str(row) for row in Response.objects.values())
        assert not any(channel in stored for channel in CHANNELS)

    def test_follows_no_order_of_arrival(self) -> None:
        wave = make_customer_wave()
        put_customers(wave, "a", [("till", 1)] * 20 + [("till", 3)] * 20)
        seal_due_waves(now=NOW)

        kept = [next(iter(one.answers.values())) for one in open_kept_cuts(wave=wave).values()]
        assert sorted(kept) == [1] * 20 + [3] * 20
        assert len(list(groupby(kept))) > 4

    def test_keeps_nothing_where_no_cut_is_declared(self) -> None:
        wave = make_customer_wave()
        Wave.objects.filter(pk=wave.pk).update(cuts=[], cut_box_size=None)
        put_boxes(wave, Group.objects.get(wave=wave, code="a"), [1, 2, 3, 3, 2])

        seal_due_waves(now=NOW)

        assert Response.objects.count() == 5
        assert not CutBox.objects.exists()


class TestOpenKeptCuts:
    def test_returns_what_was_said_with_the_cell_it_belongs_to(self, wave: Wave) -> None:
        found = list(open_kept_cuts(wave=wave).values())

        told = sorted(
            (one.cuts[CONTACT_CHANNEL], next(iter(one.answers.values()))) for one in found
        )
        assert told == sorted(SAID)
        assert {one.cell_id for one in found} == {Cell.objects.get().pk}
        assert {tuple(one.answers) for one in found} == {tuple(list_codes(wave=wave))}

    def test_leaves_out_what_does_not_open(self, wave: Wave) -> None:
        CutBox.objects.filter(pk=CutBox.objects.values("pk")[:1]).update(box=b"damaged")

        assert len(open_kept_cuts(wave=wave)) == len(SAID) - 1


class TestForgetKeptCuts:
    def test_deletes_what_it_is_told(self, wave: Wave) -> None:
        first, *_others = open_kept_cuts(wave=wave)

        forget_kept_cuts(wave=wave, box_ids=[first])

        assert not CutBox.objects.filter(pk=first).exists()
        assert CutBox.objects.count() == len(SAID) - 1


class TestEnds:
    def test_leave_no_box_after_the_last_seal(self, wave: Wave) -> None:
        close_and_seal(wave)

        assert not CutBox.objects.exists()
        CutBox.objects.create(wave=wave, box=b"left")
        assert "boxes wait that nobody can open" in " ".join(broken_invariants(now=NOW))

    def test_leave_no_box_of_a_wave_that_is_withdrawn(self, wave: Wave) -> None:
        withdraw_wave(wave_id=wave.pk, reason="Wrong letter", now=NOW)
        clear_withdrawn_waves()

        assert not CutBox.objects.exists()
        assert not seal_wave(wave_id=wave.pk, now=NOW)

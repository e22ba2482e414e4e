import pytest

from survey.aggregation import cut_counting
from survey.aggregation.models import CutReason, CutRollup
from survey.campaigns.contact_cuts import CONTACT_CHANNEL
from survey.campaigns.cuts import NOT_KNOWN
from survey.campaigns.models import Group, Wave
from survey.responses.boxes import BoxContent
from survey.responses.models import Intake
from survey.responses.services import import_responses
from tests.factories.campaigns import make_import_wave
from tests.factories.cuts import (
    CHANNELS,
    LEVELS,
    answer_by_level,
    draw_customers,
    make_customer_wave,
    make_cut_wave,
    seal_answered,
)
from tests.factories.responses import close_and_seal, make_answers

pytestmark = pytest.mark.django_db


def shown(wave: Wave) -> list[list[str]]:
    return [level["values"] for level in CutRollup.objects.get(wave=wave).levels]


class TestCountCuts:
    def test_keeps_nothing_but_sums_that_pass(self) -> None:
        wave = seal_answered()

        rollup = CutRollup.objects.get()
        assert shown(wave) == [[level] for level in LEVELS]
        assert [level["n"] for level in rollup.levels] == [12, 12, 12]
        assert set(rollup.levels[0]) == {"values", "n", "totals"}
        assert not Intake.objects.exists()
        kept = " ".join(str(row) for row in wave.responses.values())
        assert not any(level in kept for level in LEVELS)

    def test_adds_up_to_everybody(self) -> None:
        wave = seal_answered()

        totals = [level["totals"] for level in CutRollup.objects.get().levels]
        answers = [row.answers["answers"] for row in wave.responses.all()]
        means = [sum(one.values()) / len(one) for one in answers]
        (scale,) = totals[0]
        assert sum(one[scale] for one in totals) == pytest.approx(sum(means))

    def test_joins_a_level_of_few_to_its_neighbour(self) -> None:
        wave = seal_answered(levels=(*LEVELS[:2], *LEVELS[:2], LEVELS[0], *LEVELS))

        levels = shown(wave)
        assert ["under 2 years"] in levels
        assert [level for joined in levels for level in joined] == list(LEVELS)

    def test_counts_those_without_a_value_as_not_known(self) -> None:
        wave = seal_answered(levels=(*LEVELS, NOT_KNOWN))

        assert [level for joined in shown(wave) for level in joined] == [*LEVELS, NOT_KNOWN]

    def test_leaves_out_a_cut_that_gives_a_few_away(self) -> None:
        """Those who are there longest all answer 1: so did the three of them in every team."""
        wave = make_cut_wave()
        answer_by_level(wave, {LEVELS[0]: (3,), LEVELS[1]: (1,), LEVELS[2]: (1,)})

        close_and_seal(wave)

        rollup = CutRollup.objects.get()
        assert (rollup.levels, rollup.reason) == ([], CutReason.TELLS)

    def test_says_that_too_few_answered(self) -> None:
        wave = make_cut_wave()
        answer_by_level(wave, {})
        close_and_seal(wave)

        assert not CutRollup.objects.exists()

    def test_leaves_out_what_takes_so_long_that_no_seal_would_end(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(cut_counting, "PATIENCE", -1.0)
        wave = seal_answered()

        assert [one.reason for one in CutRollup.objects.all()] == [CutReason.TOO_SLOW]
        assert wave.responses.exists()

    def test_counts_nothing_where_none_is_declared(self) -> None:
        wave = make_cut_wave()
        Wave.objects.filter(pk=wave.pk).update(cuts=[], cut_box_size=None)
        wave.refresh_from_db()
        answer_by_level(wave, {LEVELS[0]: (1, 2, 3)})

        assert not Intake.objects.filter(cut_box__isnull=False).exists()
        close_and_seal(wave)
        assert not CutRollup.objects.exists()

    def test_counts_customers_who_were_brought_in_as_it_does_staff(self) -> None:
        campaign = make_customer_wave().campaign
        wave = make_import_wave(campaign)
        said = [
            BoxContent(
                group.pk, make_answers(wave, value or 0).answers, cuts={CONTACT_CHANNEL: one}
            )
            for seed, group in enumerate(Group.objects.filter(wave=wave, parent__isnull=False))
            for one, value in draw_customers(3, seed)
        ]
        import_responses(wave=wave, responses=said)

        close_and_seal(wave)

        assert shown(wave) == [[channel] for channel in CHANNELS]

"""The second box, and the moment at which it lies beside the first."""

from unittest import mock

import pytest
from pytest_django import DjangoAssertNumQueries

from survey.campaigns.cuts import NOT_KNOWN
from survey.campaigns.keys import read_private_key
from survey.campaigns.models import Invitation, Wave
from survey.campaigns.selectors import get_link
from survey.responses.boxes import OVERHEAD, BoxError, BoxOpener
from survey.responses.cut_answers import CutAnswers
from survey.responses.models import Intake, Response
from survey.responses.opening import open_boxes
from survey.responses.services import submit_answers
from tests.factories.campaigns import NOW, tokens
from tests.factories.cuts import LEVELS, TENURE, answer_by_level, make_cut_wave, submit_one
from tests.factories.responses import close_and_seal, make_answers
from tests.stages import stage

pytestmark = pytest.mark.django_db
COUNTER = "survey.aggregation.cut_counting.count_cuts"


@stage
def wave() -> Wave:
    return make_cut_wave(6)


def opener(wave: Wave) -> BoxOpener:
    return BoxOpener(read_private_key(wave=wave), size=wave.box_size or 0)


class TestSecondBox:
    def test_holds_the_level_and_nothing_of_the_group(self, wave: Wave) -> None:
        invitation = Invitation.objects.select_related("person").first()
        assert invitation is not None
        assert invitation.person is not None
        submit_one(wave, invitation, 2)

        row = Intake.objects.get()
        found = opener(wave).open_cuts(bytes(row.cut_box or b""), size=wave.cut_box_size or 0)
        assert found == {TENURE: invitation.person.attributes[TENURE]}
        with pytest.raises(BoxError):
            opener(wave).open(bytes(row.cut_box or b""))

    def test_has_one_size_whatever_it_holds(self, wave: Wave) -> None:
        answer_by_level(wave, dict.fromkeys(LEVELS, (1, 2, 3)))

        sizes = {len(bytes(row.cut_box or b"")) for row in Intake.objects.all()}
        assert sizes == {(wave.cut_box_size or 0) + OVERHEAD}

    def test_costs_no_statement_more(
        self, wave: Wave, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        (token,) = tokens(wave, Invitation.objects.all()[:1])
        link, answers = get_link(token=token, now=NOW), make_answers(wave)

        with django_assert_num_queries(2 + 2):  # and the test's savepoint
            submit_answers(link=link, token=token, answers=answers, now=NOW)

    @pytest.mark.parametrize("damaged", [None, b"", b"no box"])
    def test_counts_as_not_known_where_it_does_not_open(
        self, wave: Wave, damaged: bytes | None
    ) -> None:
        submit_one(wave, Invitation.objects.select_related("person")[0], 2)
        Intake.objects.update(cut_box=damaged)

        (box,) = open_boxes(wave=wave).boxes
        assert box.content.cuts == {TENURE: NOT_KNOWN}


class TestCountCuts:
    def test_hands_over_what_is_stored_with_its_group(self, wave: Wave) -> None:
        answer_by_level(wave, dict.fromkeys(LEVELS, (1, 2, 3)))

        with mock.patch(COUNTER) as counter:
            close_and_seal(wave)

        people: list[CutAnswers] = counter.call_args.kwargs["people"]
        stored = set(Response.objects.values_list("group_id", flat=True))
        assert len(people) == Response.objects.count() == 24
        assert {one.group_id for one in people} == stored
        assert {one.cuts[TENURE] for one in people} == set(LEVELS)

    def test_undoes_the_seal_where_counting_fails(self, wave: Wave) -> None:
        answer_by_level(wave, dict.fromkeys(LEVELS, (1, 2, 3)))

        with mock.patch(COUNTER, side_effect=RuntimeError), pytest.raises(RuntimeError):
            close_and_seal(wave)

        assert Intake.objects.count() == 24
        assert not Response.objects.exists()

"""Where a wave's letters are, and what to do about those that did not arrive."""

import pytest
from pytest_django import DjangoAssertNumQueries

from survey.campaigns.deliveries import StateCounts, advise, count_states, problem_addresses
from survey.campaigns.models import Wave
from survey.letters.models import Delivery
from survey.letters.outcomes import ADDRESS_REFUSED, CANNOT_BE_WRITTEN_TO, NO_CONNECTION
from survey.letters.postponing import SNOOZED
from survey.letters.retrying import NOT_TWICE_UNCERTAIN
from survey.letters.services.returns import MailEvent
from survey.letters.states import DeliveryState
from tests.factories.campaigns import make_campaign, make_open_wave, make_teams

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave() -> Wave:
    return make_open_wave(make_campaign(make_teams({"top": None}, {"top": 9})["top"]))


def end(reasons: list[tuple[str, str]]) -> list[str]:
    """Let letters end so; return the addresses they went to."""
    rows = list(Delivery.objects.order_by("recipient_name"))[: len(reasons)]
    for row, (state, reason) in zip(rows, reasons, strict=True):
        Delivery.objects.filter(pk=row.pk).update(state=state, reason=reason)
    return [row.address for row in rows]


class TestCountStates:
    def test_counts_each_invitation_once(
        self, wave: Wave, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        end([("SENT", ""), ("SENT", ""), ("BOUNCED", "blocked on its way"), ("FAILED", "closed")])
        wave.invitations.filter(delivery__state=DeliveryState.QUEUED).first().delivery.delete()

        with django_assert_num_queries(1):
            counts = count_states(wave=wave)

        assert counts == StateCounts(queued=4, sent=2, bounced=1, failed=1, no_letter=1)


class TestProblemAddresses:
    def test_says_what_to_do_about_each(
        self, wave: Wave, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        addresses = end(
            [
                ("BOUNCED", "address refused: came back"),
                ("FAILED", "refused with 552"),
                ("FAILED", "perhaps sent, twice"),
                ("FAILED", "put off with 450"),
            ]
        )

        with django_assert_num_queries(1):
            problems = problem_addresses(wave=wave)

        assert [problem.address for problem in problems] == addresses
        for problem, words in zip(
            problems,
            ("right address", "runs the mail server", "may have arrived", "for a day"),
            strict=True,
        ):
            assert words in problem.advice

    def test_leaves_out_what_went_as_wanted(self, wave: Wave) -> None:
        end([("SENT", ""), ("FAILED", "stopped"), ("FAILED", SNOOZED), ("QUEUED", "")])

        assert problem_addresses(wave=wave) == []


class TestAdvise:
    @pytest.mark.parametrize(
        ("reason", "said"),
        [
            (f"{ADDRESS_REFUSED} with 550", "right address"),
            (CANNOT_BE_WRITTEN_TO, "right address"),
            ("stopped", "asked for no more"),
            ("closed", "had closed"),
            (SNOOZED, "want a rest"),
            (NOT_TWICE_UNCERTAIN, "may have arrived"),
            (MailEvent.DROPPED.value, "let letters from here through"),
            (NO_CONNECTION, "took no letter for a day"),
        ],
    )
    def test_knows_every_reason(self, reason: str, said: str) -> None:
        assert said in advise(reason)

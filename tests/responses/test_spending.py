"""Spending every credential of a link and storing its boxes, at once or not at all."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from unittest import mock

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from survey.campaigns.models import Credential
from survey.campaigns.selectors import ClosedLinkError, get_link
from survey.campaigns.services import close_wave
from survey.questionnaires.answers import ReadAnswers
from survey.responses.models import Intake
from survey.responses.services import CredentialSpentError, submit_answers
from survey.responses.spending import HeldError, spend_and_store
from tests.answering.asking import Asked
from tests.answering.colleagues import ITEMS, Colleague, make_colleague

N_TEAMS = 3


@pytest.fixture
def colleague(db: None) -> Colleague:
    return make_colleague("Stores", "Purchasing", "Dispatch")


def rate(colleague: Colleague, value: int = 2) -> None:
    """Read the link and rate all teams alike."""
    now = timezone.now()
    link = get_link(token=colleague.token, now=now)
    answers = {f"{item}_{place}": value for item in ITEMS for place in range(N_TEAMS)}
    submit_answers(
        link=link, token=colleague.token, answers=ReadAnswers({**answers}, {}, {}, ()), now=now
    )


def standing() -> tuple[int, int]:
    """Return how many credentials are spent and how many boxes wait."""
    return Credential.objects.filter(is_spent=True).count(), Intake.objects.count()


def boxes_of(colleague: Colleague, n: int = N_TEAMS) -> list[Intake]:
    return [Intake(wave=colleague.wave, box=b"box") for _place in range(n)]


@pytest.mark.django_db
class TestSpendAndStore:
    def test_spends_all_and_stores_all(self, colleague: Colleague) -> None:
        assert spend_and_store(credentials=colleague.credentials, intakes=boxes_of(colleague))
        assert standing() == (N_TEAMS, N_TEAMS)

    def test_does_nothing_a_second_time(self, colleague: Colleague) -> None:
        spend_and_store(credentials=colleague.credentials, intakes=boxes_of(colleague))

        assert not spend_and_store(credentials=colleague.credentials, intakes=boxes_of(colleague))
        assert standing() == (N_TEAMS, N_TEAMS)

    @pytest.mark.parametrize("n_left", range(1, N_TEAMS))
    def test_never_leaves_a_link_half_spent(self, colleague: Colleague, n_left: int) -> None:
        gone = [one.pk for one in colleague.credentials[n_left:]]
        Credential.objects.filter(pk__in=gone).delete()

        with pytest.raises(HeldError):
            spend_and_store(credentials=colleague.credentials, intakes=boxes_of(colleague))

        assert standing() == (0, 0)

    def test_leaves_nothing_where_it_breaks_in_between(self, colleague: Colleague) -> None:
        failing = mock.patch.object(Intake.objects, "bulk_create", side_effect=DatabaseError)

        with failing, pytest.raises(DatabaseError):
            spend_and_store(credentials=colleague.credentials, intakes=boxes_of(colleague))

        assert standing() == (0, 0)

    def test_costs_a_colleague_one_statement_more_than_anybody_else(
        self,
        colleague: Colleague,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        one, many = colleague.credentials[:1], colleague.credentials

        with django_assert_num_queries(2 + 2):  # and the test's savepoint
            spend_and_store(credentials=one, intakes=boxes_of(colleague, 1))
        Credential.objects.update(is_spent=False)
        with django_assert_num_queries(3 + 2):
            spend_and_store(credentials=many, intakes=boxes_of(colleague))

    def test_costs_two_statements_more_than_anybody_else_from_the_first_look_on(
        self, colleague: Colleague, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        get_link(token=colleague.token, now=timezone.now())  # keeps the wave in mind

        with django_assert_num_queries(2 + 3 + 2):  # two reads, and the test's savepoint
            rate(colleague)

    def test_costs_others_what_it_did(
        self, asked: Asked, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        now = timezone.now()
        answers = ReadAnswers({"fair": 2}, {}, {}, ())
        get_link(token=asked.token, now=now)

        with django_assert_num_queries(1 + 2 + 2):
            link = get_link(token=asked.token, now=now)
            submit_answers(link=link, token=asked.token, answers=answers, now=now)


@pytest.mark.django_db(transaction=True)
class TestManyAtOnce:
    def test_forty_posts_of_one_link_give_one_set_of_ratings(self, colleague: Colleague) -> None:
        gate = Barrier(8)

        def send(value: int) -> object:
            try:
                gate.wait(timeout=30)
                return rate(colleague, value % 3 + 1)
            except CredentialSpentError as refusal:
                return refusal
            finally:
                connection.close()

        outcomes = []
        for _round in range(5):
            with ThreadPoolExecutor(8) as pool:
                outcomes += list(pool.map(send, range(8)))

        assert outcomes.count(None) == 1
        assert standing() == (N_TEAMS, N_TEAMS)

    def test_a_seal_that_meets_a_submit_waits_for_nobody_who_waits_for_it(
        self, colleague: Colleague
    ) -> None:
        if connection.vendor == "sqlite":
            pytest.skip("SQLite has one writer at a time: nobody holds a part of the rows")
        first, *others = (one.pk for one in colleague.credentials)

        def send() -> object:
            try:
                return rate(colleague)
            except ClosedLinkError as refusal:
                return type(refusal)
            finally:
                connection.close()

        with ThreadPoolExecutor(1) as pool:
            with transaction.atomic():  # deletes the credentials from the last to the first
                Credential.objects.filter(pk__in=others).delete()
                sending = pool.submit(send)
                wait_until_somebody_waits()
                Credential.objects.filter(pk=first).delete()
                close_wave(wave_id=colleague.wave.pk, now=timezone.now())
            outcome = sending.result(timeout=20)

        assert outcome is ClosedLinkError
        assert standing() == (0, 0)


def wait_until_somebody_waits() -> None:
    """Return as soon as a lock of the database is waited for."""
    for _look in range(200):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pid <> pg_backend_pid())"
            )
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    pytest.fail("nobody waited for the credentials")

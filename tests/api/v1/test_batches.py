"""POST /api/v1/interactions/ with a list."""

from datetime import UTC, datetime
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from survey.accounts.models import Role
from survey.campaigns.models import CustomerRules, Interaction, Invitation, Wave
from survey.organization.models import Team
from tests.api.machines import Machine, errors_of, make_body, make_customer_wave
from tests.cast import Organisation, make_user

MOST_QUERIES = 51  # SQLite takes 100 rows or so in one statement


@pytest.fixture
def now() -> datetime:
    """The API reads the clock, so its tests are in the present."""
    return datetime.now(tz=UTC)


@pytest.fixture
def till(now: datetime) -> Machine:
    return Machine(make_user("carmen", Role.CX_MANAGER), now=now)


@pytest.fixture(autouse=True)
def customer_wave(organisation: Organisation, now: datetime) -> Wave:
    return make_customer_wave(scope=organisation.food, now=now)


def rows(now: datetime, n: int, **changes: Any) -> list[dict[str, Any]]:
    """Contacts of so many customers with Bakery and Kitchen, each with a key of its own."""
    bodies = [make_body(now) | changes for _ in range(n)]
    return [
        body
        | {
            "customer": {"id": f"C-{number}", "email": f"c{number}@example.com"},
            "team": changes.get("team", ("bakery", "kitchen")[number % 2]),
            "idempotency_key": f"row-{number}",
        }
        for number, body in enumerate(bodies)
    ]


class TestPostBatch:
    def test_takes_every_row_and_gives_each_its_receipt(self, till: Machine, now: Any) -> None:
        response = till.post(rows(now, 3), key=None)

        receipts = response.json()["receipts"]
        assert response.status_code == 202
        assert response.json()["errors"] == []
        assert [(row["row"], row["reason"]) for row in receipts] == [
            (1, "asked"),
            (2, "asked"),
            (3, "asked"),
        ]
        assert Interaction.objects.count() == Invitation.objects.count() == 3

    def test_takes_the_good_rows_and_names_the_bad(self, till: Machine, now: Any) -> None:
        sent = rows(now, 6)
        sent[1]["team"] = "cellar"
        sent[2]["team"] = "garden"
        sent[3]["customer"] = {"id": "", "email": "nobody"}
        sent[4] = "not an object"  # type: ignore[call-overload]

        response = till.post(sent, key="batch")

        assert response.status_code == 202
        assert [row["row"] for row in response.json()["receipts"]] == [1, 6]
        errors = [(e["row"], e["field"], e["code"]) for e in response.json()["errors"]]
        assert errors == [
            (2, "team", "unknown_team"),
            (3, "team", "no_open_wave"),
            (4, "customer.id", "blank"),
            (4, "customer.email", "invalid"),
            (5, "", "invalid"),
        ]
        assert "garden" in response.json()["errors"][1]["message"]
        assert Interaction.objects.count() == 2

    def test_gives_the_same_receipts_when_sent_again(self, till: Machine, now: Any) -> None:
        sent = rows(now, 5)
        del sent[2]["customer"]["email"]

        first, again = (till.post(sent, key=None) for _ in range(2))

        assert again.json() == first.json()
        assert [row["reason"] for row in again.json()["receipts"]][2] == "no_address"
        assert Interaction.objects.count() == 5

    def test_gives_the_same_receipts_of_a_sample_and_stores_no_others(
        self, till: Machine, now: Any, customer_wave: Wave
    ) -> None:
        CustomerRules.objects.create(campaign=customer_wave.campaign, sample_percent=50)

        first, again = (till.post(rows(now, 40), key=None).json() for _ in range(2))

        reasons = [row["reason"] for row in first["receipts"]]
        assert again == first
        assert 5 < reasons.count("not_sampled") < 35
        assert Interaction.objects.count() == 40 - reasons.count("not_sampled")

    def test_takes_a_row_that_stands_twice_once(self, till: Machine, now: Any) -> None:
        (sent,) = rows(now, 1)

        receipts = till.post([sent, sent], key=None).json()["receipts"]

        assert receipts[0]["interaction_id"] == receipts[1]["interaction_id"]
        assert Interaction.objects.count() == 1

    def test_refuses_a_key_for_two_different_rows(self, till: Machine, now: Any) -> None:
        first, second = rows(now, 2)

        response = till.post([first, second | {"idempotency_key": "row-0"}], key=None)

        assert errors_of(response) == [("idempotency_key", "key_reused")]
        assert len(response.json()["receipts"]) == 1

    def test_makes_keys_of_the_header_and_the_rows_number(self, till: Machine, now: Any) -> None:
        sent = rows(now, 2)
        for row in sent:
            del row["idempotency_key"]

        first, again = (till.post(sent, key="night-7").json() for _ in range(2))

        assert again == first
        keys = Interaction.objects.order_by("pk").values_list("idempotency_key", flat=True)
        assert set(keys) == {"night-7#1", "night-7#2"}

    @pytest.mark.parametrize("header", [None, "two words", "x" * 116])
    def test_wants_a_key_for_each_row(self, till: Machine, now: Any, header: str | None) -> None:
        sent = rows(now, 2)
        del sent[0]["idempotency_key"]
        sent[1]["idempotency_key"] = ["a list"]

        response = till.post(sent, key=header)

        assert response.status_code == 422
        assert errors_of(response) == [
            ("idempotency_key", "required"),
            ("idempotency_key", "invalid"),
        ]

    @pytest.mark.parametrize("n", [0, 1001])
    def test_takes_one_to_a_thousand_rows(self, till: Machine, n: int) -> None:
        response = till.post([{}] * n)

        assert response.status_code == 400
        assert errors_of(response) == [("", "wrong_number_of_rows")]

    def test_says_where_nothing_was_taken(self, till: Machine, now: Any) -> None:
        response = till.post(rows(now, 2, team="cellar"), key=None)

        assert response.status_code == 422
        assert response.json()["receipts"] == []

    @pytest.mark.parametrize("n", [20, 1000])
    def test_asks_the_database_a_few_times_however_many_rows_come(
        self,
        till: Machine,
        now: Any,
        n: int,
        organisation: Organisation,
        django_assert_max_num_queries: DjangoAssertNumQueries,
    ) -> None:
        Team.objects.create(code="stall", name="Stall", parent=organisation.bakery)

        with django_assert_max_num_queries(MOST_QUERIES):
            response = till.post(rows(now, n), key=None)

        assert len(response.json()["receipts"]) == n

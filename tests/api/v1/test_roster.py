"""Lists of people through the API."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from survey.accounts.models import Role, User
from survey.accounts.services import create_api_token
from survey.organization.models import Person, RosterImport, Team
from survey.organization.services import apply_confirmed_rosters, read_waiting_rosters
from survey.organization.sheets import LARGEST
from tests.api.machines import errors_of
from tests.cast import make_user
from tests.organization.arrivals import LINES, WITHOUT_CODES, csv_of, rows_as_csv, take_in, xlsx_of

URL = "/api/v1/roster/"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Payroll:
    """A machine of the people team."""

    def __init__(self, user: User, now: datetime) -> None:
        token = create_api_token(user=user, name="payroll", now=now)
        self.headers = {"Authorization": f"Token {token}"}

    def post(
        self, content: bytes = csv_of(*LINES), *, key: str = "monday", query: str = "", **more: Any
    ) -> Any:
        headers = self.headers | ({"Idempotency-Key": key} if key else {})
        options = {"content_type": "text/csv"} | more
        return Client().generic("POST", URL + query, content, headers=headers, **options)

    def get(self, roster_id: int) -> Any:
        return Client().get(f"{URL}{roster_id}/", headers=self.headers)


@pytest.fixture
def payroll(alice: User, now: datetime) -> Payroll:
    return Payroll(alice, now)


@pytest.mark.django_db
class TestRosterView:
    def test_works_out_the_difference_and_changes_nothing(
        self, payroll: Payroll, now: datetime
    ) -> None:
        response = payroll.post(query="?name=staff.csv")
        assert response.status_code == 202
        assert response.json()["state"] == "WAITING"

        read_waiting_rosters(now=now)
        apply_confirmed_rosters(now=now)
        found = payroll.get(response.json()["roster_id"]).json()
        assert (found["state"], found["name"], found["errors"]) == ("READY", "staff.csv", [])
        assert found["counts"]["joined"] == 3
        assert found["changes"][0] == {
            "kind": "joined",
            "name": "Ana",
            "before": "",
            "after": "Bakery",
            "from": "2026-03-02",
            "details": [],
        }
        assert not Person.objects.exists()

    def test_applies_where_that_is_asked(self, payroll: Payroll, now: datetime) -> None:
        roster_id = payroll.post(query="?apply=true").json()["roster_id"]
        read_waiting_rosters(now=now)
        apply_confirmed_rosters(now=now)

        assert payroll.get(roster_id).json()["state"] == "APPLIED"
        assert Person.objects.count() == 3

    @pytest.mark.parametrize(("query", "state"), [("", "READY"), ("&allow_leaving=1", "APPLIED")])
    def test_waits_for_a_human_when_many_would_leave(
        self, payroll: Payroll, now: datetime, query: str, state: str
    ) -> None:
        take_in(now=now)
        response = payroll.post(csv_of(LINES[1]), query=f"?apply=true{query}")
        read_waiting_rosters(now=now)
        apply_confirmed_rosters(now=now)

        assert payroll.get(response.json()["roster_id"]).json()["state"] == state

    def test_reads_spreadsheets(self, payroll: Payroll, now: datetime) -> None:
        book = xlsx_of(("person_id", "name", "email", "team", "team_name"), (7, "A", "", "b", "B"))
        response = payroll.post(book, content_type=XLSX)
        read_waiting_rosters(now=now)

        found = payroll.get(response.json()["roster_id"]).json()
        assert found["counts"]["joined"] == 1

    @pytest.mark.parametrize(("make", "kind"), [(rows_as_csv, "text/csv"), (xlsx_of, XLSX)])
    def test_makes_codes_where_a_list_has_names_only(
        self, payroll: Payroll, now: datetime, make: Callable[..., bytes], kind: str
    ) -> None:
        content = make(*WITHOUT_CODES)
        payroll.post(content, content_type=kind, query="?apply=true")
        read_waiting_rosters(now=now)
        apply_confirmed_rosters(now=now)
        assert set(Team.objects.values_list("code", flat=True)) == {"fish-chips", "bakery"}

        clash = make(*WITHOUT_CODES, (4, "Dan", "", "Fish Chips"))
        response = payroll.post(clash, content_type=kind, key="tuesday")
        read_waiting_rosters(now=now)
        errors = payroll.get(response.json()["roster_id"]).json()["errors"]
        assert [(error["row"], error["field"]) for error in errors] == [(5, "team_name")]

    def test_names_line_and_column_of_what_is_wrong(self, payroll: Payroll, now: datetime) -> None:
        roster_id = payroll.post(csv_of("1,Ana,wrong,bakery,B,,")).json()["roster_id"]
        read_waiting_rosters(now=now)

        assert payroll.get(roster_id).json()["errors"] == [
            {
                "row": 2,
                "field": "email",
                "code": "invalid",
                "message": "'wrong' is not an e-mail address",
            }
        ]

    def test_gives_the_same_receipt_again(self, payroll: Payroll) -> None:
        assert payroll.post().json() == payroll.post().json()
        assert RosterImport.objects.count() == 1

    @pytest.mark.parametrize("change", [{"content": b"x"}, {"query": "?apply=true"}])
    def test_refuses_the_key_of_another_request(
        self, payroll: Payroll, change: dict[str, Any]
    ) -> None:
        payroll.post()
        response = payroll.post(**change)

        assert response.status_code == 409
        assert errors_of(response) == [("Idempotency-Key", "key_reused")]

    @pytest.mark.parametrize(
        ("request_", "status"),
        [
            ({"key": ""}, 400),
            ({"content": b""}, 400),
            ({"query": "?apply=perhaps"}, 400),
            ({"query": "?name=" + "x" * 201}, 400),
            ({"content_type": "application/json"}, 415),
            ({"content": bytes(LARGEST + 1)}, 413),
        ],
        ids=["no key", "nothing", "perhaps", "long name", "json", "too large"],
    )
    def test_refuses_what_is_no_roster(
        self, payroll: Payroll, request_: dict[str, Any], status: int
    ) -> None:
        response = payroll.post(**request_)

        assert response.status_code == status
        assert errors_of(response)
        assert not RosterImport.objects.exists()

    @pytest.mark.parametrize(
        "role", [role for role in Role if role not in ("HR", "LEADER", "TEAM_LEAD")]
    )
    def test_is_closed_to_everybody_else(self, role: Role, now: datetime) -> None:
        machine = Payroll(make_user("dana", role), now)
        take_in(now=now)
        roster = RosterImport.objects.get()

        assert machine.post().status_code == 403
        assert machine.get(roster.pk).status_code == 403

    def test_is_closed_to_bob_and_to_strangers(self, bob: User, now: datetime) -> None:
        assert Payroll(bob, now).post().status_code == 403
        assert Client().post(URL).status_code == 401
        assert Client().get(f"{URL}1/").status_code == 401

    def test_knows_no_roster_that_is_not_there(self, payroll: Payroll) -> None:
        assert payroll.get(99).status_code == 404

"""POST /api/v1/interactions/."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from survey.accounts.models import ApiToken, Role, User
from survey.accounts.services import create_api_token
from survey.campaigns.models import (
    Campaign,
    Credential,
    CustomerRules,
    Interaction,
    Invitation,
    Wave,
)
from tests.api.machines import URL, Machine, errors_of, make_body, make_customer_wave
from tests.cast import Organisation, make_user


@pytest.fixture
def now() -> datetime:
    """The API reads the clock, so its tests are in the present."""
    return datetime.now(tz=UTC)


@pytest.fixture
def body(now: datetime) -> dict[str, Any]:
    return make_body(now)


@pytest.fixture
def till(now: datetime) -> Machine:
    return Machine(make_user("carmen", Role.CX_MANAGER), now=now)


@pytest.fixture(autouse=True)
def customer_wave(organisation: Organisation, now: datetime) -> Wave:
    return make_customer_wave(scope=organisation.food, now=now)


class TestInteractionsView:
    def test_makes_one_invitation_and_leaves_it_to_the_timetable(
        self, till: Machine, body: Any, customer_wave: Wave
    ) -> None:
        response = till.post(body)

        interaction = Interaction.objects.get()
        assert response.status_code == 202
        assert response.json() == {
            "interaction_id": interaction.pk,
            "is_asked": True,
            "reason": "asked",
            "deferred_until": None,
        }
        assert Invitation.objects.get().wave == customer_wave
        assert not Credential.objects.exists()

    def test_gives_the_same_receipt_for_the_same_key_and_body(
        self, till: Machine, body: Any
    ) -> None:
        first = till.post(body)
        again = till.post(json.dumps(body, indent=3, sort_keys=True).encode())

        assert (again.status_code, again.content) == (first.status_code, first.content)
        assert (Interaction.objects.count(), Invitation.objects.count()) == (1, 1)

    @pytest.mark.parametrize("is_allowed", [True, False])
    def test_keeps_who_served_only_where_it_may_be_told(
        self, till: Machine, body: Any, customer_wave: Wave, is_allowed: bool
    ) -> None:
        told = ["team", "served_by"] if is_allowed else ["team"]
        Campaign.objects.update(told_facts=told)

        receipts = [till.post(body | {"served_by": name}).json() for name in ("Petra", "Paul")]

        assert receipts[0] == receipts[1]
        assert receipts[0].get("ignored") == (None if is_allowed else ["served_by"])
        assert Interaction.objects.get().served_by == ("Petra" if is_allowed else "")

    def test_keeps_no_name_where_nobody_is_asked(self, till: Machine, body: Any) -> None:
        Campaign.objects.update(told_facts=["served_by"])
        del body["customer"]["email"]

        assert "ignored" not in till.post(body | {"served_by": "Petra"}).json()
        assert Interaction.objects.get().served_by == ""

    def test_names_what_the_sample_ignores_too(self, till: Machine, body: Any) -> None:
        CustomerRules.objects.create(campaign=Campaign.objects.get(), sample_percent=1)
        receipts = [till.post(body | {"served_by": "P"}, key=f"k{n}").json() for n in range(9)]

        assert "not_sampled" in {receipt["reason"] for receipt in receipts}
        assert all(receipt["ignored"] == ["served_by"] for receipt in receipts)

    def test_refuses_a_key_with_another_body(self, till: Machine, body: Any) -> None:
        till.post(body)

        response = till.post(body | {"team": "kitchen"})

        assert response.status_code == 409
        assert errors_of(response) == [("Idempotency-Key", "key_reused")]
        assert Interaction.objects.count() == 1

    def test_keeps_a_customer_without_address_unasked(self, till: Machine, body: Any) -> None:
        del body["customer"]["email"]

        assert till.post(body).json()["is_asked"] is False
        assert till.post(body).json()["is_asked"] is False
        assert not Invitation.objects.exists()

    def test_names_a_team_it_does_not_know(self, till: Machine, body: Any) -> None:
        response = till.post(body | {"team": "cellar"})

        assert response.status_code == 422
        assert errors_of(response) == [("team", "unknown_team")]
        assert "cellar" in response.json()["errors"][0]["message"]

    def test_names_a_team_that_no_open_wave_covers(
        self, till: Machine, body: Any, organisation: Organisation
    ) -> None:
        response = till.post(body | {"team": "garden"})

        assert response.status_code == 422
        assert errors_of(response) == [("team", "no_open_wave")]
        assert "garden" in response.json()["errors"][0]["message"]


class TestPermissions:
    def test_lets_the_people_team_in(self, alice: User, body: Any, now: datetime) -> None:
        assert Machine(alice, now=now).post(body).status_code == 202

    def test_keeps_the_leader_of_another_team_out(
        self, charlie: User, body: Any, now: datetime
    ) -> None:
        response = Machine(charlie, now=now).post(body)

        assert response.status_code == 403
        assert errors_of(response) == [("", "permission_denied")]
        assert not Interaction.objects.exists()

    @pytest.mark.parametrize("role", [Role.ADMIN, Role.ANALYST, Role.AUDITOR])
    def test_keeps_other_roles_out(self, body: Any, role: Role, now: datetime) -> None:
        assert Machine(make_user("other", role), now=now).post(body).status_code == 403

    def test_keeps_the_leader_of_the_team_itself_out(
        self, bob: User, body: Any, now: datetime
    ) -> None:
        assert Machine(bob, now=now).post(body).status_code == 403

    def test_takes_a_bearer_token_too(self, till: Machine, body: Any) -> None:
        till.headers["Authorization"] = till.headers["Authorization"].replace("Token", "Bearer")

        assert till.post(body).status_code == 202

    @pytest.mark.parametrize(
        "header",
        ["", "Token", "Token ", "Token wrong", "Token a b", "Basic YTpi", "Bearer \xff", "Token é"],
    )
    def test_asks_strangers_for_a_token(self, client: Client, body: Any, header: str) -> None:
        headers = {"Authorization": header, "Idempotency-Key": "k"}

        response = client.post(URL, body, content_type="application/json", headers=headers)

        assert response.status_code == 401
        assert response.headers["WWW-Authenticate"] == "Token"
        assert errors_of(response)

    def test_refuses_a_revoked_token(self, till: Machine, body: Any, now: datetime) -> None:
        assert till.post(body).status_code == 202
        ApiToken.objects.update(revoked_at=now)

        assert till.post(body).status_code == 401

    def test_refuses_the_token_of_a_closed_account(self, till: Machine, body: Any) -> None:
        User.objects.update(is_active=False)

        assert till.post(body).status_code == 401

    def test_lets_no_log_in_session_in(self, client: Client, alice: User, body: Any) -> None:
        client.force_login(alice)

        assert client.post(URL, body, content_type="application/json").status_code == 401

    @pytest.mark.parametrize("verb", ["get", "put", "patch", "delete"])
    def test_knows_no_other_verb(self, client: Client, alice: User, now: Any, verb: str) -> None:
        headers = {"Authorization": f"Token {create_api_token(user=alice, name='t', now=now)}"}

        assert getattr(client, verb)(URL, headers=headers).status_code == 405

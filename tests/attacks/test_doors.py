"""Doors that must not open: by others' tokens, old sessions, forged addresses, guessed names."""

from unittest import mock

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from survey.accounts.models import ApiToken, User
from survey.accounts.services import create_api_token
from survey.campaigns.links import stop_token
from survey.campaigns.models import Credential
from survey.campaigns.services import close_wave
from survey.campaigns.trial_links import WORKS_FOR, trial_token
from survey.letters.models import StopEntry
from survey.responses.models import Intake
from tests.answering.asking import Asked
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db
ELSEWHERE = (
    "https://evil.example", "//evil.example", "///evil.example", "/\\evil.example",
    "https:evil.example", "javascript:alert('evil')", "http://testserver@evil.example",
    "\thttps://evil.example", "https://evil.example/login/",
)  # fmt: skip


class TestTokens:
    """A link opens what it was made for, once, in its wave, while that takes answers."""

    def test_take_one_answer_however_often_they_are_sent(self, asked: Asked) -> None:
        for _ in range(5):
            Client().post(asked.url, asked.answers())

        assert Intake.objects.count() == 1

    @pytest.mark.parametrize("end", ["", "x", "=", "%00", " ", "\u202e", "/", "%0a"])
    def test_are_good_to_the_last_letter(self, asked: Asked, end: str) -> None:
        for token in (asked.token[:-1] + end, asked.token.swapcase() + end, end or "-"):
            assert Client().post(f"/r/{token}/", asked.answers()).status_code == 404, token

        assert not Intake.objects.exists()

    def test_are_of_no_use_at_the_doors_of_others(self, asked: Asked) -> None:
        stop = stop_token(token=asked.token)
        trial = trial_token(wave_id=asked.wave.pk, now=timezone.now())
        crossed = [
            *(f"/r/{token}/" for token in (stop, trial)),
            *(f"/stop/{token}/" for token in (asked.token, trial)),
            *(f"/try/{token}/" for token in (asked.token, stop)),
            f"/o/{asked.token}/",
        ]

        assert {Client().post(address, asked.answers()).status_code for address in crossed} == {404}
        assert not Intake.objects.exists()
        assert not StopEntry.objects.exists()

    def test_for_trying_out_store_nothing_and_grow_old(self, asked: Asked) -> None:
        made_at = timezone.now()
        old = trial_token(wave_id=asked.wave.pk, now=made_at - WORKS_FOR)
        good = trial_token(wave_id=asked.wave.pk, now=made_at)

        assert Client().post(f"/try/{good}/", asked.answers()).status_code == 200
        assert Client().post(f"/try/{old}/", asked.answers()).status_code == 404
        assert not Intake.objects.exists()
        assert not Credential.objects.get().is_spent

    def test_end_with_their_wave(self, asked: Asked) -> None:
        close_wave(wave_id=asked.wave.pk, now=timezone.now())

        assert Client().post(asked.url, asked.answers()).status_code == 410
        assert not Intake.objects.exists()

    def test_answer_in_their_own_wave_alone(self, asked: Asked) -> None:
        """What a form says of waves and groups is not asked for."""
        claims = {"wave": "999", "group": "999", "wave_id": "999", "token": "other"}

        Client().post(asked.url, asked.answers() | claims)

        assert {one.wave_id for one in Intake.objects.all()} <= {asked.wave.pk}


class TestNamesOfAccounts:
    """Whether somebody has an account here is nobody's business."""

    def test_are_not_told_by_words(self, alice: User) -> None:
        User.objects.create_user(email="left@example.org", name="Left", password=PASSWORD)
        User.objects.filter(name="Left").update(is_active=False)
        pages = set()
        for email, password in (
            (alice.email, "wrong, wrong, wrong"), ("nobody@example.org", PASSWORD),
            ("left@example.org", PASSWORD), ("left@example.org", "wrong, wrong"),
        ):  # fmt: skip
            page = Client(enforce_csrf_checks=False).post(
                "/login/", {"username": email, "password": password}
            )
            text = page.text.replace(email, "")
            pages.add((page.status_code, text.partition("csrfmiddlewaretoken")[0]))

        assert len(pages) == 1

    def test_are_not_told_by_work(self, alice: User) -> None:
        """An unknown name costs as many passwords hashed as a known one."""
        found = []
        for email in (alice.email, "nobody@example.org"):
            with mock.patch.object(
                MD5PasswordHasher, "encode", autospec=True, side_effect=MD5PasswordHasher.encode
            ) as encode:
                Client().post("/login/", {"username": email, "password": "wrong, wrong"})
            found.append(encode.call_count)

        assert found[0] == found[1] == 1


class TestSessions:
    @pytest.fixture
    def inside(self, alice: User) -> Client:
        client = Client()
        client.post("/login/", {"username": alice.email, "password": PASSWORD})
        assert client.get("/console/").status_code == 200
        return client

    def test_end_when_the_account_is_closed(self, inside: Client, alice: User) -> None:
        User.objects.filter(pk=alice.pk).update(is_active=False)

        assert inside.get("/console/").status_code == 302

    def test_end_when_the_password_changes(self, inside: Client, alice: User) -> None:
        alice.set_password("another, quite another")
        alice.save()

        assert inside.get("/console/").status_code == 302

    def test_lose_a_role_at_once(self, inside: Client, alice: User) -> None:
        alice.grants.all().delete()

        assert inside.get("/console/").status_code == 403

    def test_end_with_the_log_out_wherever_their_cookie_is(self, inside: Client) -> None:
        stolen = Client()
        stolen.cookies = inside.cookies.copy()
        inside.post("/logout/")

        assert stolen.get("/console/").status_code == 302

    def test_are_begun_anew_by_the_log_in(self, alice: User) -> None:
        """A session that an attacker has put into a browser is not the one that is logged in."""
        client = Client()
        client.cookies["sessionid"] = "a" * 32
        client.post("/login/", {"username": alice.email, "password": PASSWORD})

        assert client.cookies["sessionid"].value != "a" * 32

    def test_of_machines_end_with_the_account(self, alice: User) -> None:
        token = create_api_token(user=alice, name="till", now=timezone.now())
        headers = {"Authorization": f"Token {token}"}
        assert Client().get("/api/v1/questionnaires/", headers=headers).status_code == 200

        ApiToken.objects.update(revoked_at=timezone.now())

        assert Client().get("/api/v1/questionnaires/", headers=headers).status_code == 401


class TestAddressesElsewhere:
    @pytest.mark.parametrize("target", ELSEWHERE)
    def test_are_led_to_by_no_door(self, alice: User, target: str) -> None:
        typed = {"username": alice.email, "password": PASSWORD, "next": target}
        ways = [
            Client().post("/login/", typed),
            Client().post(f"/login/?next={target}", typed),
            Client().post("/language/", {"language": "de", "next": target}),
            Client().post("/language/", {"language": "de"}, headers={"Referer": target}),
        ]

        for way in ways:
            assert "evil" not in way.headers.get("Location", "")

    def test_are_led_to_from_nowhere_after_answering(self, asked: Asked) -> None:
        address = f"{asked.url}?site=https://evil.example&next=https://evil.example"

        answer = Client().post(address, asked.answers())

        assert answer.headers["Location"].startswith(f"/r/{asked.token}/thanks/")


class TestForgedHeaders:
    @pytest.mark.parametrize(
        "host", ["evil.example", "testserver@evil.example", "testserver:80:80"]
    )
    def test_name_no_other_host(self, host: str) -> None:
        for name in ("Host", "X-Forwarded-Host"):
            page = Client().get("/login/", headers={name: host})

            assert "evil.example" not in page.text
            assert page.status_code == (400 if name == "Host" else 200)

    def test_do_not_pretend_https(self) -> None:
        page = Client().get(
            "/login/", headers={"X-Forwarded-Proto": "https", "Forwarded": "proto=https"}
        )

        assert not page.wsgi_request.is_secure()

    def test_leave_no_trace_of_an_address(self, asked: Asked) -> None:
        with CaptureQueriesContext(connection) as queries:
            Client().post(asked.url, asked.answers(), headers={"X-Forwarded-For": "203.0.113.7"})

        assert not any("203.0.113.7" in one["sql"] for one in queries)
        assert Intake.objects.count() == 1

    def test_from_another_site_send_no_form(self, alice: User) -> None:
        careful = Client(enforce_csrf_checks=True)
        typed = {"username": alice.email, "password": PASSWORD}

        answer = careful.post("/login/", typed, headers={"Origin": "https://evil.example"})

        assert answer.status_code == 403

"""What holds here is read from the real configuration."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from survey.accounts.models import Role
from survey.campaigns.models import Wave
from survey.dashboards.sheets.documents import Grid
from survey.dashboards.sheets.facts import (
    list_places,
    list_retention,
    list_roles,
    list_thresholds,
)
from survey.dashboards.templatetags.workspace import PAGES
from tests.api.machines import make_customer_wave
from tests.cast import Organisation, make_user

pytestmark = pytest.mark.django_db


def cell(grid: Grid, name: str) -> str:
    return next(row[1] for row in grid.rows if row[0] == name)


class TestListRoles:
    @pytest.mark.parametrize(
        "role", [Role.ADMIN, Role.HR, Role.CX_MANAGER, Role.ANALYST, Role.AUDITOR]
    )
    def test_tells_the_pages_that_really_open(self, client: Client, role: Role) -> None:
        client.force_login(make_user("ann", role))

        opening = [
            str(label)
            for label, route, _allowed, _menu in PAGES
            if client.get(reverse(route)).status_code == 200
        ]

        assert cell(list_roles(), str(role.label)) == (", ".join(opening) or "–")

    @pytest.mark.parametrize("role", [Role.LEADER, Role.TEAM_LEAD])
    def test_tells_those_of_leaders(
        self, client: Client, organisation: Organisation, role: Role
    ) -> None:
        client.force_login(make_user("ann", role, organisation.garden))

        opening = [
            str(label)
            for label, route, _allowed, _menu in PAGES
            if client.get(reverse(route)).status_code == 200
        ]

        assert cell(list_roles(), str(role.label)) == (", ".join(opening) or "–")

    def test_tells_how_far_they_reach(self) -> None:
        reach = {row[0]: row[2] for row in list_roles().rows}

        assert reach[str(Role.ADMIN.label)] == reach[str(Role.AUDITOR.label)] == "nobody"
        assert reach[str(Role.TEAM_LEAD.label)] == "their own team"


class TestListThresholds:
    NAME = "The same, in the surveys so far"

    def test_says_when_there_was_no_survey(self) -> None:
        assert cell(list_thresholds(), self.NAME) == "none has been launched yet"

    def test_reads_those_of_the_real_waves(
        self, organisation: Organisation, now: datetime, settings: Any, tmp_path: Any
    ) -> None:
        settings.KEYS_DIR = tmp_path / "keys"
        wave = make_customer_wave(scope=organisation.food, now=now)
        assert cell(list_thresholds(), self.NAME) == "5 people"

        wave.pk, wave.key, wave.number, wave.threshold = None, None, 2, 8
        wave.key = "0" * 32
        wave.save()

        assert Wave.objects.count() == 2
        assert cell(list_thresholds(), self.NAME) == "5 to 8 people"


class TestListRetention:
    def test_goes_by_the_settings(self, settings: Any) -> None:
        settings.CONTACTS_KEPT_DAYS = 33

        times = [row[1] for row in list_retention().rows]

        assert any(time.startswith("33 days after the end") for time in times)


class TestListPlaces:
    def test_reads_where_things_go(self, settings: Any) -> None:
        settings.REDIS_URL = "redis://:secret@broker:6379/0"
        settings.KEYS_DIR_COPY = "/mnt/second"
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST = "mail.example.org"
        settings.SMS_URL = "https://user:secret@sms.example.org/send"

        grid = list_places()

        assert cell(grid, "Queue of work").startswith("Redis:")
        assert "second copy" in cell(grid, "Keys of open surveys")
        assert cell(grid, "E-mail").startswith("mail.example.org:")
        assert cell(grid, "Text messages").startswith("sms.example.org:")
        assert "secret" not in str(grid)
        assert "/mnt" not in str(grid)

    @pytest.mark.parametrize(
        ("backend", "host", "said"),
        [
            ("anymail.backends.postmark.EmailBackend", "", "The provider Postmark:"),
            ("django.core.mail.backends.smtp.EmailBackend", "localhost", "This machine:"),
            ("django.core.mail.backends.console.EmailBackend", "", "No mail server yet:"),
        ],
    )
    def test_names_whoever_carries_letters(
        self, settings: Any, backend: str, host: str, said: str
    ) -> None:
        settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.SMS_URL = backend, host, ""

        grid = list_places()

        assert cell(grid, "E-mail").startswith(said)
        assert cell(grid, "Text messages") == "No provider: none are sent."

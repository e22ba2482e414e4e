"""The settings: from the environment only, safe in production, helpful when one is missing."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from pytest_django import Settings

from tests import environment
from tests.services import ROOT

SHOW = """
import json
from django.conf import settings
names = {names!r}
print(json.dumps({{name: getattr(settings, name) for name in names}}, default=str))
"""


def settings_with(folder: Path, *names: str, **variables: str) -> dict[str, object]:
    """Return settings as a fresh process sees them in an environment."""
    shown: dict[str, object] = json.loads(run(SHOW.format(names=names), folder, **variables).stdout)
    return shown


def run(code: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    clean = environment.clean_environment()
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings", "DATA_DIR": str(folder)}
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**clean, **settings, **variables},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


class TestSecretKey:
    def test_is_asked_for_in_plain_words(self, tmp_path: Path) -> None:
        done = run("from django.conf import settings; settings.DEBUG", tmp_path)

        assert done.returncode != 0
        last = done.stderr.strip().splitlines()[-1]
        assert "SECRET_KEY is not set." in last
        assert "token_urlsafe" in last

    def test_may_come_from_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "key").write_text("from a file")

        shown = settings_with(tmp_path, "SECRET_KEY", SECRET_KEY_FILE=str(tmp_path / "key"))

        assert shown == {"SECRET_KEY": "from a file"}


class TestDatabase:
    def test_is_a_file_that_forgets_what_it_deletes_by_default(self, tmp_path: Path) -> None:
        shown = settings_with(tmp_path, "DATABASES", SECRET_KEY="k")

        database = shown["DATABASES"]["default"]
        assert database["NAME"] == str(tmp_path / "hearthline.sqlite3")
        assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
        assert "secure_delete=ON" in database["OPTIONS"]["init_command"]

    def test_is_postgresql_with_values_bound_by_the_server(self, tmp_path: Path) -> None:
        (tmp_path / "url").write_text("postgres://u:p@db:5432/hearthline\n")

        shown = settings_with(
            tmp_path,
            "DATABASES",
            SECRET_KEY="k",
            DATABASE_URL_FILE=str(tmp_path / "url"),
            DATABASE_STATEMENT_TIMEOUT="5000",
            DATABASE_LOCK_TIMEOUT="3000",
            DATABASE_PREPARE_AFTER="5",
        )

        database = shown["DATABASES"]["default"]
        assert (database["HOST"], database["NAME"]) == ("db", "hearthline")
        assert database["OPTIONS"]["server_side_binding"] is True
        assert database["OPTIONS"]["options"] == "-c statement_timeout=5000 -c lock_timeout=3000"
        assert database["OPTIONS"]["prepare_threshold"] == 5
        assert database["CONN_HEALTH_CHECKS"] is True

    def test_prepares_no_statement_unless_told_to(self, tmp_path: Path) -> None:
        shown = settings_with(
            tmp_path, "DATABASES", SECRET_KEY="k", DATABASE_URL="postgres://u:p@db/hearthline"
        )

        assert shown["DATABASES"]["default"]["OPTIONS"]["prepare_threshold"] is None


class TestHttps:
    NAMES = ("SESSION_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS")

    def test_follows_from_the_address(self, tmp_path: Path) -> None:
        shown = settings_with(
            tmp_path, *self.NAMES, SECRET_KEY="k", BASE_URL="https://hearthline.example.org/"
        )

        assert all(shown.values())

    def test_is_not_asked_of_a_demo(self, tmp_path: Path) -> None:
        shown = settings_with(tmp_path, *self.NAMES, SECRET_KEY="k")

        assert not any(shown.values())


class TestBroker:
    SHOW_BROKER = "from config.celery import app; print(app.conf.broker_url)"

    def test_is_a_folder_when_there_is_no_redis(self, tmp_path: Path) -> None:
        done = run(self.SHOW_BROKER, tmp_path, SECRET_KEY="k")

        assert done.stdout.strip() == "filesystem://localhost"
        assert (tmp_path / "broker" / "queue").is_dir()

    def test_is_redis_when_there_is_one(self, tmp_path: Path) -> None:
        done = run(self.SHOW_BROKER, tmp_path, SECRET_KEY="k", REDIS_URL="redis://redis:6379/0")

        assert done.stdout.strip() == "redis://redis:6379/0"


class TestDeployment:
    CHECK_TWICE = """
import django
from django.conf import settings
from django.core.management import call_command

django.setup()
for settings.SECRET_KEY in (settings.SECRET_KEY, "weak"):
    words = ("--deploy", "--fail-level", "WARNING", "--database", "default")
    call_command("check", *words)
"""

    def test_has_nothing_to_warn_of_and_would_warn_of_a_weak_key(self, tmp_path: Path) -> None:
        key = "a-long-key-with-many-different-signs-0123456789-!?=+*#"
        done = run(self.CHECK_TWICE, tmp_path, SECRET_KEY=key, BASE_URL="https://example.org")

        assert "System check identified no issues" in done.stdout
        assert done.returncode != 0
        assert "security.W009" in done.stderr
        assert "System check identified 1 issue" in done.stderr


class TestStart:
    def test_does_not_wait_for_scipy(self, tmp_path: Path) -> None:
        code = (
            "import sys, config.wsgi; from django.urls import resolve; resolve('/privacy/'); "
            "print('survey.dashboards.views' in sys.modules, 'scipy' in sys.modules)"
        )

        assert run(code, tmp_path, SECRET_KEY="k").stdout.strip() == "True False"


class TestStaticFiles:
    @pytest.fixture
    def collected(self, tmp_path: Path, settings: Settings) -> Path:
        manifest = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
        settings.STATIC_ROOT = tmp_path
        settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": manifest}}
        call_command("collectstatic", interactive=False, verbosity=0)
        return tmp_path

    def test_all_exist_that_stylesheets_and_pages_name(self, collected: Path) -> None:
        assert staticfiles_storage.url("css/look.css").startswith("/static/css/look.")
        assert (collected / "staticfiles.json").exists()

    def test_bring_plotly_from_its_installed_package(self) -> None:
        found = finders.find("vendor/plotly/plotly.min.js")

        assert found is not None
        assert "site-packages" in found

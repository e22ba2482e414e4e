"""manage.py demo, where there is nothing to build."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from survey.accounts.models import User
from survey.organization.models import Team
from survey.samples.logins import demo_logins
from survey.samples.management.commands import demo

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "report.txt"
    monkeypatch.setattr(demo, "REPORT_FILE", path)
    return path


def run() -> str:
    out = io.StringIO()
    call_command("demo", stdout=out)
    return out.getvalue()


class TestDemo:
    def test_makes_nothing_beside_another_organisation(self, report: Path) -> None:
        Team.objects.create(code="ours", name="Ours")

        with pytest.raises(CommandError, match="holds an organisation already"):
            run()
        assert (Team.objects.count(), User.objects.count()) == (1, 0)
        assert not report.exists()

    def test_prints_what_people_need_when_it_is_built_already(self, report: Path) -> None:
        login = demo_logins()[0]
        User.objects.create_user(email=login.email, name=login.name)
        report.write_text("What was planted.\n")
        printed = run()

        assert printed.startswith("What was planted.\n")
        assert "Its waves have closed" in printed
        for one in demo_logins():
            assert f"{one.email:<34} {one.password}" in printed
        assert not Team.objects.exists()

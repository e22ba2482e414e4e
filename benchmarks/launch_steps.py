"""Make up people, and launch, take back, launch again and open a wave that asks all of them.

benchmark_launch.py runs it in a process of its own; it prints wall and CPU seconds by step as JSON.
"""

import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from survey.campaigns.models import Wave  # noqa: E402
from survey.campaigns.services import (  # noqa: E402
    cancel_launch,
    create_campaign,
    draft_wave,
    launch_wave,
    launching,
    open_due_waves,
)
from survey.letters.services import create_letter  # noqa: E402
from survey.organization.models import Membership, Person, Team  # noqa: E402
from survey.questionnaires.models import Audience, Questionnaire  # noqa: E402
from survey.questionnaires.services import load_item_bank  # noqa: E402

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
OPENS = NOW + timedelta(days=1)
JOINED = date(2025, 1, 1)
TEAM, DEPARTMENT = 12, 25  # people in a team, teams in a department
ROWS = 5000

Work = Callable[..., Any]


def measure(n_people: int) -> dict[str, list[float]]:
    """Do each step once; return wall and CPU seconds by step."""
    call_command("migrate", verbosity=0)
    wave = make_up(n_people)
    costs: dict[str, list[float]] = {}
    launching._invite = _timed(launching._invite, costs, "invitations and credentials")
    _timed(launch_wave, costs, "launch, all of it")(wave_id=wave.pk, now=NOW)
    _timed(cancel_launch, costs, "take back")(wave_id=wave.pk, now=NOW)
    launch_wave(wave_id=wave.pk, now=NOW)
    _timed(open_due_waves, costs, "open, queue all letters")(now=OPENS)
    return costs


def _timed(work: Work, costs: dict[str, list[float]], step: str) -> Work:
    """Return the same work, which notes what its first run took under the name of a step."""

    def run(*args: Any, **named: Any) -> Any:
        wall, cpu = time.perf_counter(), time.process_time()
        done = work(*args, **named)
        costs.setdefault(step, [time.perf_counter() - wall, time.process_time() - cpu])
        return done

    return run


def make_up(n_people: int) -> Wave:
    """Draft a wave that asks teams of twelve, one of them the leader, in departments of 25."""
    load_item_bank()
    top = Team.objects.create(code="top", name="Top")
    staff(n_people, top)
    letter = create_letter(
        subject="One minute?",
        body="How is work?",
        signer_name="Priya Nair",
        reply_to="priya@example.org",
    )
    campaign = create_campaign(
        code="pulse",
        name="Pulse",
        audience=Audience.EMPLOYEE,
        scope=top,
        questionnaire=Questionnaire.objects.filter(audience=Audience.EMPLOYEE).earliest("pk"),
        letter=letter,
    )
    return draft_wave(campaign=campaign, opens_at=OPENS, closes_at=OPENS + timedelta(days=10))


def staff(n_people: int, top: Team) -> None:
    """Make the people and their teams below the top."""
    n_teams = -(-n_people // TEAM)
    departments = Team.objects.bulk_create(
        Team(code=f"d{n}", name=f"Department {n}", parent=top)
        for n in range(-(-n_teams // DEPARTMENT))
    )
    teams = Team.objects.bulk_create(
        Team(code=f"t{n}", name=f"Team {n}", parent=departments[n // DEPARTMENT])
        for n in range(n_teams)
    )
    for first in range(0, n_people, ROWS):
        numbers = range(first, min(first + ROWS, n_people))
        people = Person.objects.bulk_create(
            Person(external_id=f"p{n}", name=f"Person {n}", email=f"p{n}@example.org")
            for n in numbers
        )
        Membership.objects.bulk_create(
            Membership(
                person=one, team=teams[n // TEAM], active_from=JOINED, is_leader=n % TEAM == 0
            )
            for n, one in zip(numbers, people, strict=True)
        )


if __name__ == "__main__":
    json.dump(measure(int(sys.argv[1])), sys.stdout)

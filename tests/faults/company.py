"""Set the product up in its own environment, in one process: python -m tests.faults.company N.

Each of the divisions is asked once, in a round of its own, so that nobody is asked too often; the
customers of all of them are asked all the time. The token of the till is printed.
"""

import io
import os
import sys
from datetime import date, datetime, timedelta
from itertools import product

N_TEAMS, TEAM_SIZE = 4, 10
LONG = timedelta(days=30)
EMAIL, PASSWORD = "alice@example.org", "bread, butter and jam"


def team_code(division: int, number: int) -> str:
    """Return the code of a team."""
    return f"d{division}-t{number}"


def main(n_divisions: int) -> None:
    """Make everything; the imports wait for Django."""
    import django  # noqa: PLC0415

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    call_command("load_item_bank", stdout=io.StringIO())
    _fill(n_divisions)


def _fill(n_divisions: int) -> None:
    from django.utils import timezone  # noqa: PLC0415

    from survey.accounts.models import Role, User  # noqa: PLC0415
    from survey.accounts.services import create_api_token, grant_role  # noqa: PLC0415
    from survey.organization.models import Membership, Person, Team  # noqa: PLC0415

    now = timezone.now()
    alice = User.objects.create_user(email=EMAIL, name="Alice", password=PASSWORD)
    grant_role(user=alice, role=Role.HR)
    top = Team.objects.create(code="company", name="The Company")
    divisions = [
        Team.objects.create(code=f"d{n}", name=f"Division {n}", parent=top)
        for n in range(n_divisions)
    ]
    for (n, division), number in product(enumerate(divisions), range(N_TEAMS)):
        code = team_code(n, number)
        team = Team.objects.create(code=code, name=code, parent=division)
        people = Person.objects.bulk_create(
            Person(external_id=f"{code}-{i}", name=f"Sam {i}", email=f"{i}@{code}.example.org")
            for i in range(TEAM_SIZE)
        )
        Membership.objects.bulk_create(
            Membership(person=person, team=team, active_from=date(2026, 1, 1)) for person in people
        )
    _plan(divisions, top, now)
    print(create_api_token(user=alice, name="till", now=now))  # noqa: T201


def _plan(divisions: list, top: object, now: datetime) -> None:  # type: ignore[type-arg]
    """Draft a round per division, and open the customers' survey."""
    from survey.campaigns.services import create_campaign, draft_wave, launch_wave  # noqa: PLC0415
    from survey.questionnaires.models import Audience  # noqa: PLC0415
    from survey.samples.demo_letters import write_customer_letter, write_staff_letter  # noqa: PLC0415
    from survey.samples.demo_questionnaires import find_questionnaire  # noqa: PLC0415

    letter = write_staff_letter()
    for division in divisions:
        campaign = create_campaign(
            code=f"round-{division.code}",
            name=f"Round {division.code}",
            audience=Audience.EMPLOYEE,
            scope=division,
            questionnaire=find_questionnaire("pulse"),
            letter=letter,
        )
        draft_wave(campaign=campaign, opens_at=now, closes_at=now + LONG)
    customers = create_campaign(
        code="customers",
        name="Customers",
        audience=Audience.CUSTOMER,
        scope=top,  # type: ignore[arg-type]
        questionnaire=find_questionnaire("treatment"),
        letter=write_customer_letter(),
    )
    wave = draft_wave(campaign=customers, opens_at=now, closes_at=now + LONG)
    launch_wave(wave_id=wave.pk, now=now)


if __name__ == "__main__":
    main(int(sys.argv[1]))

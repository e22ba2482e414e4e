"""Fill an empty database with an open wave of ten questions; print the path of every link."""

import sys
from datetime import UTC, datetime, timedelta

import django

N_ITEMS = 10


def main(n_people: int) -> None:
    """Make people, ask them, and print where each of them answers."""
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    from survey.questionnaires.services import (  # noqa: PLC0415
        create_questionnaire,
        publish_questionnaire,
    )
    from tests.factories.campaigns import (  # noqa: PLC0415
        make_campaign,
        make_open_wave,
        make_teams,
        tokens_of,
    )
    from tests.factories.questionnaires import ItemFactory, make_scale  # noqa: PLC0415

    items = [ItemFactory(code=f"ten_{number}") for number in range(1, N_ITEMS + 1)]
    make_scale("ten", items)
    questionnaire = create_questionnaire(code="ten", name="Ten", audience="EMPLOYEE", items=items)
    questionnaire.settings = {"page": "SCROLL"}
    questionnaire.save(update_fields=["settings"])
    publish_questionnaire(questionnaire_id=questionnaire.pk)
    codes = [f"t{number}" for number in range(max(n_people // 100, 1))]
    teams = make_teams(
        {"top": None} | dict.fromkeys(codes, "top"), dict.fromkeys(codes, n_people // len(codes))
    )
    campaign = make_campaign(teams["top"], questionnaire=questionnaire)
    now = datetime.now(tz=UTC) - timedelta(minutes=1)
    for token in tokens_of(make_open_wave(campaign, now=now)):
        print(f"/r/{token}/")  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]))

"""Plants somebody who is easily found again; run inside the product by `manage.py shell`."""

from datetime import timedelta

from django.utils import timezone

from survey.organization.models import Person
from tests.factories.campaigns import make_campaign, make_open_wave, make_teams, tokens_of

N_PEOPLE = 8


def main(*, email: str) -> None:
    """Ask eight people, one of whom is to be traced; print the links' tokens."""
    teams = make_teams({"top": None}, {"top": N_PEOPLE})
    Person.objects.filter(external_id="p0").update(email=email)
    campaign = make_campaign(teams["top"], code="planted")
    wave = make_open_wave(campaign, now=timezone.now() - timedelta(minutes=1))
    print("\n".join(tokens_of(wave)))  # noqa: T201

"""A company whose staff list says how long people have been there, and a wave told by it."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from survey.campaigns.contact_cuts import CONTACT_CHANNEL
from survey.campaigns.cuts import fit_values
from survey.campaigns.models import Group, Invitation, Wave
from survey.organization.models import Attribute, Membership, Person
from survey.questionnaires.answers import ReadAnswers
from survey.questionnaires.models import Audience
from survey.responses.models import Intake
from survey.responses.services import submit_response
from survey.responses.services.submitting import seal_answers, seal_cut_values
from tests.factories.campaigns import NOW, make_campaign, make_open_wave, make_teams, tokens
from tests.factories.responses import close_and_seal, make_answers

TENURE = "tenure"
LEVELS = ("under 2 years", "2 to 5 years", "over 5 years")
CHANNELS = ("till", "phone", "web")
TEAMS = "abcd"
TREE = {"top": None, **dict.fromkeys(TEAMS, "top")}


def declare_tenure(people: Sequence[Person], levels: Sequence[str] = LEVELS) -> None:
    """Say of each person how long they have been there, level after level."""
    Attribute.objects.get_or_create(code=TENURE, defaults={"name": "Tenure"})
    for number, person in enumerate(people):
        level = levels[number % len(levels)]
        person.attributes = {TENURE: level} if level else {}
    Person.objects.bulk_update(people, ["attributes"])


def make_cut_wave(n_people: int = 9, *, levels: Sequence[str] = LEVELS) -> Wave:
    """Open a wave of four teams that is told by tenure."""
    teams = make_teams(TREE, dict.fromkeys(TEAMS, n_people))
    for team in teams.values():
        members = Membership.objects.filter(team=team).order_by("person_id")
        declare_tenure([one.person for one in members.select_related("person")], levels)
    campaign = make_campaign(teams["top"])
    campaign.cut_codes = [TENURE]
    campaign.save()
    return make_open_wave(campaign)


def answer_by_level(wave: Wave, values: Mapping[str, Sequence[int]]) -> None:
    """Let everybody answer with some value of their level; levels that are not named stay away."""
    rng = random.Random(1)  # noqa: S311  a test repeats itself
    invitations = Invitation.objects.filter(wave=wave).select_related("person").order_by("person")
    for invitation in invitations:
        assert invitation.person is not None
        level = invitation.person.attributes.get(TENURE, "")
        if level in values:
            submit_one(wave, invitation, rng.choice(values[level]))


def submit_one(wave: Wave, invitation: Invitation, value: int) -> None:
    """Let one person answer every question alike."""
    (token,) = tokens(wave, [invitation])
    submit_response(token=token, answers=make_answers(wave, value), now=NOW)


def seal_answered(n_people: int = 9, *, levels: Sequence[str] = LEVELS) -> Wave:
    """Return a sealed wave in which new people are less happy than the others."""
    wave = make_cut_wave(n_people, levels=levels)
    spread = dict.fromkeys((*levels, ""), (1, 2, 3, 3)) | {levels[0]: (1, 2, 2, 3)}
    answer_by_level(wave, spread)
    close_and_seal(wave)
    return wave


def root_of(wave: Wave) -> Group:
    """Return the group of everybody."""
    return Group.objects.get(wave=wave, parent=None)


def make_customer_wave(*, channels: Sequence[str] = CHANNELS, teams: str = TEAMS) -> Wave:
    """Open a customers' wave of a year that is told by the channel of the contact."""
    parents = {"top": None, **dict.fromkeys(teams, "top")}
    campaign = make_campaign(make_teams(parents, {})["top"], Audience.CUSTOMER)
    campaign.cut_codes, campaign.cut_levels = [CONTACT_CHANNEL], {CONTACT_CHANNEL: list(channels)}
    campaign.save()
    return make_open_wave(campaign, closes_at=NOW + timedelta(days=300))


def put_customers(wave: Wave, code: str, said: Sequence[tuple[str, int | None]]) -> None:
    """Put a box with its second box into the intake for each (channel, value) of a team.

    No value: everything is answered with "can't say".
    """
    group = Group.objects.get(wave=wave, code=code)
    for channel, value in said:
        sealed = seal_answers(wave=wave, group=group, answers=_answers(wave, value))
        values = fit_values(wave=wave, values={CONTACT_CHANNEL: channel})
        cut_box = seal_cut_values(wave=wave, values=values)
        Intake.objects.create(wave=wave, box=sealed.box, cut_box=cut_box)


def _answers(wave: Wave, value: int | None) -> ReadAnswers:
    read = make_answers(wave, value or 0)
    return replace(read, answers=dict.fromkeys(read.answers, value))


def draw_customers(n_each: int, seed: int = 1) -> list[tuple[str, int | None]]:
    """Draw so many customers of each channel, those at the till happier than the others."""
    rng = random.Random(seed)  # noqa: S311  a test repeats itself
    spread = dict.fromkeys(CHANNELS, (1, 2, 3, 3)) | {CHANNELS[0]: (2, 3, 3, 3)}
    return [(one, rng.choice(spread[one])) for one in CHANNELS for _ in range(n_each)]

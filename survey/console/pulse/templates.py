"""What a survey starts from: questions, words and days that are ready to be sent."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from survey.campaigns.models import Campaign, Pairing, Wave
from survey.campaigns.services import draft_wave, set_colleagues
from survey.campaigns.services.redrafting import time_draft
from survey.console.flows import LetterWords, start_pairing
from survey.console.pulse.people import zones_asked
from survey.console.pulse.placing import Place, find_campaign, make_campaign
from survey.console.pulse.planning import plan_reminders
from survey.console.pulse.timing import first_reminders, first_window
from survey.core.periods import Period
from survey.core.timestamps import local_date
from survey.organization.models import Team
from survey.questionnaires.models import Audience, Questionnaire


@dataclass(frozen=True, slots=True)
class Template:
    """A survey that is ready; the code is that of its questionnaire."""

    code: str
    audience: str
    title: Promise
    words: Promise


TEMPLATES = (
    Template(
        "pulse",
        Audience.EMPLOYEE,
        _("Passion and fairness"),
        _(
            "Eight questions: is it fair here, do people put their heart into it, are they seen, "
            "does their word count. About two minutes, to be asked again and again."
        ),
    ),
    Template(
        "pulse_long",
        Audience.EMPLOYEE,
        _("The long pulse"),
        _(
            "Everything about fairness, passion and being heard, once or twice a year. With a "
            "rhythm, each round can ask a part of it."
        ),
    ),
    Template(
        "colleagues",
        Audience.COLLEAGUE,
        _("How teams treat each other"),
        _(
            "Teams say how the teams that serve them treat them: four questions about each, and "
            "nobody is asked about more than a few. It shows how service goes from team to team."
        ),
    ),
    Template(
        "treatment",
        Audience.CUSTOMER,
        _("How we treated you"),
        _(
            "Customers say after a contact how they were treated. The other half of the picture: "
            "it is compared, team by team, with what staff say."
        ),
    ),
)


@transaction.atomic
def start_from_template(
    *, questionnaire: Questionnaire, scope: Team, words: LetterWords, now: datetime
) -> Wave:
    """Draft a wave that could be sent as it stands, compared with the other side by default."""
    place = Place(questionnaire.audience, scope, questionnaire, {})
    campaign = find_campaign(place)
    if campaign is None:
        campaign = make_campaign(place, letter=words.save())
    if campaign.audience == Audience.COLLEAGUE:
        _join_comparison(campaign)
    elif (other := only_other_side(campaign)) is not None:
        compare(campaign, other)
    zones = zones_asked(wave=Wave(campaign=campaign), today=local_date(now))
    window = first_window(audience=campaign.audience, now=now, zones=zones)
    wave = draft_wave(
        campaign=campaign,
        opens_at=window.opens_at,
        closes_at=window.closes_at,
        letter=words.save(),
    )
    time_draft(wave_id=wave.pk, window=window)
    if campaign.audience != Audience.CUSTOMER:
        wave.refresh_from_db()
        plan_reminders(wave=wave, days=first_reminders(window=window), now=now)
    return wave


def only_other_side(campaign: Campaign) -> Campaign | None:
    """Return the campaign of the other side about the same teams or more, where there is one."""
    way_up = Team.objects.above(campaign.scope).values_list("pk", flat=True)
    covering = list(other_side(campaign.audience).filter(scope__in=set(way_up))[:2])
    return covering[0] if len(covering) == 1 else None


def other_side(audience: str) -> QuerySet[Campaign]:
    """Return the campaigns that one of an audience can be compared with, by name.

    One among colleagues is not compared: comparisons of two others take it in.
    """
    if audience == Audience.COLLEAGUE:
        return Campaign.objects.none()
    other = Audience.CUSTOMER if audience == Audience.EMPLOYEE else Audience.EMPLOYEE
    return Campaign.objects.filter(audience=other).order_by("name", "pk")


def compared_with(campaign: Campaign) -> Campaign | None:
    """Return the campaign that one is compared with, the first where there are several."""
    pairings = Pairing.objects.filter(Q(ex=campaign) | Q(cx=campaign)).select_related("ex", "cx")
    pairing = pairings.order_by("pk").first()
    if pairing is None:
        return None
    return pairing.cx if pairing.ex_id == campaign.pk else pairing.ex


def _join_comparison(campaign: Campaign) -> None:
    """Have the only comparison that lacks colleagues take in a campaign among them."""
    lacking = list(Pairing.objects.filter(colleague__isnull=True)[:2])
    joined = Pairing.objects.filter(colleague=campaign)
    if len(lacking) == 1 and not joined.exists():
        set_colleagues(pairing=lacking[0], colleague=campaign)


def compare(campaign: Campaign, other: Campaign) -> None:
    """Have a campaign compared with one of the other side, by quarter."""
    ex, cx = sorted((campaign, other), key=lambda one: one.audience != Audience.EMPLOYEE)
    name = f"{ex.name} and {cx.name}"[:150]  # kept, so not in the language of whoever asks
    start_pairing(name=name, ex_id=ex.pk, cx_id=cx.pk, period=Period.QUARTER)

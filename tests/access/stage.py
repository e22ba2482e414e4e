"""One of everything that an address can name, and somebody in every role.

Bakery is called by a name, has words and figures that stand nowhere else, so that what is shown to
people who may not read of it can be searched for them.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, time
from io import BytesIO
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.test import Client, override_settings
from django.utils import timezone
from PIL import Image

from survey.accounts.models import Role, User
from survey.accounts.services import create_api_token
from survey.aggregation.models import Figure
from survey.campaigns.links import stop_token
from survey.campaigns.models import CollectorKind, ContactFile, ContactSource, Group, Wave
from survey.campaigns.trial_links import trial_token
from survey.followup.digests import stop_token as digest_token
from survey.followup.promising import Wording, make_commitment
from survey.followup.ways_out import way_out_url
from survey.letters.models import DeliveryKind
from survey.organization.logos import read_logo
from survey.organization.models import Attribute, Brand, Person, RosterFeed, Service, Team
from survey.questionnaires.models import Audience, ImportReport, Questionnaire
from survey.questionnaires.selectors import forget_content
from survey.questionnaires.services import add_section, load_item_bank
from survey.responses.return_keys import make_return_key
from tests.cast import Organisation, make_user
from tests.console.questionnaires.drafts import make_draft as make_questions
from tests.console.waves import make_draft
from tests.dashboards.released import release_wave
from tests.dashboards.team.staging import write
from tests.factories.aggregation import make_campaign, make_instrument
from tests.factories.campaigns import make_campaign as make_asking
from tests.factories.campaigns import make_open_wave, make_teams, tokens_of
from tests.factories.collectors import link_of, make_kiosks, make_links
from tests.factories.letters import DeliveryFactory
from tests.factories.organization import CustomerFactory
from tests.factories.playbacks import make_playback
from tests.followup.calls import ask as ask_for_call
from tests.organization.arrivals import arrive

NAME, WORDS = "Sauerteigstube", "The oven door squeaks at five"
COMMENT = UUID("5e7d1c9a-0b1f-4b7e-9a57-3d2f8c6e4a10")
PROMISE = "Sweep the flour store on Mondays"
PARENTS = {
    "company": None, "food": "company", "goods": "company",
    "bakery": "food", "kitchen": "food", "garden": "goods",
}  # fmt: skip
LEAVES = ("bakery", "kitchen", "garden")
ROLES: Mapping[str, tuple[Role, str]] = {
    "adam": (Role.ADMIN, ""),
    "alice": (Role.HR, ""),
    "carmen": (Role.CX_MANAGER, ""),
    "anand": (Role.ANALYST, ""),
    "wim": (Role.AUDITOR, ""),
    "bob": (Role.LEADER, "bakery"),
    "charlie": (Role.LEADER, "garden"),
    "tom": (Role.TEAM_LEAD, "bakery"),
    "tina": (Role.TEAM_LEAD, "garden"),
}
STRANGER, NOBODY = "stranger", "nora"  # without an account; without a role
OUTSIDERS = ("charlie", "tina", "adam", NOBODY, STRANGER)  # who read nothing of Bakery

Variants = Mapping[str, object]  # by whose it is; "": of nobody in particular


class Undo(Exception):  # noqa: N818
    """Takes back what was built."""


@dataclass(frozen=True)
class Stage:
    """What addresses can name, who asks, and what only some may read."""

    objects: Mapping[str, Variants]
    cookies: Mapping[str, str]
    tokens: Mapping[str, str]
    secrets: tuple[str, ...]
    forms: Mapping[str, bytes]  # by route, where an empty form names nothing

    @property
    def people(self) -> tuple[str, ...]:
        """Return everybody, from strangers on."""
        return (STRANGER, NOBODY, *ROLES)


@contextmanager
def build_stage(folder: Path) -> Iterator[Stage]:
    """Build it all, and take it back in the end."""
    now = timezone.now()
    signed = "django.contrib.sessions.backends.signed_cookies"  # logging out ends nobody's session
    with (
        override_settings(KEYS_DIR=folder, SESSION_ENGINE=signed),
        suppress(Undo),
        transaction.atomic(),
    ):
        load_item_bank()
        teams = make_teams(PARENTS, dict.fromkeys(LEAVES, 7))
        organisation = Organisation(**teams)
        people = {who: make_user(who, role, teams.get(code)) for who, (role, code) in ROLES.items()}
        people[NOBODY] = User.objects.create_user(email="nora@example.org", name="Nora")
        yield Stage(
            objects=_make_objects(organisation, now),
            cookies={who: _log_in(user) for who, user in people.items()},
            tokens={
                who: create_api_token(user=user, name="till", now=now)
                for who, user in people.items()
            },
            secrets=_plant_secrets(organisation.company),
            forms=_make_customers(),
        )
        for questionnaire_id in Questionnaire.objects.values_list("pk", flat=True):
            forget_content(questionnaire_id=questionnaire_id)
        raise Undo


def _log_in(user: User) -> str:
    client = Client()
    client.force_login(user)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def _plant_secrets(company: Team) -> tuple[str, ...]:
    """Release figures and words; return what Bakery is called and told, and its figure."""
    campaign = make_campaign(make_instrument(prefix="own_"), company, "released")
    answers = {"bakery": [5] * 9 + [2] * 4, "kitchen": [3, 2] * 6, "garden": [3, 4] * 6}
    release = release_wave(campaign, answers, prefix="own_")
    group = Group.objects.get(wave=release.wave, code="bakery")
    write(group, WORDS, pk=COMMENT)
    Group.objects.filter(pk=group.pk).update(name=NAME)
    Team.objects.filter(code="bakery").update(name=NAME)
    figure = Figure.objects.get(release=release, group=group, metric="own_fair")
    return NAME, WORDS, PROMISE, f"{figure.mean:.1f}"


def _make_objects(organisation: Organisation, now: datetime) -> dict[str, Variants]:
    """Return by parameter, where needed after a route or a namespace, what there is."""
    return (
        _make_waves(organisation, now)
        | _make_questionnaires()
        | _make_links(organisation, now)
        | _make_people(now)
        | {"team_code": {"bakery": "bakery", "garden": "garden"}}
        | {"dashboards:talk team_code": {"bakery": "bakery"}, "comment_id": {"bakery": COMMENT}}
        | _make_playbacks(now)
        | _make_calls(organisation, now)
        | {"dashboards:promise key": _make_promises(organisation, now)}
    )


def _make_waves(organisation: Organisation, now: datetime) -> dict[str, Variants]:
    drafts = {
        "staff": make_draft(organisation, now),
        "customers": make_draft(organisation, now, Audience.CUSTOMER),
    }
    file = ContactFile.objects.create(name="x.csv", content=b"x", created_at=now)
    ContactSource.objects.create(code="till", name="Till")
    campaigns = {name: wave.campaign.code for name, wave in drafts.items()}
    return {
        "wave_id": {name: wave.pk for name, wave in drafts.items()},
        "console code": campaigns,
        "console:customers code": {"": "till"},
        "console:customers:rules code": campaigns,
        "audience": {"staff": "employee", "customers": "customer"},
        "file_id": {"": file.pk},
        "source": {"": "till"},
    }


def _make_questionnaires() -> dict[str, Variants]:
    """Draft the same for both audiences, as if it had come out of a file."""
    drafts = {"staff": make_questions(name="Six"), "customers": make_questions(name="Half a dozen")}
    for name, draft in drafts.items():
        add_section(questionnaire_id=draft.pk, code="pay", texts={"en": "Pay"})
        ImportReport.objects.create(questionnaire=draft, file_name="six.lss", language="en")
        audience = {"staff": Audience.EMPLOYEE, "customers": Audience.CUSTOMER}[name]
        Questionnaire.objects.filter(pk=draft.pk).update(audience=audience)
    return {
        "questionnaire_id": {name: draft.pk for name, draft in drafts.items()},
        "console:questionnaires:item code": {"": "fair_overall_1"},
        "console:questionnaires:section code": {"": "pay"},
        "tag": {"": "en"},
        "api code": {"staff": "pulse", "customers": "treatment"},
        "version": {"": 1},
    }


def _make_links(organisation: Organisation, now: datetime) -> dict[str, Variants]:
    """Make links of every kind that take answers."""
    asked = make_open_wave(make_asking(organisation.goods, code="asked"), now=now)
    shops = make_asking(organisation.company, audience=Audience.CUSTOMER, code="shops")
    open_wave = make_links(shops, now=now)
    make_kiosks(open_wave, now=now)
    token = tokens_of(asked)[0]
    link = {"": link_of(open_wave, "garden").code}
    kiosk = {"": link_of(open_wave, "garden", CollectorKind.KIOSK).code}
    trial = {"": trial_token(wave_id=_first_draft(), now=now)}
    return {
        "answering token": {"": token},
        "answering:conversation key": {"": make_return_key(wave_id=asked.pk)},
        "answering:stop token": {"": stop_token(token=token)},
        "answering:stop_digest token": {"": digest_token(user=User.objects.get(name="Tina"))},
        "answering:try token": trial,
        "answering:try_stop token": trial,
        "answering code": link,
        "answering:kiosk code": kiosk,
        "answering:kiosk_thanks code": kiosk,
        "answering:kiosk_leave code": kiosk,
        "console:collectors code": link,
        "console:collectors wave_id": {"": open_wave.pk},
    }


def _make_promises(organisation: Organisation, now: datetime) -> Variants:
    """Promise something to both teams; what Bakery was promised is known there alone."""
    alice = User.objects.get(name="Alice")
    promised = {"bakery": PROMISE, "garden": "A new hose"}
    return {
        code: make_commitment(
            wording=Wording(Audience.EMPLOYEE, what, team=getattr(organisation, code)),
            who_name="Ann",
            who=None,
            due_date=now.date(),
            by=alice,
            now=now,
        ).key
        for code, what in promised.items()
    }


def _make_calls(organisation: Organisation, now: datetime) -> dict[str, Variants]:
    """Let customers of both teams ask for a call, and somebody who works here."""
    calls = {
        "staff": ask_for_call(now=now, audience=Audience.EMPLOYEE),
        "bakery": ask_for_call(now=now, team=organisation.bakery),
        "garden": ask_for_call(now=now, team=organisation.garden),
    }
    return {
        "dashboards:call key": {name: one.key for name, one in calls.items()},
        "answering:called key": {"": calls["bakery"].check_key},
    }


def _make_playbacks(now: datetime) -> dict[str, Variants]:
    """Draft what both audiences are told; that of staff was published and lettered."""
    drafts = {
        code: make_playback(Wave.objects.filter(campaign__audience=audience)[0], now=now)
        for code, audience in (("staff", Audience.EMPLOYEE), ("customers", Audience.CUSTOMER))
    }
    published = make_playback(
        Wave.objects.filter(campaign__audience=Audience.EMPLOYEE)[1], now=now, is_published=True
    )
    delivery = DeliveryFactory(kind=DeliveryKind.NEWS)
    return {
        "playback_id": {code: draft.pk for code, draft in drafts.items()},
        "answering:heard_staff code": {"": published.code},
        "answering:stop_heard token": {"": way_out_url(delivery).split("/")[-2]},
    }


def _make_customers() -> dict[str, bytes]:
    """Return the forms that ask for what is known of a customer."""
    named = f"customer={CustomerFactory().pk}".encode()
    return dict.fromkeys(("console:customers:export", "console:customers:erase"), named)


def _first_draft() -> int:
    return Wave.objects.filter(launched_at__isnull=True).values_list("pk", flat=True)[0]


def _make_people(now: datetime) -> dict[str, Variants]:
    picture = BytesIO()
    Image.new("RGB", (9, 9), "#0F6B6B").save(picture, "PNG")
    logo = read_logo(picture.getvalue())
    brand = Brand.objects.create(
        pk=1, name="Hearth", light="#0F6B6B", dark="#8AD1D1", digest="abcdef",
        logo=logo.data, logo_type=logo.media_type,
    )  # fmt: skip
    feed = RosterFeed.objects.create(name="Nightly", location="hr", at=time(6))
    bakery, garden = Team.objects.get(code="bakery"), Team.objects.get(code="garden")
    service = Service.objects.create(provider=bakery, consumer=garden, active_from=now.date())
    return {
        "person_id": {"": Person.objects.values_list("pk", flat=True)[0]},
        "roster_id": {"": arrive(now=now).pk},
        "feed_id": {"": feed.pk},
        "service_id": {"": service.pk},
        "console:people code": {"": Attribute.objects.create(code="tenure", name="Tenure").code},
        "digest": {"": brand.digest},
    }

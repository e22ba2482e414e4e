"""Read waves and people's links."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from survey.campaigns.customer_rules import is_expired, rules_of
from survey.campaigns.cuts import fit_values
from survey.campaigns.known_waves import TOLD, know_wave
from survey.campaigns.link_arrows import LinkArrow, find_arrows
from survey.campaigns.link_rows import find_row
from survey.campaigns.links import stop_token
from survey.campaigns.models import Campaign, Credential, Group, Interaction, Invitation, Wave
from survey.campaigns.participation import Participation, ParticipationRow
from survey.campaigns.rosters import asks_colleagues
from survey.core.timestamps import local_date
from survey.core.tokens import digest_token
from survey.letters.models import Letter
from survey.questionnaires.content import QuestionnaireContent
from survey.questionnaires.selectors import get_content

WAVE_OF_LINK = tuple(f"wave__{name}" for name in TOLD)


@dataclass(frozen=True, slots=True)
class Contact:
    """When and how the customer behind a link met a team, and whom there."""

    occurred_at: datetime
    channel: str
    served_by: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """What the page behind a link needs to know; it knows no person.

    Among colleagues credential and group are those of the first of its arrows.
    """

    credential: Credential
    wave: Wave
    group: Group
    campaign: Campaign
    letter: Letter | None
    is_spent: bool
    contact: Contact | None = None  # where it had to be read anyway
    cut_values: Mapping[str, str] = field(default_factory=dict)  # of the wave's cuts, if any
    arrows: tuple[LinkArrow, ...] = ()  # among colleagues: the ratings it may give
    drawn: dict[Hashable, str] = field(default_factory=dict)  # pages kept in mind with the wave


class UnknownLinkError(Exception):
    """No wave knows this link."""


class LinkNotOpenError(Exception):
    """The link belongs to a wave that takes no answers now."""

    def __init__(self, wave: Wave) -> None:
        super().__init__(f"wave {wave.pk} takes no answers now")
        self.wave = wave


class ClosedLinkError(LinkNotOpenError):
    """The wave of the link has closed."""

    def __init__(self, wave: Wave, next_opens_at: datetime | None) -> None:
        super().__init__(wave)
        self.next_opens_at = next_opens_at


class ExpiredLinkError(LinkNotOpenError):
    """The contact that the link asks about is too long ago."""


class WithdrawnLinkError(LinkNotOpenError):
    """The wave of the link was launched by mistake and has been withdrawn."""


class NotYetOpenError(LinkNotOpenError):
    """The wave of the link opens later."""


def get_link(*, token: str, now: datetime) -> Link:
    """Return what stands behind a link that takes answers now, or raise why it does not."""
    stop_digest = digest_token(stop_token(token=token))
    row = find_row(digest=digest_token(token), stop_digest=stop_digest)
    if row is None:
        check_open(wave=_former_wave(token), now=now)
        raise UnknownLinkError
    known = know_wave(wave_id=row.credential.wave_id, state=row.state)
    wave, is_spent = known.wave, row.credential.is_spent
    check_open(wave=wave, now=now)
    contact = None if is_spent else _check_not_expired(wave, token, now)
    return Link(
        credential=row.credential,
        wave=wave,
        group=row.group,
        campaign=wave.campaign,
        letter=find_letter(wave=wave),
        is_spent=is_spent,
        contact=contact,
        cut_values=fit_values(wave=wave, values=row.told),
        arrows=find_arrows(token=token) if asks_colleagues(wave=wave) else (),
        drawn=known.drawn,
    )


def get_stop_addresses(*, token: str) -> tuple[str, ...]:
    """Return the e-mail address and the telephone number to which a stop link stops letters."""
    invitation = (
        Invitation.objects.select_related("person", "customer")
        .filter(stop_digest=digest_token(token))
        .first()
    )
    if invitation is None or not token:
        raise UnknownLinkError
    somebody = invitation.person or invitation.customer
    return tuple(filter(None, (somebody.email, somebody.phone))) if somebody else ()


def find_contact(*, token: str) -> Contact | None:
    """Return the contact after which a customer got a link; None where there is none."""
    digest = digest_token(stop_token(token=token))
    contacts = Interaction.objects.filter(invitation__stop_digest=digest)
    found = contacts.values_list("occurred_at", "channel", "served_by").first()
    return Contact(*found) if found else None


def find_letter(*, wave: Wave) -> Letter | None:
    """Return the letter that a wave sends: its own, else its campaign's."""
    return wave.letter or wave.campaign.letter


def content_of(*, wave: Wave) -> QuestionnaireContent:
    """Return what a wave asks: its whole questionnaire, or only the scales whose turn it is."""
    return get_content(questionnaire_id=wave.questionnaire_id, scale_codes=wave.scale_codes)


def check_open(*, wave: Wave, now: datetime) -> None:
    """Raise why a launched wave takes no answers at a moment, if it takes none."""
    if wave.withdrawn_at is not None:
        raise WithdrawnLinkError(wave)
    if wave.closed_at is not None or wave.closes_at <= now:
        raise ClosedLinkError(wave, next_opening(campaign_id=wave.campaign_id, now=now))
    if wave.opens_at > now:
        raise NotYetOpenError(wave)


def next_opening(*, campaign_id: int, now: datetime) -> datetime | None:
    """Return when the campaign's next launched wave opens."""
    coming = Wave.objects.launched().filter(campaign_id=campaign_id, opens_at__gt=now)
    return coming.order_by("opens_at").values_list("opens_at", flat=True).first()


def list_waves() -> QuerySet[Wave]:
    """Return all waves with their campaigns, the newest first."""
    return Wave.objects.select_related("campaign__scope", "questionnaire").order_by(
        "-opens_at", "-pk"
    )


def get_participation(*, wave: Wave) -> Participation:
    """Return what may be told of how many have answered, as last counted."""
    day = wave.participation.get("date")
    return Participation(
        counted_date=date.fromisoformat(day) if day else None,
        rows=tuple(ParticipationRow(**row) for row in wave.participation.get("rows", ())),
    )


def last_day(*, wave: Wave, now: datetime) -> date:
    """Return the last local day on which a wave took answers.

    A wave that closes at midnight ends on the day before.
    """
    ends = [moment for moment in (now, wave.closed_at, wave.closes_at) if moment is not None]
    return local_date(min(ends) - timedelta(microseconds=1))


def _check_not_expired(wave: Wave, token: str, now: datetime) -> Contact | None:
    """Raise where a customer's contact is too long ago; nothing is read where none expires."""
    rules = rules_of(wave.campaign)
    if rules.expires_after is None:
        return None
    contact = find_contact(token=token)
    if contact and is_expired(rules=rules, occurred_at=contact.occurred_at, at=now):
        raise ExpiredLinkError(wave)
    return contact


def _former_wave(token: str) -> Wave:
    """Return the wave of a link whose credential is gone, known by the link's stop token."""
    invitation = (
        Invitation.objects.select_related(*WAVE_OF_LINK)
        .filter(stop_digest=digest_token(stop_token(token=token)))
        .first()
    )
    if invitation is None:
        raise UnknownLinkError
    return invitation.wave


def lacks_keys(wave: Wave) -> bool:
    """Say whether workers miss the keys of a wave that still needs them."""
    is_over = wave.sealed_at is not None or wave.withdrawn_at is not None
    return wave.keys_missing_at is not None and not is_over

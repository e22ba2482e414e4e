"""The links in a letter to oneself: the real pages of a draft, shown for some days, kept nowhere.

The token is signed and holds the wave and the day until which it works. It opens no answer page,
and no answer can be sent with it.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer

from survey.campaigns.link_arrows import LinkArrow
from survey.campaigns.models import Credential, Group, GroupKind, Wave
from survey.campaigns.rosters import asks_colleagues
from survey.campaigns.selectors import (
    WAVE_OF_LINK,
    Contact,
    Link,
    UnknownLinkError,
    content_of,
    find_letter,
)
from survey.core.timestamps import local_date
from survey.organization.serving import list_arrows
from survey.questionnaires.families import as_json, build_families
from survey.questionnaires.repeating import name_examples

WORKS_FOR = timedelta(days=14)
N_EXAMPLES = 2  # serving teams
OF_A_WAVE = [name.removeprefix("wave__") for name in WAVE_OF_LINK]


def trial_token(*, wave_id: int, now: datetime) -> str:
    """Return a token that shows a wave's pages from a moment on for WORKS_FOR."""
    until = int((now + WORKS_FOR).timestamp())
    return _signer().sign_object([wave_id, until])


def trial_url(*, token: str) -> str:
    """Return the address at which a wave's page can be tried."""
    return f"{settings.BASE_URL}/try/{token}/"


def trial_stop_url(*, token: str) -> str:
    """Return the address at which the page behind the way out can be tried."""
    return f"{trial_url(token=token)}stop/"


def get_trial_link(*, token: str, now: datetime) -> Link:
    """Return what the page of somebody asked would know; raise UnknownLinkError if it may not."""
    wave = Wave.objects.select_related(*OF_A_WAVE).filter(pk=_read_wave_id(token, now)).first()
    if wave is None:
        raise UnknownLinkError
    if not wave.families:  # launching freezes them
        wave.families = as_json(build_families(content=content_of(wave=wave)))
    arrows = _example_arrows(wave, now) if asks_colleagues(wave=wave) else ()
    return Link(
        credential=Credential(wave=wave),
        wave=wave,
        group=Group(wave=wave, kind=GroupKind.TEAM, name=str(wave.campaign.scope)),
        campaign=wave.campaign,
        letter=find_letter(wave=wave),
        is_spent=False,
        contact=Contact(occurred_at=now, channel=""),  # as if it had been today
        arrows=arrows,
    )


def _example_arrows(wave: Wave, now: datetime) -> tuple[LinkArrow, ...]:
    """Return two serving teams as somebody may be asked about them: real ones where there are."""
    given = list_arrows(today=local_date(now), below=wave.campaign.scope)
    names = [*dict.fromkeys(arrow.provider_name for arrow in given), *name_examples()]
    return tuple(
        LinkArrow(Credential(wave=wave), Group(wave=wave, kind=GroupKind.EDGE, name=name), name)
        for name in names[: min(N_EXAMPLES, wave.campaign.arrows_per_person)]
    )


def _read_wave_id(token: str, now: datetime) -> int:
    try:
        wave_id, until = _signer().unsign_object(token)
    except BadSignature as error:
        raise UnknownLinkError from error
    if now.timestamp() >= until:
        raise UnknownLinkError
    return int(wave_id)


def _signer() -> Signer:
    return Signer(salt="campaigns.trial", sep=".")

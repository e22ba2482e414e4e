"""The one row of the database behind a link: read with every page, in one statement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Case, QuerySet, Subquery, When

from survey.campaigns.contact_cuts import CONTACT_CHANNEL
from survey.campaigns.kept_queries import KeptQuery
from survey.campaigns.models import Credential, Group, Invitation

# Whether a wave takes answers, and under which key: a launch may be taken back and made again
STATE = ("opens_at", "closes_at", "closed_at", "withdrawn_at", "public_key")
OF_CREDENTIAL = tuple(field.attname for field in Credential._meta.concrete_fields)
OF_GROUP = tuple(field.attname for field in Group._meta.concrete_fields)
AT_GROUP = len(OF_CREDENTIAL)
AT_STATE = AT_GROUP + len(OF_GROUP)
AT_TOLD = AT_STATE + len(STATE)


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A credential and its group, and the state of its wave by the names of its fields.

    told is what the staff list or the contact says of whoever holds the link, which is read only
    where the wave tells its figures by any of it.
    """

    credential: Credential
    group: Group
    state: dict[str, datetime | bytes | None]
    told: Mapping[str, object]


def find_row(*, digest: str, stop_digest: str) -> LinkRow | None:
    """Return what the database knows of a link by the digests of its token and its stop token."""
    row = _by_digest.find(digest, stop_digest)
    return _read(row) if row else None


def _rows_of(digest: str, stop_digest: str) -> QuerySet[Credential, tuple[Any, ...]]:
    of_group = (f"group__{name}" for name in OF_GROUP)
    of_wave = (f"wave__{name}" for name in STATE)
    invited = Invitation.objects.filter(stop_digest=stop_digest)
    rows = Credential.objects.filter(digest=digest).annotate(
        attributes=_where_told(invited.values("person__attributes")[:1]),
        channel=_where_told(invited.values("interaction__channel")[:1]),
    )
    return rows.values_list(*OF_CREDENTIAL, *of_group, *of_wave, "attributes", "channel")


def _where_told(found: QuerySet[Invitation, Any]) -> Case:
    """Read something only where the figures of the wave are told by cuts."""
    return Case(When(wave__cut_box_size__isnull=False, then=Subquery(found)))


def _read(row: Sequence[Any]) -> LinkRow:
    return LinkRow(
        credential=Credential.from_db(DEFAULT_DB_ALIAS, OF_CREDENTIAL, row[:AT_GROUP]),
        group=Group.from_db(DEFAULT_DB_ALIAS, OF_GROUP, row[AT_GROUP:AT_STATE]),
        state=dict(zip(STATE, row[AT_STATE:AT_TOLD], strict=True)),
        told=_read_told(*row[AT_TOLD:]),
    )


def _read_told(attributes: dict[str, Any] | None, channel: str | None) -> dict[str, object]:
    """Return what is told of a person, or else of a customer's contact, by the codes of cuts."""
    return attributes or ({CONTACT_CHANNEL: channel} if channel else {})


_by_digest = KeptQuery(_rows_of, n_values=2)

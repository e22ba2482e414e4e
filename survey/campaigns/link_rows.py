"""The one row of the database behind a link: read with every page, in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import QuerySet

from survey.campaigns.kept_queries import KeptQuery
from survey.campaigns.models import Credential, Group

# Whether a wave takes answers, and under which key: a launch may be taken back and made again
STATE = ("opens_at", "closes_at", "closed_at", "withdrawn_at", "public_key")
OF_CREDENTIAL = tuple(field.attname for field in Credential._meta.concrete_fields)
OF_GROUP = tuple(field.attname for field in Group._meta.concrete_fields)
AT_GROUP = len(OF_CREDENTIAL)
AT_STATE = AT_GROUP + len(OF_GROUP)


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A credential and its group, and the state of its wave by the names of its fields."""

    credential: Credential
    group: Group
    state: dict[str, datetime | bytes | None]


def find_row(*, digest: str) -> LinkRow | None:
    """Return what the database knows of a link by the digest of its token."""
    row = _by_digest.find(digest)
    return _read(row) if row else None


def _rows_of(digest: str) -> QuerySet[Credential, tuple[Any, ...]]:
    of_group = (f"group__{name}" for name in OF_GROUP)
    of_wave = (f"wave__{name}" for name in STATE)
    rows = Credential.objects.filter(digest=digest)
    return rows.values_list(*OF_CREDENTIAL, *of_group, *of_wave)


def _read(row: Sequence[Any]) -> LinkRow:
    return LinkRow(
        credential=Credential.from_db(DEFAULT_DB_ALIAS, OF_CREDENTIAL, row[:AT_GROUP]),
        group=Group.from_db(DEFAULT_DB_ALIAS, OF_GROUP, row[AT_GROUP:AT_STATE]),
        state=dict(zip(STATE, row[AT_STATE:], strict=True)),
    )


_by_digest = KeptQuery(_rows_of)

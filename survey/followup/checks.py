"""What `manage.py check --deploy` looks at in the database server itself.

A server writes down by itself what it is asked, unless it is told not to (docs/privacy.md).
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, cast

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Warning
from django.db import DatabaseError
from django.utils.module_loading import import_string

Loose = Callable[[], Iterable[tuple[str, str, str]]]


def check_server(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """Warn of every setting of the live server by which it would write down too much."""
    list_loose = cast(Loose, import_string(settings.LIST_LOOSE_SETTINGS))
    try:
        loose = list(list_loose())
    except DatabaseError as error:
        return [_unseen(error)]
    return [_warning(*one) for one in loose]


def _warning(name: str, found: str, wanted: str) -> CheckMessage:
    return Warning(
        f"The database server has {name} = {found}: it writes down by itself what people send.",
        hint=f"Start it with -c {name}={wanted}, as docker-compose.yml does, or as its "
        f"administrator: ALTER SYSTEM SET {name} = '{wanted}', then restart it.",
        id="hearthline.W001",
    )


def _unseen(error: DatabaseError) -> CheckMessage:
    return Warning(
        f"The settings of the database server could not be looked at: {error}",
        hint="Run the check where DATABASE_URL leads to the live server.",
        id="hearthline.W002",
    )

"""Markup in every text that somebody may type, so that every page can be looked through for it."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from django.apps import apps
from django.db import DatabaseError, models, transaction

MARK = "evil-mark"
MARKUP = (
    f"\"'></script></title><{MARK} onclick=evil()></{MARK}><img src=x onerror=evil()>{{{{7*7}}}}"
)
# Codes, addresses and digests are checked as they come in; words on slips are made by the product
LEFT_ALONE = {
    "code", "email", "password", "digest", "checksum", "external_id", "language", "languages",
    "key", "state", "kind", "status", "role", "reply_to", "token", "public_key", "pin_hash",
    "location", "channel", "logo_type", "light", "dark", "tag", "families", "number", "phone",
    "metric",
}  # fmt: skip
APPS = (
    "organization", "accounts", "letters", "questionnaires", "campaigns", "responses",
    "aggregation",
)  # fmt: skip


def plant_markup() -> list[str]:
    """Put markup into the texts of all rows, where the database lets it; return which."""
    return [
        f"{model._meta.label}.{field.name}"
        for app in APPS
        for model in apps.get_app_config(app).get_models()
        for field in _texts_of(model)
        if _plant(model, field)
    ]


def _texts_of(model: type[models.Model]) -> Iterator[Any]:
    for field in model._meta.concrete_fields:
        is_text = isinstance(field, (models.CharField, models.TextField)) and not field.choices
        is_words = isinstance(field, models.JSONField) and field.name in (
            "texts",
            "hints",
            "options",
        )
        if (is_text or is_words) and field.name not in LEFT_ALONE and not field.primary_key:
            yield field


def _plant(model: Any, field: Any) -> bool:
    """Add markup to each row that has words there; rows that are guarded stay as they are."""
    planted = False
    for row in model._default_manager.exclude(**{field.name: ""})[:400]:
        value = _spoil(getattr(row, field.name), field.max_length)
        with suppress(DatabaseError), transaction.atomic():
            planted |= bool(model._default_manager.filter(pk=row.pk).update(**{field.name: value}))
    return planted


def _spoil(value: Any, most: int | None) -> Any:
    match value:
        case str():
            return f"{value[: (most or 10_000) - len(MARKUP)]}{MARKUP}"[:most]
        case dict():
            return {
                name: _spoil(one, None)
                if name in ("text", "texts", "hint") or len(name) <= 5
                else one
                for name, one in value.items()
            }
        case list():
            return [_spoil(one, None) if isinstance(one, dict) else one for one in value]
    return value

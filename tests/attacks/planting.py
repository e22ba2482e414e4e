"""Markup, or a formula, in every text that somebody may type; what shows it is searched."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
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
WORDED = ("text", "texts", "hint", "hints", "options")
APPS = (
    "organization", "accounts", "letters", "questionnaires", "campaigns", "responses",
    "aggregation",
)  # fmt: skip


def plant(words: str = MARKUP, *, is_first: bool = False) -> list[str]:
    """Put words behind, or before, the texts of all rows, where the database lets it."""
    spoiler = Spoiler(words, is_first)
    return [
        f"{model._meta.label}.{field.name}"
        for app in APPS
        for model in apps.get_app_config(app).get_models()
        for field in _texts_of(model)
        if _plant(model, field, spoiler)
    ]


def _texts_of(model: type[models.Model]) -> Iterator[Any]:
    for field in model._meta.concrete_fields:
        is_text = isinstance(field, (models.CharField, models.TextField)) and not field.choices
        is_words = isinstance(field, models.JSONField) and field.name in WORDED
        if (is_text or is_words) and field.name not in LEFT_ALONE and not field.primary_key:
            yield field


def _plant(model: Any, field: Any, spoiler: "Spoiler") -> bool:
    """Spoil each row that has words there; rows that are guarded stay as they are."""
    planted = False
    for row in model._default_manager.exclude(**{field.name: ""})[:400]:
        value = spoiler.spoil(getattr(row, field.name), field.max_length)
        with suppress(DatabaseError), transaction.atomic():
            rows = model._default_manager.filter(pk=row.pk)
            planted |= bool(rows.update(**{field.name: value}))
    return planted


@dataclass(frozen=True)
class Spoiler:
    """Puts words behind or before what a text says, inside of structures too."""

    words: str
    is_first: bool

    def spoil(self, value: Any, most: int | None = None) -> Any:
        """Return a value whose texts hold the words, as long as they may be."""
        match value:
            case str() if self.is_first:
                return f"{self.words}{value}"[:most]
            case str():
                return f"{value[: (most or 10_000) - len(self.words)]}{self.words}"[:most]
            case dict():
                return {
                    name: self.spoil(one) if name in WORDED or len(name) <= 5 else one
                    for name, one in value.items()
                }
            case list():
                return [self.spoil(one) if isinstance(one, dict) else one for one in value]
        return value

"""What is sent from the page of a unpublished, and where to."""

from typing import Any

from survey.followup.models import Playback
from tests.factories.playbacks import SIGNED

WORDS = {"do": "words", **SIGNED, "language": "en"}
LATER = {"what": "Rotas two weeks ahead", "who_name": "Alice"}


def address(playback: Playback, more: str = "") -> str:
    return f"/dashboards/playbacks/{playback.pk}/{more}"


def sent(name: str, **values: str) -> dict[str, Any]:
    return {"do": name, **{f"{name}-{key}": value for key, value in values.items()}}

"""JSON of strangers: bounded, and read so that values of the wrong kind hurt nobody."""

import json
from typing import Any

from survey.questionnaires.importers.reports import ImportRefusedError
from survey.questionnaires.importers.telling import tell as _

UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
DEEPEST = 60


class _TwiceError(Exception):
    """One name stands twice in an object."""


def load_json(data: bytes) -> Any:
    """Return what a JSON file holds, or refuse it."""
    try:
        encoding = "utf-16" if data.startswith(UTF16_MARKS) else "utf-8-sig"
        return _bounded(json.loads(data.decode(encoding), object_pairs_hook=_once))
    except UnicodeDecodeError as error:
        raise ImportRefusedError(_("the file"), _("is not written in UTF-8")) from error
    except RecursionError as error:
        raise ImportRefusedError(_("the file"), _("is nested too deeply")) from error
    except _TwiceError as error:
        reason = _("has the name “%(name)s” twice in one object") % {"name": str(error)[:80]}
        raise ImportRefusedError(_("the file"), reason) from error
    except ValueError as error:
        raise ImportRefusedError(_("the file"), _("is damaged: it is no JSON")) from error


def as_map(value: Any) -> dict[str, Any]:
    """Return an object; a list by its places, since some programs write either."""
    if isinstance(value, dict):
        return value
    if isinstance(value, list):
        return {str(at): each for at, each in enumerate(value)}
    return {}


def as_list(value: Any) -> list[Any]:
    """Return a list; the values of an object where it stands for one."""
    return value if isinstance(value, list) else list(as_map(value).values())


def as_text(value: Any) -> str:
    """Return a text or number as text, and nothing of all else."""
    is_plain = isinstance(value, str | int | float) and not isinstance(value, bool)
    return str(value) if is_plain else ""


def dig(value: Any, *path: str) -> Any:
    """Return what stands at a path, None where nothing does."""
    for name in path:
        value = as_map(value).get(name)
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        raise _TwiceError(next(name for name in names if names.count(name) > 1))
    return found


def _bounded(value: Any) -> Any:
    """Return a value that is not nested too deeply for whoever goes through it."""
    level, depth = [value], 0
    while level:
        depth += 1
        if depth > DEEPEST:
            raise RecursionError
        inside = [as_list(each) for each in level if isinstance(each, dict | list)]
        level = [one for several in inside for one in several if isinstance(one, dict | list)]
    return value

"""Sealed boxes: an answer set that only a wave's private key opens, all of one size.

A box is libsodium's sealed box (X25519, an ephemeral sender) around JSON padded as ISO 7816-4 says.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from nacl.bindings import (
    crypto_box_seal,
    crypto_box_seal_open,
    crypto_box_SEALBYTES,
    sodium_pad,
    sodium_unpad,
)
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey

from survey.campaigns.sizes import box_size
from survey.questionnaires.content import Answer

__all__ = [
    "BoxContent",
    "BoxError",
    "BoxOpener",
    "TooLongForBoxError",
    "box_size",
    "open_box",
    "seal_box",
    "seal_cuts",
    "seal_fields",
]

OVERHEAD = crypto_box_SEALBYTES  # the ephemeral key and the authenticator


@dataclass(frozen=True, slots=True)
class BoxContent:
    """What somebody answered, and the group they answered in.

    The values of declared cuts never lie in the same box: they come out of the second one.
    """

    group_id: int
    answers: Mapping[str, Answer]
    texts: Mapping[str, str] = field(default_factory=dict)
    leaves: Mapping[str, str] = field(default_factory=dict)
    cuts: Mapping[str, str] = field(default_factory=dict)
    return_digest: str = ""  # of the key with which whoever wrote something finds it again


class BoxError(Exception):
    """The box was sealed for another key, is damaged, or holds something else than answers."""


class TooLongForBoxError(Exception):
    """The answers are longer than the boxes of their wave."""


def seal_box(*, public_key: bytes, size: int, content: BoxContent) -> bytes:
    """Pad answers to the wave's size and seal them; raise TooLongForBoxError before that."""
    fields: list[Any] = [content.group_id]
    fields += [dict(content.answers), dict(content.texts), dict(content.leaves)]
    if content.return_digest:
        fields.append(content.return_digest)
    return _seal(_write(fields), public_key, size)


def seal_cuts(*, public_key: bytes, size: int, cuts: Mapping[str, str]) -> bytes:
    """Pad the values of declared cuts to the wave's size for them and seal them."""
    return seal_fields(public_key=public_key, size=size, fields=dict(cuts))


def seal_fields(*, public_key: bytes, size: int, fields: Any) -> bytes:
    """Pad what JSON can say to a size and seal it; raise TooLongForBoxError before that."""
    return _seal(_write(fields), public_key, size)


class BoxOpener:
    """Opens the boxes of one wave with its private key."""

    def __init__(self, private_key: bytes, *, size: int) -> None:
        self._private_key = private_key
        self._public_key = bytes(PrivateKey(private_key).public_key)
        self._size = size

    def open(self, box: bytes) -> BoxContent:
        """Return what a box holds; raise BoxError when it cannot be opened or read."""
        return _read(self.open_fields(box, size=self._size))

    def open_cuts(self, box: bytes, *, size: int) -> dict[str, str]:
        """Return the cut values that a second box holds; raise BoxError as `open` does."""
        fields = self.open_fields(box, size=size)
        if isinstance(fields, dict) and all(isinstance(one, str) for one in fields.values()):
            return fields
        raise BoxError("the box holds no cut values")

    def open_fields(self, box: bytes, *, size: int) -> Any:
        """Return what `seal_fields` sealed to a size; raise BoxError as `open` does."""
        try:
            padded = crypto_box_seal_open(box, self._public_key, self._private_key)
            return json.loads(sodium_unpad(padded, size))
        except (CryptoError, ValueError, TypeError, RecursionError) as error:
            raise BoxError("the box does not open") from error


def open_box(*, private_key: bytes, box: bytes) -> BoxContent:
    """Return what one box holds; raise BoxError when it cannot be opened or read."""
    return BoxOpener(private_key, size=len(box) - OVERHEAD).open(box)


def _write(fields: Any) -> bytes:
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()


def _seal(plain: bytes, public_key: bytes, size: int) -> bytes:
    if len(plain) >= size:
        raise TooLongForBoxError(f"{len(plain)} bytes do not fit into a box of {size}")
    return crypto_box_seal(sodium_pad(plain, size), public_key)


def _read(fields: Any) -> BoxContent:
    match fields:
        case [int() as group_id, dict() as answers, dict() as texts, dict() as leaves]:
            return BoxContent(group_id, answers, texts, leaves)
        case [
            int() as group_id,
            dict() as answers,
            dict() as texts,
            dict() as leaves,
            str() as key,
        ]:
            return BoxContent(group_id, answers, texts, leaves, return_digest=key)
    raise BoxError("the box holds no answers")

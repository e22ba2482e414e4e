"""The two secrets of a wave, in files outside the database and its backups.

The link key makes people's links from their invitations; the private box key opens answers. Both
are written before a wave is launched and destroyed after its last seal. Each launch writes files of
its own, named by the public key: two workers that launch the same wave, one of which has lost its
connection without knowing, never write over each other's keys.
"""

import hashlib
import os
import re
import secrets
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_noop as _
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from survey.campaigns.links import answer_token, stop_token
from survey.campaigns.models import Invitation, Wave
from survey.core.stages import NeedsHelpError
from survey.core.tokens import digest_token
from survey.organization.files import Said

LINK, BOX = "link", "box"
MARK_LETTERS = 16
KEY_BYTES = 32
WAVE_KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
NOT_WRITABLE = _(
    "The keys of the wave could not be written: %(error)s. Make the folders named by KEYS_DIR and "
    "KEYS_DIR_COPY writable, then launch again."
)
CANARY = b"these keys fit"


class KeysNotWritableError(Exception):
    """The key folder cannot be written to, so the wave must not be launched."""

    def __init__(self, sentence: str, **values: object) -> None:
        self.said = Said(sentence, **values)
        super().__init__(self.said)


class KeysMissingError(NeedsHelpError):
    """No key that fits the wave is in the key folder or in its copy."""


class KeysOutOfReachError(NeedsHelpError):
    """A folder that may hold a key of the wave is not there, so it cannot be destroyed."""


def create_keys(*, wave: Wave) -> bytes:
    """Write a new link key and private box key of a wave; return the public box key."""
    private_key = PrivateKey.generate()
    public_key = bytes(private_key.public_key)
    secrets_by_kind = {LINK: secrets.token_bytes(KEY_BYTES), BOX: bytes(private_key)}
    try:
        for folder in _folders():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for kind, secret in secrets_by_kind.items():
                _write(folder / _name(wave, public_key, kind), secret)
            _sync_folder(folder)
    except OSError as error:
        raise KeysNotWritableError(NOT_WRITABLE, error=str(error)) from error
    return public_key


def read_link_key(*, wave: Wave) -> bytes:
    """Return the secret that makes the links of a wave, and has made those that were sent."""
    sample = Invitation.objects.filter(wave_id=wave.pk, is_admitted=True).order_by("key").first()
    return _read(wave, LINK, lambda secret: sample is None or _makes_link(secret, sample))


def read_private_key(*, wave: Wave) -> bytes:
    """Return the secret that opens the boxes of a wave, proven on a canary."""
    return _read(wave, BOX, lambda secret: _opens_canary(secret, bytes(wave.public_key or b"")))


def keys_fit(*, wave: Wave) -> bool:
    """Say whether both keys of a wave are there and fit."""
    try:
        return bool(read_private_key(wave=wave) and read_link_key(wave=wave))
    except KeysMissingError:
        return False


def folders_without_keys(*, wave: Wave) -> list[Path]:
    """Return the folders in which one of a wave's keys is not as it is where it fits."""
    right = {LINK: read_link_key(wave=wave), BOX: read_private_key(wave=wave)}
    return [
        folder
        for folder in _folders()
        if any(_read_file(folder, wave, kind) != secret for kind, secret in right.items())
    ]


def keys_exist(*, wave: Wave) -> bool:
    """Say whether any file with a key of the wave is left, in either folder."""
    return wave.key in waves_with_keys()


def waves_with_keys() -> set[UUID]:
    """Return the keys of the waves of which any file is left, in either folder."""
    names = {path.name.partition(".")[0] for folder in _folders() for path in folder.glob("*.*")}
    return {UUID(name) for name in names if WAVE_KEY.fullmatch(name)}


def key_files(*, wave: Wave) -> frozenset[Path]:
    """Return every file with a key of a wave, of whatever launch, half written ones too."""
    return frozenset(path for folder in _folders() for path in folder.glob(f"{wave.key}.*"))


def key_path(*, folder: Path, wave: Wave, kind: str) -> Path:
    """Return where a folder holds a key of a launched wave."""
    return folder / _name(wave, bytes(wave.public_key or b""), kind)


def destroy_keys(*, wave: Wave, only: Collection[Path] | None = None) -> None:
    """Delete every file with a key of the wave; nothing sealed for it can be opened again.

    Or only some of them, where another launch may be writing its own. Raise KeysOutOfReachError
    where a folder is away, after the others have been emptied.
    """
    away = [folder for folder in _folders() if not folder.is_dir()]
    for folder in _folders():
        if folder not in away:
            _empty(folder, key_files(wave=wave) if only is None else only)
    if away:
        raise KeysOutOfReachError(
            f"{' and '.join(map(str, away))} cannot be reached, so a key of wave {wave.pk} may be "
            "left there. Bring the folder back, or make an empty one if it is gone for good."
        )


def _folders() -> list[Path]:
    copy = [Path(settings.KEYS_DIR_COPY)] if settings.KEYS_DIR_COPY else []
    return [Path(settings.KEYS_DIR), *copy]


def _empty(folder: Path, files: Collection[Path]) -> None:
    for path in files:
        if path.parent == folder:
            path.unlink(missing_ok=True)
    _sync_folder(folder)


def _name(wave: Wave, public_key: bytes, kind: str) -> str:
    mark = hashlib.sha256(public_key).hexdigest()[:MARK_LETTERS]
    return f"{wave.key}.{mark}.{kind}"


def _read(wave: Wave, kind: str, fits: Callable[[bytes], bool]) -> bytes:
    """Return the first key that fits; one of another time or cut short counts as missing."""
    secret = next(filter(fits, _stored(wave, kind)), None)
    if secret is None:
        raise KeysMissingError(f"No {kind} key in KEYS_DIR or its copy fits wave {wave.pk}")
    return secret


def _stored(wave: Wave, kind: str) -> Iterator[bytes]:
    for folder in _folders():
        secret = _read_file(folder, wave, kind)
        if len(secret) == KEY_BYTES:
            yield secret


def _read_file(folder: Path, wave: Wave, kind: str) -> bytes:
    """Return what a folder holds of a key; nothing where it cannot be read.

    Waves launched before files were named by the public key have them by their kind alone.
    """
    for path in (key_path(folder=folder, wave=wave, kind=kind), folder / f"{wave.key}.{kind}"):
        try:
            return path.read_bytes()
        except OSError:
            continue
    return b""


def _opens_canary(secret: bytes, public_key: bytes) -> bool:
    try:
        box = SealedBox(PublicKey(public_key)).encrypt(CANARY)
        return SealedBox(PrivateKey(secret)).decrypt(box) == CANARY
    except (CryptoError, ValueError, TypeError):
        return False


def _makes_link(secret: bytes, invitation: Invitation) -> bool:
    token = answer_token(link_key=secret, invitation_key=invitation.key)
    return digest_token(stop_token(token=token)) == invitation.stop_digest


def _write(path: Path, secret: bytes) -> None:
    """Write a file that only we may read, whole or not at all, and see it to the disk."""
    partial = path.with_suffix(f"{path.suffix}.part")
    partial.unlink(missing_ok=True)
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(descriptor, secret)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    partial.replace(path)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

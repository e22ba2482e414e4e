"""The two secrets of a wave, in files outside the database and its backups.

The link key makes people's links from their invitations; the private box key opens answers. Both
are written before a wave is launched and destroyed after its last seal.
"""

import os
import secrets
from pathlib import Path

from django.conf import settings
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from survey.campaigns.models import Wave

LINK, BOX = "link", "box"
KEY_BYTES = 32
CANARY = b"these keys fit"


class KeysNotWritableError(Exception):
    """The key folder cannot be written to, so the wave must not be launched."""


class KeysMissingError(Exception):
    """A key of the wave is neither in the key folder nor in its copy."""


def create_keys(*, wave: Wave) -> bytes:
    """Write a new link key and private box key of a wave; return the public box key."""
    private_key = PrivateKey.generate()
    secrets_by_kind = {LINK: secrets.token_bytes(KEY_BYTES), BOX: bytes(private_key)}
    try:
        for folder in _folders():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for kind, secret in secrets_by_kind.items():
                _write(folder / f"{wave.key}.{kind}", secret)
            _sync_folder(folder)
    except OSError as error:
        raise KeysNotWritableError(
            f"The keys of the wave could not be written: {error}. Make the folders named by "
            "KEYS_DIR and KEYS_DIR_COPY writable, then launch again."
        ) from error
    return bytes(private_key.public_key)


def read_link_key(*, wave: Wave) -> bytes:
    """Return the secret that makes the links of a wave."""
    return _read(wave, LINK)


def read_private_key(*, wave: Wave) -> bytes:
    """Return the secret that opens the boxes of a wave."""
    return _read(wave, BOX)


def keys_fit(*, wave: Wave) -> bool:
    """Say whether both keys are there and a canary sealed for the wave opens with them."""
    try:
        private_key = PrivateKey(read_private_key(wave=wave))
        box = SealedBox(PublicKey(bytes(wave.public_key or b""))).encrypt(CANARY)
        return SealedBox(private_key).decrypt(box) == CANARY and bool(read_link_key(wave=wave))
    except (KeysMissingError, CryptoError, ValueError, TypeError):
        return False


def keys_exist(*, wave: Wave) -> bool:
    """Say whether any file with a key of the wave is left, in either folder."""
    return any(path.exists() for path in _paths(wave))


def destroy_keys(*, wave: Wave) -> None:
    """Delete every file with a key of the wave; nothing sealed for it can be opened again."""
    for path in _paths(wave):
        path.unlink(missing_ok=True)
    for folder in _folders():
        if folder.is_dir():
            _sync_folder(folder)


def _folders() -> list[Path]:
    copy = [Path(settings.KEYS_DIR_COPY)] if settings.KEYS_DIR_COPY else []
    return [Path(settings.KEYS_DIR), *copy]


def _paths(wave: Wave) -> list[Path]:
    return [folder / f"{wave.key}.{kind}" for folder in _folders() for kind in (LINK, BOX)]


def _read(wave: Wave, kind: str) -> bytes:
    for folder in _folders():
        path = folder / f"{wave.key}.{kind}"
        if path.is_file() and path.stat().st_size == KEY_BYTES:
            return path.read_bytes()
    raise KeysMissingError(f"The {kind} key of wave {wave.pk} is not in KEYS_DIR or its copy")


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

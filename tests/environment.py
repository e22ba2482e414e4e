"""The environment in which the suite's Django lives: nothing of the developer's own leaks in."""

import os
import re
from collections.abc import Mapping
from pathlib import Path

from tests.services import ROOT

READ_SETTING = re.compile(r'env\.\w+\(\s*"([A-Z_]+)"')
DATABASES_PER_WORKER = 8


def settings_read() -> frozenset[str]:
    """Return the names of all environment variables that config/settings.py reads."""
    return frozenset(READ_SETTING.findall((ROOT / "config" / "settings.py").read_text()))


def clean_environment() -> dict[str, str]:
    """Return this process's environment without any setting of the product."""
    names = settings_read()
    return {
        name: value
        for name, value in os.environ.items()
        if name not in names and name.removesuffix("_FILE") not in names
    }


def worker_number() -> int:
    """Return which of pytest-xdist's workers this is; 0 without workers."""
    return int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))


def redis_database(url: str, slot: int = 0) -> str:
    """Return the address of a Redis database that no other worker uses; slots 0 to 7."""
    if not url:
        return ""
    return f"{url.rstrip('/')}/{DATABASES_PER_WORKER * worker_number() + slot}"


def suite_environment(*, folder: Path, database_url: str, redis_url: str) -> Mapping[str, str]:
    """Return the settings of the suite: as in production, with its own servers and folders."""
    data = folder / f"data-{worker_number()}"
    return {
        "SECRET_KEY": "known to the suite only, and to nobody in production",
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_database(redis_url),
        "DATA_DIR": str(data),
        "KEYS_DIR": str(data / "keys"),
        "BASE_URL": "http://testserver",
        "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
        "STATIC_MANIFEST": "0",
    }

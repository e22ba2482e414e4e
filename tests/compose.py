"""Reading docker-compose.yml as docker would, as far as the tests need it."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from tests.services import ROOT

VARIABLE = re.compile(r"\$\{(?P<name>\w+):-(?P<default>[^}]*)\}")
Service = dict[str, Any]


def read_services(variables: Mapping[str, str] | None = None) -> dict[str, Service]:
    """Return every service as it stands with these variables in .env, or with none."""
    given = variables or {}
    text = (ROOT / "docker-compose.yml").read_text()
    plain = VARIABLE.sub(lambda match: given.get(match["name"], match["default"]), text)
    services: dict[str, Service] = yaml.safe_load(plain)["services"]
    return services


def read_example() -> dict[str, str]:
    """Return the variables of .env.example."""
    lines = (ROOT / ".env.example").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def read_file() -> dict[str, Any]:
    """Return the whole file, with its variables as they are written."""
    document: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return document


def command_of(service: Service) -> list[str]:
    """Return the command of a service as a list of words."""
    return [str(word).replace("$$", "$") for word in service["command"]]


def health_check_of(service: Service) -> list[str]:
    """Return what docker would run to see whether a service is well."""
    kind, *words = service["healthcheck"]["test"]
    plain = [str(word).replace("$$", "$") for word in words]
    return plain if kind == "CMD" else ["/bin/sh", "-c", *plain]


def environment_of(service: Service, *, folder: Path, secrets: dict[str, str]) -> dict[str, str]:
    """Return the service's environment with its secrets and volumes in a folder of the test's."""
    for name, value in secrets.items():
        (folder / name).write_text(value)
    places = {"/run/secrets": str(folder), "/var/lib/hearthline-keys": str(folder / "keys")}
    environment = {"DATA_DIR": str(folder / "data"), "STATIC_ROOT": str(folder / "static")}
    for name, value in service["environment"].items():
        for here, there in places.items():
            value = str(value).replace(here, there)
        environment[name] = value
    return environment

"""Serve chosen files that installed packages already carry: no copies in git, no CDN."""

from collections.abc import Iterable, Iterator
from importlib import resources
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage

ASSETS = {"vendor/plotly/plotly.min.js": ("plotly", "package_data/plotly.min.js")}


class PackageStorage(FileSystemStorage):
    """The folder of one packaged file, seen under our own prefix."""

    def __init__(self, address: str, file: Path) -> None:
        super().__init__(location=str(file.parent))
        self.prefix = str(Path(address).parent)


class PackageAssetFinder(BaseFinder):
    """Find the files of ASSETS in the packages that ship them."""

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """Return the packaged file for a static path, in a list if all are asked for."""
        found = [str(_packaged_file(path))] if path in ASSETS else []
        if find_all:
            return found
        return found[0] if found else None

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        """There is nothing to configure."""
        return []

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[Any]:
        """Yield every packaged file with its storage, for collectstatic."""
        for address in ASSETS:
            file = _packaged_file(address)
            yield file.name, PackageStorage(address, file)


def _packaged_file(address: str) -> Path:
    package, relative = ASSETS[address]
    return Path(str(resources.files(package))) / relative

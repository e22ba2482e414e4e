"""How long work reports that it moves; a tqdm bar fits as it is."""

from typing import Protocol


class Progress(Protocol):
    """Something that shows how far the work is."""

    def reset(self, total: float | None = None) -> object:
        """Start again, towards a total."""

    def set_description(self, desc: str | None = None, refresh: bool | None = True) -> object:
        """Say what is being done."""

    def update(self, n: float | None = 1) -> object:
        """Move on by n."""


class Silence:
    """Progress nobody looks at."""

    def reset(self, total: float | None = None) -> None:
        """Say nothing."""

    def set_description(self, desc: str | None = None, refresh: bool | None = True) -> None:
        """Say nothing."""

    def update(self, n: float | None = 1) -> None:
        """Say nothing."""

"""Files that came in, as a list shows them."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Arrival:
    """One file: where it is looked at, when and from whom it came, and how far it is."""

    name: str
    address: str
    came_at: datetime
    sent: str
    state: str
    chip: str

"""What importing a file says: what came of it, what was left out, and why a file is refused."""

from dataclasses import dataclass

from survey.questionnaires.checking import Fault
from survey.questionnaires.documents import Document
from survey.questionnaires.importers.telling import shorten


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One thing of the file that is not, or not just so, in the questionnaire."""

    where: str
    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class ImportedQuestionnaire:
    """A questionnaire read from a file.

    kind: limesurvey, xlsform, qualtrics or hearthline. mends: what keeps it from being published.
    """

    document: Document
    left_out: tuple[LeftOut, ...]
    kind: str
    mends: tuple[Fault, ...] = ()


class ImportRefusedError(Exception):
    """A file cannot be taken in at all; where and why say what to mend."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"{where}: {why}")
        self.where = where
        self.why = why


class Report:
    """Collects what is left out, each thing once, in the order it was met."""

    def __init__(self) -> None:
        self._lines: dict[LeftOut, None] = {}

    def add(self, where: str, what: str, reason: str) -> None:
        """Note one thing that is left out."""
        self._lines[LeftOut(shorten(where), shorten(what), shorten(reason))] = None

    @property
    def lines(self) -> tuple[LeftOut, ...]:
        """Return what was noted."""
        return tuple(self._lines)

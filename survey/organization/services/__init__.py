"""What changes the organisation."""

from survey.organization.services.importing import (
    TooManyLeaveError,
    find_problems,
    import_roster,
)

__all__ = ["TooManyLeaveError", "find_problems", "import_roster"]

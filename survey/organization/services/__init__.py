"""What changes the organisation."""

from survey.organization.services.arriving import (
    RosterKeyReusedError,
    RosterStateError,
    RosterTooLargeError,
    confirm_roster,
    discard_roster,
    put_aside_old_rosters,
    set_columns,
    take_roster,
)
from survey.organization.services.attributes import (
    AttributeInUseError,
    AttributeNameError,
    declare_attribute,
    drop_attribute,
)
from survey.organization.services.feeds import (
    WrongLocationError,
    check_location,
    pick_up_due_rosters,
    save_feed,
    switch_feed,
)
from survey.organization.services.filing import import_file
from survey.organization.services.importing import (
    TooManyLeaveError,
    find_problems,
    import_roster,
)
from survey.organization.services.serving import (
    SelfServiceError,
    ServiceDaysError,
    ServiceOverError,
    ServiceOverlapError,
    ServicesMovedOnError,
    ServiceTeamClosedError,
    add_service,
    change_chain,
    end_service,
    import_services,
)
from survey.organization.services.working import apply_confirmed_rosters, read_waiting_rosters

__all__ = [
    "AttributeInUseError",
    "AttributeNameError",
    "RosterKeyReusedError",
    "RosterStateError",
    "RosterTooLargeError",
    "SelfServiceError",
    "ServiceDaysError",
    "ServiceOverError",
    "ServiceOverlapError",
    "ServiceTeamClosedError",
    "ServicesMovedOnError",
    "TooManyLeaveError",
    "WrongLocationError",
    "add_service",
    "apply_confirmed_rosters",
    "change_chain",
    "check_location",
    "confirm_roster",
    "declare_attribute",
    "discard_roster",
    "drop_attribute",
    "end_service",
    "find_problems",
    "import_file",
    "import_roster",
    "import_services",
    "pick_up_due_rosters",
    "put_aside_old_rosters",
    "read_waiting_rosters",
    "save_feed",
    "set_columns",
    "switch_feed",
    "take_roster",
]

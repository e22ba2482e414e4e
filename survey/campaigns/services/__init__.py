"""What is done with campaigns and waves, one module per part of a wave's life."""

from survey.campaigns.contacts import CustomerData
from survey.campaigns.services.admission import admit_due_customers
from survey.campaigns.services.collectors import (
    BadPinError,
    NoOpenLinksError,
    PinLockedError,
    activate_collector,
    allow_sites,
    check_pin,
    deactivate_collector,
    open_collectors,
    set_pin,
)
from survey.campaigns.services.contact_files import work_on_files
from survey.campaigns.services.doors import close_door, forget_nonces
from survey.campaigns.services.drafts import (
    NotADraftError,
    PairingAudienceError,
    ThresholdTooLowError,
    WrongAudienceError,
    create_campaign,
    create_pairing,
    discard_draft,
    draft_wave,
    set_campaign_letter,
    set_colleagues,
)
from survey.campaigns.services.endings import destroy_due_keys, withdraw_wave
from survey.campaigns.services.interactions import (
    KeyReusedError,
    NoOpenWaveError,
    Receipt,
    RowError,
    UnknownTeamError,
    record_interaction,
)
from survey.campaigns.services.key_watch import watch_keys
from survey.campaigns.services.launching import (
    LaunchRefusedError,
    launch_requested_waves,
    launch_wave,
    request_launch,
)
from survey.campaigns.services.ledger import record_askings, snooze_address, snooze_letters
from survey.campaigns.services.letters import send_due_letters, send_due_texts, stop_letters
from survey.campaigns.services.participation import refresh_due_participation
from survey.campaigns.services.reminder_letters import send_due_reminders
from survey.campaigns.services.reminders import (
    RemindersRefusedError,
    copy_reminders,
    drop_reminders,
    set_reminders,
    stop_reminders,
)
from survey.campaigns.services.scheduling import (
    ScheduleError,
    plan_due_rounds,
    set_schedule,
    stop_schedule,
)
from survey.campaigns.services.testing import NoLetterYetError, send_test_letter
from survey.campaigns.services.undoing import NotCancellableError, cancel_launch
from survey.campaigns.services.unsampled import forget_counted_keys
from survey.campaigns.services.windows import (
    NotExtendableError,
    close_due_waves,
    close_wave,
    extend_wave,
    open_due_waves,
)

__all__ = [
    "BadPinError",
    "CustomerData",
    "KeyReusedError",
    "LaunchRefusedError",
    "NoLetterYetError",
    "NoOpenLinksError",
    "NoOpenWaveError",
    "NotADraftError",
    "NotCancellableError",
    "NotExtendableError",
    "PairingAudienceError",
    "PinLockedError",
    "Receipt",
    "RemindersRefusedError",
    "RowError",
    "ScheduleError",
    "ThresholdTooLowError",
    "UnknownTeamError",
    "WrongAudienceError",
    "activate_collector",
    "admit_due_customers",
    "allow_sites",
    "cancel_launch",
    "check_pin",
    "close_door",
    "close_due_waves",
    "close_wave",
    "copy_reminders",
    "create_campaign",
    "create_pairing",
    "deactivate_collector",
    "destroy_due_keys",
    "discard_draft",
    "draft_wave",
    "drop_reminders",
    "extend_wave",
    "forget_counted_keys",
    "forget_nonces",
    "launch_requested_waves",
    "launch_wave",
    "open_collectors",
    "open_due_waves",
    "plan_due_rounds",
    "record_askings",
    "record_interaction",
    "refresh_due_participation",
    "request_launch",
    "send_due_letters",
    "send_due_reminders",
    "send_due_texts",
    "send_test_letter",
    "set_campaign_letter",
    "set_colleagues",
    "set_pin",
    "set_reminders",
    "set_schedule",
    "snooze_address",
    "snooze_letters",
    "stop_letters",
    "stop_reminders",
    "stop_schedule",
    "watch_keys",
    "withdraw_wave",
    "work_on_files",
]

"""Who is asked, when, and in whose name."""

from survey.campaigns.models.campaign import Campaign, CustomerRules, Fact, Pairing
from survey.campaigns.models.collector import Collector, CollectorKind, Door, UsedNonce
from survey.campaigns.models.contacts import (
    ContactFile,
    ContactFileState,
    ContactSource,
    CountedKey,
    UnsampledContacts,
)
from survey.campaigns.models.group import Group, GroupArrow, GroupKind, GroupTeam
from survey.campaigns.models.invitation import CodeSheet, Credential, Interaction, Invitation
from survey.campaigns.models.ledger import Asking, FatigueRule, Snooze
from survey.campaigns.models.reminder import Reminder, ReminderRow
from survey.campaigns.models.schedule import Rhythm, Schedule
from survey.campaigns.models.trial import TrialLetter
from survey.campaigns.models.wave import Channel, Wave

__all__ = [
    "Asking",
    "Campaign",
    "Channel",
    "CodeSheet",
    "Collector",
    "CollectorKind",
    "ContactFile",
    "ContactFileState",
    "ContactSource",
    "CountedKey",
    "Credential",
    "CustomerRules",
    "Door",
    "Fact",
    "FatigueRule",
    "Group",
    "GroupArrow",
    "GroupKind",
    "GroupTeam",
    "Interaction",
    "Invitation",
    "Pairing",
    "Reminder",
    "ReminderRow",
    "Rhythm",
    "Schedule",
    "Snooze",
    "TrialLetter",
    "UnsampledContacts",
    "UsedNonce",
    "Wave",
]

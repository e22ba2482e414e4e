"""Who is asked, when, and in whose name."""

from survey.campaigns.models.campaign import Campaign, Pairing
from survey.campaigns.models.group import Group, GroupKind, GroupTeam
from survey.campaigns.models.invitation import Credential, Interaction, Invitation
from survey.campaigns.models.wave import Channel, Wave

__all__ = [
    "Campaign",
    "Channel",
    "Credential",
    "Group",
    "GroupKind",
    "GroupTeam",
    "Interaction",
    "Invitation",
    "Pairing",
    "Wave",
]

"""What closes the loop: callbacks, conversations, commitments, stories, playback, their letters."""

from survey.followup.models.callback import (
    OPEN_STATES,
    Callback,
    CallbackEvent,
    CallbackEventKind,
    CallbackRule,
    CallbackState,
    CallbackWay,
    Duty,
)
from survey.followup.models.commitment import Commitment, CommitmentChange, CommitmentState
from survey.followup.models.conversation import (
    Acknowledgement,
    Conversation,
    HiddenComment,
    Message,
)
from survey.followup.models.notice import DigestChoice, Notice, NoticeKind
from survey.followup.models.playback import (
    Playback,
    PlaybackPart,
    PlaybackState,
    PlaybackTranslation,
)
from survey.followup.models.story import Story
from survey.followup.models.tick import Tick

__all__ = [
    "OPEN_STATES",
    "Acknowledgement",
    "Callback",
    "CallbackEvent",
    "CallbackEventKind",
    "CallbackRule",
    "CallbackState",
    "CallbackWay",
    "Commitment",
    "CommitmentChange",
    "CommitmentState",
    "Conversation",
    "DigestChoice",
    "Duty",
    "HiddenComment",
    "Message",
    "Notice",
    "NoticeKind",
    "Playback",
    "PlaybackPart",
    "PlaybackState",
    "PlaybackTranslation",
    "Story",
    "Tick",
]

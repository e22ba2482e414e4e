"""Things that wait for somebody: calls, promises, playbacks and writers' answers, on any day."""

from datetime import date, datetime, timedelta
from uuid import uuid4

from survey.accounts.models import User
from survey.aggregation.models import Release
from survey.followup.models import (
    Callback,
    CallbackState,
    Commitment,
    CommitmentState,
    Conversation,
    Message,
    Playback,
)
from survey.organization.models import Team
from survey.questionnaires.models import Audience
from survey.responses.models import Comment


def make_call(owner: User, due_at: datetime, team: Team | None = None, **more: object) -> Callback:
    """Let somebody wait for a call until a moment."""
    fields: dict[str, object] = {
        "form_key": uuid4(),
        "audience": Audience.CUSTOMER,
        "name": "Nia Brandt",
        "phone": "+49 30 1234",
        "asked_at": due_at - timedelta(hours=24),
        "due_at": due_at,
        "state": CallbackState.ACCEPTED,
    }
    return Callback.objects.create(**fields | more, owner=owner, team=team)


def make_promise(who: User | None, due_date: date, **more: object) -> Commitment:
    """Let somebody have promised something until a day."""
    fields: dict[str, object] = {
        "audience": Audience.EMPLOYEE,
        "what": "Say how shifts are swapped",
        "who_name": who.name if who else "Jo",
        "made_date": due_date - timedelta(days=30),
        "state": CommitmentState.PROMISED,
    }
    return Commitment.objects.create(**fields | more, who=who, due_date=due_date)


def make_playback(release: Release, owner: User | None, due_date: date) -> Playback:
    """Let a draft wait for its owner until a day."""
    return Playback.objects.create(
        release=release,
        audience=release.wave.campaign.audience,
        code=f"draft-{release.pk}",
        owner=owner,
        drafted_at=release.made_at,
        due_date=due_date,
    )


def make_answer(comment: Comment, shown_date: date) -> Message:
    """Let the writer of a comment answer, to be read from a day on."""
    talk = Conversation.objects.create(comment=comment)
    return Message.objects.create(
        conversation=talk,
        number=1,
        by_writer=True,
        text="It still squeaks.",
        said_date=shown_date - timedelta(days=1),
        shown_date=shown_date,
    )

"""Talk about released comments: what named readers say to somebody who stays unnamed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from survey.accounts.models import Grant, Role, User
from survey.accounts.selectors import scope_of_grant
from survey.aggregation.models import ReleasedComment
from survey.campaigns.models import GroupKind, GroupTeam
from survey.followup.hiding import hidden_ids
from survey.followup.models import Acknowledgement, Conversation, Message
from survey.organization.models import Team
from survey.questionnaires.models import Audience
from survey.responses.models import Comment

MOST_MESSAGES = 20  # of each side
LONGEST_MESSAGE = 1500
LONGEST_SIGNATURE = 300
ONE_DAY = timedelta(days=1)
SIGNED_FIRST = (Role.TEAM_LEAD, Role.LEADER, Role.HR, Role.CX_MANAGER, Role.ANALYST)


class NotShownError(Exception):
    """The comment is not released, or it is hidden: nobody talks about it."""


class NoWordsError(Exception):
    """Nothing was said."""


class TooLongError(Exception):
    """More was said than a message holds."""


class TooManyMessagesError(Exception):
    """One side has said as much as a conversation holds."""


class ConversationClosedError(Exception):
    """The writer has ended the conversation."""


@dataclass(frozen=True, slots=True)
class Said:
    """One thing said, as a page shows it: who says it (empty: the writer), what, on which day."""

    signed: str
    text: str
    day: date

    @property
    def by_writer(self) -> bool:
        """Say whether whoever wrote the comment says it."""
        return not self.signed


@dataclass(frozen=True, slots=True)
class Talk:
    """What readers may see of a conversation on a day; of the writer only what is shown by then."""

    said: tuple[Said, ...] = ()
    revealed_name: str = ""
    is_closed: bool = False


def released_comments() -> QuerySet[ReleasedComment]:
    """Return the comments that were released, hidden ones among them."""
    released = ReleasedComment.objects.filter(release__wave__withdrawn_at=None)
    released = released.exclude(release__wave__campaign__audience=Audience.COLLEAGUE)
    return released.order_by("pk")


def shown_comments() -> QuerySet[ReleasedComment]:
    """Return the comments that somebody may read: released, and not hidden."""
    return released_comments().exclude(comment__in=hidden_ids())


def is_within(team_ids: Collection[int], group: str = "group") -> Q:
    """Return the condition under which a row's group lies within some teams.

    All teams of the group are among them. What people wrote in a whole part is read by whoever
    leads all that is below it, and by nobody who has its top alone.
    """
    teams = GroupTeam.objects.filter(group=OuterRef(group))
    outside = teams.exclude(team__in=team_ids)
    below = Team.objects.exclude(pk__in=team_ids).filter(parent=OuterRef("team"))
    parts = teams.filter(group__kind=GroupKind.NODE).filter(Exists(below))
    return Q(Exists(teams)) & ~Q(Exists(outside)) & ~Q(Exists(parts))


def read_talk(*, comment: Comment, today: date) -> Talk:
    """Return what readers of a comment may see of the talk about it.

    The writer's words stand after everything said on the day they were written on, so that no
    order tells the hour.
    """
    held = Conversation.objects.filter(comment=comment).first()
    if held is None:
        return Talk()
    shown = held.messages.filter(shown_date__lte=today).order_by("shown_date", "number")
    is_closed = held.closed_date is not None and held.closed_date < today
    return Talk(tuple(map(say_message, shown)), held.revealed_name, is_closed)


def say_message(message: Message) -> Said:
    """Return one message as pages show it; an acknowledgement in the reader's language."""
    is_short = bool(message.acknowledgement)
    text = str(Acknowledgement(message.acknowledgement).label) if is_short else message.text
    return Said(message.signed, text, message.shown_date)


@transaction.atomic
def acknowledge(*, comment: Comment, user: User, kind: Acknowledgement, today: date) -> Message:
    """Say one of the short sentences, in one's own name; each once, however often it is pressed."""
    conversation = _open_for_reader(comment, today)
    said = conversation.messages.filter(user=user, acknowledgement=kind).first()
    if said is not None:
        return said
    signed = sign_as(user=user, comment=comment)
    return _say(conversation, today, user=user, signed=signed, acknowledgement=kind)


@transaction.atomic
def reply(
    *, comment: Comment, user: User, text: str, today: date, form_key: UUID | None = None
) -> Message:
    """Answer whoever wrote a comment, in one's own name and role.

    The same words from one form, known by its form_key, are taken once, whenever they come again.
    """
    words = check_words(text)
    conversation = _open_for_reader(comment, today)
    sent = None if form_key is None else uuid5(form_key, words)
    said = None if sent is None else conversation.messages.filter(form_key=sent).first()
    if said is not None:
        return said
    signed = sign_as(user=user, comment=comment)
    return _say(conversation, today, user=user, signed=signed, text=words, form_key=sent)


def sign_as(*, user: User, comment: Comment) -> str:
    """Return the name that somebody answers with, and what they are to the comment's team."""
    teams = GroupTeam.objects.filter(group__released_comments__comment=comment)
    team_ids = list(teams.values_list("team_id", flat=True))
    grants = Grant.objects.filter(user=user, role__in=SIGNED_FIRST).select_related("team")
    for grant in sorted(grants, key=lambda one: SIGNED_FIRST.index(Role(one.role))):
        if scope_of_grant(grant=grant).opens(team_ids):
            return f"{user.name}, {_say_role(grant)}"[:LONGEST_SIGNATURE]
    return user.name


def waiting_answers(*, team_ids: Collection[int] | None, today: date) -> int:
    """Return how many comments whose home lies within some teams (None: all) wait for a reply."""
    homes = shown_comments()
    if team_ids is not None:
        homes = homes.filter(is_within(team_ids))
    return homes.order_by().filter(comment__in=waiting_comments(today=today)).count()


def waiting_comments(*, today: date) -> QuerySet[Message, UUID]:
    """Return the ids of comments whose writer's last words are shown and not answered yet."""
    answered = Message.objects.filter(
        conversation=OuterRef("conversation"),
        by_writer=False,
        said_date__gte=OuterRef("shown_date"),
    )
    is_closed = Q(conversation__closed_date__lt=today)
    waiting = Message.objects.filter(by_writer=True, shown_date__lte=today).exclude(is_closed)
    return waiting.filter(~Exists(answered)).values_list("conversation__comment", flat=True)


def check_words(text: str) -> str:
    """Return what somebody says as it is kept, or raise why it cannot be."""
    words = text.replace("\r\n", "\n").replace("\0", "").strip()
    if not words:
        raise NoWordsError
    if len(words) > LONGEST_MESSAGE:
        raise TooLongError
    return words


def open_conversation(*, comment: Comment) -> Conversation:
    """Return the conversation about a shown comment, for one who speaks at a time."""
    if not shown_comments().filter(comment=comment).exists():
        raise NotShownError
    made, _is_new = Conversation.objects.get_or_create(comment=comment)
    return Conversation.objects.select_for_update().get(pk=made.pk)


def say_as_writer(*, conversation: Conversation, text: str, today: date) -> Message:
    """Put the writer's words into a conversation; readers see them from the next day on."""
    return _say(conversation, today, by_writer=True, text=text, shown_date=today + ONE_DAY)


def _open_for_reader(comment: Comment, today: date) -> Conversation:
    """Return the conversation, unless readers see by now that it has ended."""
    conversation = open_conversation(comment=comment)
    if conversation.closed_date is not None and conversation.closed_date < today:
        raise ConversationClosedError
    return conversation


def _say(conversation: Conversation, today: date, **fields: object) -> Message:
    """Add to what one side has said; what it said last is not said twice on one day."""
    said = list(conversation.messages.order_by("number"))
    own = [one for one in said if one.by_writer == bool(fields.get("by_writer"))]
    new = Message(
        **{"conversation": conversation, "number": said[-1].number + 1 if said else 1}
        | {"said_date": today, "shown_date": today}
        | fields
    )
    if own and _tell_apart(own[-1]) == _tell_apart(new):
        return own[-1]
    if len(own) >= MOST_MESSAGES:
        raise TooManyMessagesError
    new.save(force_insert=True)
    return new


def _tell_apart(message: Message) -> tuple[object, ...]:
    return message.user_id, message.text, message.acknowledgement, message.said_date


def _say_role(grant: Grant) -> str:
    if grant.team is not None:
        return _("leads %(team)s") % {"team": grant.team.name}
    return str(Role(grant.role).label)

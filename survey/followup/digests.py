"""The month on one page: queued once a month for everybody who leads a part or a team.

It goes in the first days of a month to those for whom something was released since the last one,
or whom something waits for. Marking the month and queueing the letter is one transaction, so that
nobody gets it twice, whoever dies between.
"""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from survey.accounts.models import TEAM_ROLES, User
from survey.accounts.selectors import get_scope
from survey.core.local_time import local_moment
from survey.core.periods import Period, period_before, period_name, period_start
from survey.core.stages import run_each
from survey.core.timestamps import local_date
from survey.followup.briefing import Brief, brief, list_parts
from survey.followup.models import DigestChoice, NoticeKind
from survey.followup.needs import list_needs
from survey.followup.noting import queue_notices
from survey.followup.owner_languages import language_of
from survey.followup.signers import find_owner, sign_name
from survey.letters.models import Letter
from survey.letters.services import create_letter
from survey.letters.services.queueing import Recipient
from survey.questionnaires.languages import speak
from survey.questionnaires.models import Audience

FIRST_DAY, LAST_DAY = 3, 10  # of a month: by the third its last month's figures are made
MORNING = time(8)


class UnknownStopError(Exception):
    """The link to stop the monthly page is not one of ours, or its account is gone."""


def send_digests(*, now: datetime) -> int:
    """Queue the monthly page for all who are due; return how many letters that were."""
    today = local_date(now)
    if not FIRST_DAY <= today.day <= LAST_DAY:
        return 0
    month = told_month(today)
    users = list(due_readers(month=month))
    return run_each(
        users, lambda user: send_digest(user=user, month=month, now=now), name="Monthly page of"
    )


@transaction.atomic
def send_digest(*, user: User, month: date, now: datetime) -> int:
    """Queue one account's page of a month; 0 where it has it, wants none or nothing is new."""
    DigestChoice.objects.get_or_create(user=user)
    choice = DigestChoice.objects.select_for_update().get(user=user)
    is_told = choice.last_month is not None and choice.last_month >= month
    if is_told or choice.is_stopped or not _has_anything(user, now):
        return 0
    choice.last_month = month
    choice.save(update_fields=["last_month"])
    return queue_notices(
        letter=_write_letter(month, language_of(user=user)),
        kind=NoticeKind.DIGEST,
        recipients=[Recipient(user.name, user.email)],
        users=[user],
        due_at=max(now, local_moment(day=local_date(now), at=MORNING, zone=settings.TIME_ZONE)),
    )


def told_month(today: date) -> date:
    """Return the first day of the month that is told on a day: the one before."""
    return period_before(period_start(today, Period.MONTH), Period.MONTH)


def due_readers(*, month: date) -> QuerySet[User]:
    """Return who leads something, can be written to, and was not told of a month yet."""
    told = Q(digest_choice__last_month__gte=month) | Q(digest_choice__is_stopped=True)
    leads = User.objects.filter(is_active=True, grants__role__in=TEAM_ROLES).exclude(email="")
    return leads.exclude(told).distinct().order_by("pk")


def read_news(*, user: User, now: datetime) -> tuple[Brief, ...]:
    """Return the figures of somebody's parts that came since the page of the month before."""
    since = told_month(local_date(now)) + timedelta(days=FIRST_DAY - 1)
    found = brief(parts=list_parts(user=user), now=now)
    return tuple(one for one in found if one.made_date >= since)


def stop_token(*, user: User) -> str:
    """Return what stands in a letter to stop the next ones: signed, so that nobody makes one up."""
    return _signer().sign(str(user.pk))


def find_stopper(*, token: str) -> User:
    """Return whose letters a link stops; raise UnknownStopError where it is not one of ours."""
    try:
        found = User.objects.filter(pk=int(_signer().unsign(token)), is_active=True).first()
    except BadSignature as error:
        raise UnknownStopError from error
    if found is None:
        raise UnknownStopError
    return found


@transaction.atomic
def stop_digests(*, user: User, is_stopped: bool = True) -> None:
    """Send somebody no monthly page any more, or send it again."""
    DigestChoice.objects.update_or_create(user=user, defaults={"is_stopped": is_stopped})


def wants_digests(*, user: User) -> bool:
    """Say whether somebody gets the monthly page."""
    return not DigestChoice.objects.filter(user=user, is_stopped=True).exists()


def _has_anything(user: User, now: datetime) -> bool:
    return bool(
        read_news(user=user, now=now) or list_needs(user=user, team_ids=_teams(user), now=now)
    )


def _teams(user: User) -> Collection[int]:
    return get_scope(user=user).past_team_ids


def _write_letter(month: date, language: str) -> Letter:
    """Return what all letters of a month share in a language: no figure, nothing of anybody."""
    signer = find_owner(audience=Audience.EMPLOYEE)
    name = signer.name if signer else settings.ORGANISATION_NAME
    with speak(language):
        subject = gettext("%(month)s on one page") % {"month": period_name(month, Period.MONTH)}
        of_month = Letter.objects.filter(deliveries__notice__kind=NoticeKind.DIGEST)
        return of_month.filter(subject=subject, language=language).first() or create_letter(
            subject=subject,
            body=gettext(
                "Once a month I send you what is new in the part you lead, and what waits for you. "
                "It holds only figures that are out already."
            ),
            signer_name=sign_name(name),
            reply_to=signer.email if signer else settings.CONTACT_EMAIL,
            language=language,
            has_first_item=False,
        )


def _signer() -> Signer:
    return Signer(salt="followup.digest", sep=".")

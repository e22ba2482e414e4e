"""Draft a playback for every release, so that somebody writes back: owner, last day, facts.

A release that stands in the place of another takes its playback over, with its own figures.
"""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from survey.aggregation.models import Release
from survey.aggregation.selectors import current_releases
from survey.core.stages import run_each
from survey.core.timestamps import local_date
from survey.followup.models import (
    Commitment,
    CommitmentState,
    Playback,
    PlaybackPart,
    PlaybackState,
)
from survey.followup.moves import read_facts
from survey.followup.signers import OWNERS, find_owner, sign_name, sign_with
from survey.questionnaires.models import Audience

DUE_AFTER = timedelta(days=14)
CODE_BYTES = 18  # random: nobody guesses the page that stands in a letter
MOST_PARTS = 12


def draft_due_playbacks(*, now: datetime) -> int:
    """Draft what is due, and hand playbacks on to new releases and owners; return how many."""
    moved = run_each(outdated_playbacks().values_list("pk", flat=True), _hand_on, name="Playback")
    orphans = list(orphaned_drafts().values_list("pk", flat=True))
    moved += run_each(orphans, _own_anew, name="Owner of playback")
    due = undrafted_releases(now).values_list("pk", flat=True)
    return moved + run_each(due, lambda pk: _draft(pk, now), name="Drafting what came of release")


def undrafted_releases(now: datetime) -> QuerySet[Release]:
    """Return the current releases of the last two weeks that nobody was told of yet.

    Older ones are the past of whoever begins with the product now. Counts that others published
    tell of people whom nobody asked here.
    """
    releases = current_releases().filter(
        made_at__gt=now - DUE_AFTER,
        wave__campaign__audience__in=OWNERS,
        wave__counts_digest="",
        playback=None,
    )
    replaced = Playback.objects.filter(release=OuterRef("supersedes"))
    return releases.filter(~Exists(replaced))


def outdated_playbacks() -> QuerySet[Playback]:
    """Return the playbacks of releases that another has taken the place of."""
    return Playback.objects.filter(release__superseded_by__isnull=False).order_by("pk")


def orphaned_drafts() -> QuerySet[Playback]:
    """Return the drafts whose owner's account is closed or gone."""
    ownerless = Q(owner=None) | Q(owner__is_active=False)
    return Playback.objects.filter(ownerless, state=PlaybackState.DRAFT).order_by("pk")


@transaction.atomic
def draft_playback(*, release: Release, now: datetime) -> Playback:
    """Draft what is told of a release: its facts, and the promises that somebody may ask about."""
    audience = release.wave.campaign.audience
    owner = find_owner(audience=audience)
    letter = release.wave.letter or release.wave.campaign.letter
    playback = Playback.objects.create(
        release=release,
        audience=audience,
        code=secrets.token_urlsafe(CODE_BYTES),
        language=letter.language if letter else "en",
        owner=owner,
        signer_name=sign_name(owner.name) if owner else "",
        reply_to=owner.email if owner else "",
        facts=read_facts(release),
        drafted_at=now,
        due_date=local_date(release.made_at) + DUE_AFTER,
    )
    parts = _list_promises(playback)
    PlaybackPart.objects.bulk_create(
        PlaybackPart(playback=playback, place=place, commitment=one)
        for place, one in enumerate(parts, start=1)
    )
    return playback


def _draft(release_id: int, now: datetime) -> bool:
    release = Release.objects.select_related("wave__campaign__letter", "wave__letter").get(
        pk=release_id
    )
    draft_playback(release=release, now=now)
    return True


@transaction.atomic
def _hand_on(playback_id: int) -> bool:
    playback = Playback.objects.select_for_update().get(pk=playback_id)
    newest = playback.release
    while (newer := Release.objects.filter(supersedes=newest).first()) is not None:
        newest = newer
    playback.release = newest
    playback.facts = read_facts(newest)
    playback.save(update_fields=["release", "facts"])
    return True


@transaction.atomic
def _own_anew(playback_id: int) -> bool:
    """Give a draft to the office; what is signed stays, unless it is the old owner's name."""
    held = orphaned_drafts().select_for_update(of=("self",)).select_related("owner")
    playback = held.filter(pk=playback_id).first()
    owner = find_owner(audience=playback.audience) if playback else None
    if playback is None or owner is None:
        return False
    old = playback.owner
    if playback.signer_name == (sign_name(old.name) if old else ""):
        sign_with(playback=playback, name=sign_name(owner.name))
    if playback.reply_to == (old.email if old else ""):
        playback.reply_to = owner.email
    playback.owner = owner
    playback.save(update_fields=["owner", "reply_to"])
    return True


def _list_promises(playback: Playback) -> QuerySet[Commitment]:
    """Return what is open, and what was kept or refused since people were told last."""
    last = Playback.objects.filter(state=PlaybackState.PUBLISHED, audience=playback.audience)
    told_at = last.order_by("-published_at").values_list("published_at", flat=True).first()
    news = Q(state=CommitmentState.PROMISED)
    ended = ~Q(state=CommitmentState.PROMISED)
    news |= ended if told_at is None else ended & Q(settled_date__gte=local_date(told_at))
    rows = Commitment.objects.made().filter(news, audience=playback.audience, is_shown_outside=True)
    if playback.audience != Audience.CUSTOMER:
        rows = rows.filter(team=None)  # what one team was promised is not told to all others
    return rows.order_by(F("due_date").asc(nulls_last=True), "pk")[:MOST_PARTS]

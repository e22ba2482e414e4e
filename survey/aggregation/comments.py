"""Which comments may be read, and at which group: with enough others around them, or not at all."""

import random
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping

from django.db.models import QuerySet

from survey.aggregation.composing import FamilyMaterial, Tree
from survey.aggregation.models import Release, ReleasedComment
from survey.campaigns.models import Wave
from survey.campaigns.selectors import content_of
from survey.questionnaires.models import PlaybackLeave
from survey.responses.models import Comment

FEWEST_RESPONDENTS = 10
FEWEST_COMMENTS = 5
system_random = random.SystemRandom()


def release_comments(
    *,
    release: Release,
    tree: Tree,
    ids: Mapping[str, int],
    families: Iterable[FamilyMaterial],
    shown: Collection[str],
) -> int:
    """Release the comments that nobody can read yet and may; return how many.

    The wave's remaining comments wait for a later release. Their order says nothing.
    """
    waiting = list(_readable(release.wave).values_list("pk", "group__code"))
    written = Counter(code for _, code in waiting)
    homes = find_homes(tree, respondents=count_respondents(families), comments=written, shown=shown)
    rows = [
        ReleasedComment(release=release, group_id=ids[homes[code]], comment_id=pk)
        for pk, code in waiting
        if code in homes
    ]
    system_random.shuffle(rows)
    ReleasedComment.objects.bulk_create(rows)
    return len(rows)


def find_homes(
    tree: Tree,
    *,
    respondents: Mapping[str, int],
    comments: Mapping[str, int],
    shown: Collection[str],
) -> dict[str, str]:
    """Return where the comments of each group may be read: the nearest group, from itself upwards.

    It shows figures and, without those read further down, at least ten people answered and five
    wrote. Comments for which there is no such group have no home.
    """
    left: dict[str, list[str]] = defaultdict(list)
    for code in tree.parents:
        left[code].append(code)
    homes: dict[str, str] = {}
    for code in sorted(tree.parents, key=lambda one: sum(1 for _ in tree.path(one)), reverse=True):
        members = left[code]
        people = sum(respondents.get(one, 0) for one in members)
        words = sum(comments.get(one, 0) for one in members)
        is_enough = people >= FEWEST_RESPONDENTS and words >= FEWEST_COMMENTS
        if code in shown and is_enough:
            homes |= {one: code for one in members if comments.get(one)}
            continue
        above = tree.parents[code]
        if above is not None:
            left[above] += members
    return homes


def count_respondents(families: Iterable[FamilyMaterial]) -> dict[str, int]:
    """Return how many people at least answered directly at each group."""
    found: dict[str, int] = defaultdict(int)
    for material in families:
        first = material.metrics[0].code
        for code, summaries in material.stored.items():
            found[code] = max(found[code], summaries[first].n)
    return found


def _readable(wave: Wave) -> QuerySet[Comment]:
    """Return the comments that are in no release and that their writers let others read.

    A question that asks for leave means it; one that does not says that people here read it.
    """
    content = content_of(wave=wave)
    asking = [item.code for item in content.items if item.asks_for_playback]
    refused = Comment.objects.filter(item_code__in=asking, leave=PlaybackLeave.NONE)
    waiting = Comment.objects.filter(group__wave=wave, released=None)
    return waiting.exclude(pk__in=refused.filter(group__wave=wave).values("pk"))

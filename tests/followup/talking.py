"""Words whose writers kept the link back to them."""

from dataclasses import dataclass
from datetime import timedelta

from survey.aggregation.models import Release, ReleasedComment
from survey.campaigns.models import Group
from survey.core.timestamps import local_date
from survey.responses.models import Comment
from survey.responses.return_keys import box_digest, comment_digest, make_return_key
from tests.factories.aggregation import CLOSED

TODAY = local_date(CLOSED)
TOMORROW = TODAY + timedelta(days=1)
WORDS = "staff_words"  # the question that tests.dashboards.team.staging asks staff


@dataclass(frozen=True)
class Kept:
    """A comment, and the key that its writer holds."""

    comment: Comment
    key: str


def keep(
    group: Group, text: str = "Nobody listens.", *, leave: str = "AS_TOLD", is_released: bool = True
) -> Kept:
    """Let somebody's words be stored at a group, and released unless said otherwise."""
    key = make_return_key(wave_id=group.wave_id)
    digest = comment_digest(digest=box_digest(key=key), item_code=WORDS)
    comment = Comment.objects.create(
        group=group, item_code=WORDS, text=text, leave=leave, return_digest=digest
    )
    if is_released:
        made = Release.objects.filter(wave=group.wave).latest("pk")
        ReleasedComment.objects.create(release=made, group=group, comment=comment)
    return Kept(comment, key)

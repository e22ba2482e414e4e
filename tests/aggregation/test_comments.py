"""Which comments may be read, and where."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.aggregation.comments import FEWEST_COMMENTS, FEWEST_RESPONDENTS, find_homes
from survey.aggregation.composing import Tree
from survey.aggregation.models import ReleasedComment
from survey.aggregation.selectors import released_comments
from survey.aggregation.services import make_due_releases, refresh_due_rollups, supersede_release
from survey.campaigns.models import Group, Wave
from survey.questionnaires.models import Item, ItemKind, PlaybackLeave
from survey.responses.models import Comment
from tests.cast import Organisation
from tests.factories.aggregation import (
    answer,
    make_campaign,
    make_five,
    make_items,
    make_wave,
    plant,
)
from tests.factories.questionnaires import ItemFactory, publish

TREE = Tree(
    {"root": None, "a": "root", "b": "root", "c": "root"}, leaves=frozenset({"a", "b", "c"})
)
PARENTS = {"company": None, "bakery": "company", "kitchen": "company"}


ALL = frozenset(TREE.parents)


class TestFindHomes:
    def test_are_the_groups_themselves_where_enough_answered_and_wrote(self) -> None:
        homes = find_homes(
            TREE, respondents={"a": 10, "b": 10}, comments={"a": 5, "b": 4}, shown=ALL
        )

        assert homes == {"a": "a"}

    def test_are_higher_up_for_what_is_left_of_several_groups(self) -> None:
        homes = find_homes(
            TREE, respondents={"a": 9, "b": 30}, comments={"a": 5, "b": 4}, shown=ALL
        )

        assert homes == {"a": "root", "b": "root"}

    def test_are_nowhere_where_what_is_left_would_stand_alone(self) -> None:
        homes = find_homes(
            TREE, respondents={"a": 30, "b": 9}, comments={"a": 9, "b": 5}, shown=ALL
        )

        assert homes == {"a": "a"}

    def test_are_never_groups_that_show_no_figures(self) -> None:
        homes = find_homes(
            TREE, respondents={"a": 30}, comments={"a": 9}, shown=frozenset({"root"})
        )

        assert homes == {"a": "root"}

    @given(
        st.dictionaries(st.sampled_from(["root", "a", "b", "c"]), st.integers(0, 20)),
        st.dictionaries(st.sampled_from(["root", "a", "b", "c"]), st.integers(0, 9)),
    )
    def test_hold_enough_people_and_words_of_their_own(
        self, respondents: dict[str, int], comments: dict[str, int]
    ) -> None:
        homes = find_homes(TREE, respondents=respondents, comments=comments, shown=ALL)

        for home in set(homes.values()):
            others = {
                one
                for one in TREE.parents
                if home in TREE.path(one)
                and not any(above in set(homes.values()) - {home} for above in TREE.path(one))
            }
            if home != "root":
                others = {home}
            assert sum(comments.get(one, 0) for one in others) >= FEWEST_COMMENTS
            assert sum(respondents.get(one, 0) for one in others) >= FEWEST_RESPONDENTS


@pytest.fixture
def story() -> Item:
    return ItemFactory(code="story", kind=ItemKind.TEXT, options=[], asks_for_playback=True)


@pytest.fixture
def groups(organisation: Organisation, story: Item) -> dict[str, Group]:
    """A sealed wave whose questionnaire ends with a story and a plain question for words."""
    items = make_items("fair_1", "fair_2")
    make_five("fair", items)
    why = ItemFactory(code="why", kind=ItemKind.TEXT, options=[])
    wave: Wave = make_wave(make_campaign(publish([*items, story, why]), organisation.company))
    return plant(wave, PARENTS)


def write(group: Group, n: int, *, item: str = "story", leave: str = PlaybackLeave.AS_TOLD) -> None:
    Comment.objects.bulk_create(
        Comment(group=group, item_code=item, text=f"{group.code} {item} {leave} {at}", leave=leave)
        for at in range(n)
    )


def run(groups: dict[str, Group], now: datetime) -> list[str]:
    for group in groups.values():
        if group.children.exists():
            continue
        answer(group, [{"fair_1": 3, "fair_2": 4}] * 6 + [{"fair_1": 2, "fair_2": 4}] * 6)
    refresh_due_rollups(now=now)
    make_due_releases(now=now)
    wave_id = groups["company"].wave_id
    return [one.comment.text for one in released_comments(wave_ids=[wave_id])]


class TestReleaseComments:
    def test_releases_words_where_enough_wrote(
        self, groups: dict[str, Group], now: datetime
    ) -> None:
        write(groups["bakery"], 5)
        write(groups["kitchen"], 4)

        assert len(run(groups, now)) == 5
        assert {one.group.code for one in ReleasedComment.objects.all()} == {"bakery"}

    def test_keeps_a_story_to_itself_that_its_writer_does_not_want_told(
        self, groups: dict[str, Group], now: datetime
    ) -> None:
        write(groups["bakery"], 5)
        write(groups["bakery"], 7, leave=PlaybackLeave.NONE)

        assert all("AS_TOLD" in text for text in run(groups, now))

    def test_reads_answers_to_questions_that_ask_for_no_leave(
        self, groups: dict[str, Group], now: datetime
    ) -> None:
        write(groups["bakery"], 5, item="why", leave=PlaybackLeave.NONE)

        assert len(run(groups, now)) == 5

    def test_releases_each_comment_once_and_keeps_it_when_figures_are_superseded(
        self, groups: dict[str, Group], now: datetime
    ) -> None:
        write(groups["bakery"], 5)
        run(groups, now)
        release = ReleasedComment.objects.all()[0].release

        supersede_release(release_id=release.pk, reason="a slip", now=now)

        assert released_comments(wave_ids=[release.wave_id]).count() == 5

    def test_tells_nothing_by_order(self, groups: dict[str, Group], now: datetime) -> None:
        write(groups["bakery"], 40)

        texts = run(groups, now)

        assert texts != sorted(texts, key=lambda text: int(text.rsplit(" ", 1)[1]))

    def test_reads_nothing_of_a_withdrawn_wave(
        self, groups: dict[str, Group], now: datetime
    ) -> None:
        write(groups["bakery"], 5)
        run(groups, now)
        Wave.objects.update(sealed_at=None, withdrawn_at=now, withdrawn_reason="a slip")

        assert not released_comments(wave_ids=[groups["bakery"].wave_id]).exists()

"""What the page of one comment says."""

from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from survey.accounts.models import User
from survey.campaigns.models import Group, Pairing
from survey.dashboards.access import find_reader
from survey.dashboards.talk.access import find_told
from survey.dashboards.talk.pages import TalkPage, build_talk_page
from survey.followup.conversations import reply
from survey.followup.models import Acknowledgement
from survey.followup.writers import answer_as_writer
from tests.dashboards.team.staging import everywhere, release
from tests.followup.talking import TODAY, TOMORROW, WORDS, Kept, keep

pytest_plugins = ["tests.dashboards.team.company", "tests.followup.talkers"]


def build(user: User, kept: Kept) -> TalkPage:
    reader = find_reader(user=user)
    told = find_told(reader, kept.comment.group.code, kept.comment.pk)
    return build_talk_page(reader=reader, told=told, today=TOMORROW, address="?a")


class TestBuildTalkPage:
    def test_says_who_said_what_on_which_day(self, kept: Kept, bob: User) -> None:
        reply(comment=kept.comment, user=bob, text="Tell me.", today=TODAY)
        answer_as_writer(key=kept.key, item_code=WORDS, text="Gladly.", today=TODAY)

        page = build(bob, kept)

        assert [(line.text, line.by) for line in page.lines] == [
            ("Tell me.", "Bob, leads Bakery, 31 March 2026"),
            ("Gladly.", "Whoever wrote it, shown from 1 April 2026 on"),
        ]
        assert (page.is_staff, page.may_talk, page.may_hide) == (True, True, True)

    def test_offers_five_short_sentences_in_the_readers_language(
        self, kept: Kept, bob: User
    ) -> None:
        shorts = build(bob, kept).shorts

        assert [code for code, _ in shorts] == Acknowledgement.values
        with translation.override("de"):
            assert len(build(bob, kept).shorts) == 5

    def test_tells_staff_from_customers(self, team_sides: Pairing, bob: User) -> None:
        group: Group = release(team_sides.cx, everywhere("treat", 70.0))["bakery"]

        assert not build(bob, keep(group)).is_staff

    def test_asks_as_often_for_a_long_talk_as_for_none(
        self, kept: Kept, bob: User, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        for number in range(10):
            reply(comment=kept.comment, user=bob, text=f"More {number}", today=TODAY)

        with django_assert_max_num_queries(9):
            assert len(build(bob, kept).lines) == 10

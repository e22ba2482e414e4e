"""What a press on a draft does."""

from datetime import datetime, timedelta
from typing import ClassVar

import pytest
from django.test import Client
from django.utils import timezone

from survey.accounts.models import User
from survey.followup.models import Commitment, Playback
from survey.followup.promising import Wording, make_commitment
from survey.questionnaires.models import Audience
from tests.dashboards.playbacks.pressing import LATER, WORDS, address, sent
from tests.factories.playbacks import SIGNED
from tests.factories.promises import promise

pytest_plugins = ["tests.dashboards.playbacks.drafts"]
pytestmark = pytest.mark.django_db
PRESSES = ("words", "will", "wont", "part", "hand", "translate-de", "raise-1", "publish", "look-en")


class TestApplyForm:
    def test_keeps_words(self, hand: Client, unpublished: Playback) -> None:
        assert hand.post(address(unpublished), WORDS).status_code == 302

        unpublished.refresh_from_db()
        assert {name: getattr(unpublished, name) for name in SIGNED} == SIGNED

    def test_promises_in_place(self, hand: Client, unpublished: Playback, moment: datetime) -> None:
        day = (timezone.localdate(moment) + timedelta(days=30)).isoformat()

        hand.post(
            address(unpublished), sent("will", **LATER, heard="Rotas come late", due_date=day)
        )

        made = Commitment.objects.get()
        assert (made.audience, made.heard) == (Audience.EMPLOYEE, "Rotas come late")
        assert made.wave == unpublished.release.wave
        assert [part.commitment for part in unpublished.parts.all()] == [made]

    def test_says_no_in_place_and_why(self, hand: Client, unpublished: Playback) -> None:
        assert hand.post(address(unpublished), sent("wont", **LATER, because="")).status_code == 422

        hand.post(address(unpublished), sent("wont", **LATER, because="Two agreements"))

        assert unpublished.parts.get().commitment.because == "Two agreements"  # type: ignore[union-attr]

    def test_puts_moves_and_takes_out_what_was_promised_before(
        self, hand: Client, unpublished: Playback, alice: User, moment: datetime
    ) -> None:
        for what in ("first", "second"):
            made = make_commitment(
                wording=Wording(Audience.EMPLOYEE, what), who_name="Ana", who=None,
                due_date=moment.date() + timedelta(days=9), by=alice, now=moment,
            )  # fmt: skip
            hand.post(address(unpublished), sent("part", promise=str(made.key)))
        first, second = unpublished.parts.order_by("place")

        for done in (f"raise-{second.pk}", f"remove-{first.pk}", "remove-no number", "remove"):
            assert hand.post(address(unpublished), {"do": done}).status_code == 302

        assert list(unpublished.parts.all()) == [second]

    def test_is_handed_over(self, hand: Client, unpublished: Playback, bob: User) -> None:
        page = hand.post(address(unpublished), sent("hand", owner=str(bob.pk)), follow=True)

        unpublished.refresh_from_db()
        assert (page.status_code, unpublished.owner) == (200, bob)


class TestOneForm:
    """Whatever is pressed, what was typed anywhere on the page is kept."""

    ARABIC: ClassVar = {"in-ar-title": "ماذا قلتم", "in-ar-body": "قرأت كل شيء."}
    NO: ClassVar = {f"wont-{name}": told for name, told in (LATER | {"because": "Money"}).items()}

    @pytest.mark.parametrize("done", PRESSES)
    def test_keeps_all_that_was_typed(
        self, hand: Client, unpublished: Playback, moment: datetime, bob: User, done: str
    ) -> None:
        more = {
            "will": sent("will", **LATER, due_date=moment.date().isoformat()),
            "part": sent("part", promise=str(promise(bob, moment).key)),
            "hand": sent("hand", owner=str(bob.pk)),
        }
        typed = WORDS | self.ARABIC | self.NO | more.get(done, {}) | {"do": done}

        assert hand.post(address(unpublished), typed).status_code == 302

        unpublished.refresh_from_db()
        assert (unpublished.title, unpublished.body) == (SIGNED["title"], SIGNED["body"])
        assert unpublished.translations.get().title == "ماذا قلتم"
        assert Commitment.objects.filter(because="Money", parts__playback=unpublished).exists()

    def test_keeps_nothing_and_shows_everything_where_something_is_wrong(
        self, hand: Client, unpublished: Playback
    ) -> None:
        typed = WORDS | self.ARABIC | self.NO | {"wont-because": "", "do": "words"}

        page = hand.post(address(unpublished), typed)

        unpublished.refresh_from_db()
        assert (page.status_code, unpublished.body) == (422, "")
        assert not unpublished.translations.exists()
        shown = page.content.decode()
        assert "Nothing is saved yet" in shown
        assert SIGNED["body"].splitlines()[0] in shown
        assert "ماذا قلتم" in shown
        assert shown.count('<details class="tbl" open>') == 2  # the no, and Arabic

    def test_takes_back_nothing_newer_with_a_page_that_was_left_open(
        self, hand: Client, unpublished: Playback
    ) -> None:
        hand.post(address(unpublished), WORDS)
        old = WORDS | {f"initial-{name}": told for name, told in WORDS.items()}
        hand.post(address(unpublished), WORDS | {"body": "Newer words."})

        for done in ("words", "publish", "look-en", "raise-1"):
            assert hand.post(address(unpublished), old | {"do": done}).status_code == 302

        unpublished.refresh_from_db()
        assert unpublished.body == "Newer words."

    def test_says_in_the_page_what_stood_in_it(self, hand: Client, unpublished: Playback) -> None:
        hand.post(address(unpublished), WORDS)

        page = hand.get(address(unpublished)).content.decode()

        assert page.count('<form method="post" novalidate>') == 1
        for name in SIGNED:
            assert f'name="initial-{name}"' in page

    def test_is_not_written_in_its_own_language_twice(
        self, hand: Client, unpublished: Playback
    ) -> None:
        typed = WORDS | self.ARABIC | {"language": "ar"}

        page = hand.post(address(unpublished), typed)

        assert page.status_code == 422
        assert "in this language already" in page.content.decode()


class TestLeadOn:
    @pytest.mark.parametrize(
        ("done", "there"), [("publish", "publish/"), ("look-ar", "preview/?lang=ar")]
    )
    def test_saves_the_words_that_stand_in_the_form_first(
        self, hand: Client, unpublished: Playback, done: str, there: str
    ) -> None:
        lead = hand.post(address(unpublished), WORDS | {"do": done})

        unpublished.refresh_from_db()
        assert lead["Location"] == address(unpublished, there)
        assert unpublished.body == SIGNED["body"]

    def test_goes_nowhere_without_words(self, hand: Client, unpublished: Playback) -> None:
        page = hand.post(address(unpublished), WORDS | {"body": "", "do": "publish"})

        assert page.status_code == 422

"""What the pages of calls show."""

from datetime import UTC, datetime, timedelta

import pytest

from survey.accounts.models import Role, User
from survey.dashboards.access import find_reader
from survey.dashboards.calls.pages import ContactLine, build_call_list, build_call_page
from survey.followup.callbacks import Wish, give_up_callback, hand_over_callback
from survey.followup.models import Callback
from tests.cast import Organisation, make_user
from tests.followup.calls import ask


class TestBuildCallList:
    def test_keeps_what_ended_apart(self, db: None, now: datetime) -> None:
        dora = make_user("dora", Role.CX_MANAGER)
        over = ask(now=now)
        give_up_callback(callback_id=over.pk, user=dora, note="", now=now)
        ask(now=now)

        page = build_call_list(reader=find_reader(user=dora), now=now + timedelta(days=2))

        assert [len(part) for part in (page.own, page.others, page.ended)] == [1, 0, 1]
        assert [one.is_late for one in (*page.own, *page.ended)] == [True, False]


class TestBuildCallPage:
    def test_calls_at_a_press(self, db: None, now: datetime) -> None:
        callback = ask(now=now, wish=Wish("Nia", phone="+49 (30) 12-34", email="nia@example.org"))
        letter = ask(now=now, wish=Wish("Nia", address="Mill Street 1, Harbour"))

        assert build_call_page(callback=callback, now=now).contacts == (
            ContactLine("+49 (30) 12-34", "tel:+49301234"),
            ContactLine("nia@example.org", "mailto:nia@example.org"),
        )
        [by_hand] = build_call_page(callback=letter, now=now).contacts
        assert by_hand == ContactLine("Mill Street 1, Harbour")

    @pytest.mark.parametrize(
        ("phone", "link"),
        [
            ("+44 (0)20 7946 0018 ext. 12", "tel:+442079460018;ext=12"),
            ("0044 ( 0 ) 20 7946 0018", "tel:00442079460018"),
            ("(020) 7946 0018, x12", "tel:02079460018;ext=12"),
            ("030 1234 Durchwahl 56 (after five)", "tel:0301234;ext=56"),
            ("٠٥٠١٢٣٤٥٦٧", "tel:0501234567"),
            ("030 123456 or 0170 654321", ""),
            ("ask at the bakery", ""),
        ],
    )
    def test_dials_what_was_meant_or_nothing(
        self, db: None, now: datetime, phone: str, link: str
    ) -> None:
        callback = ask(now=now, wish=Wish("Nia", phone=phone))

        assert build_call_page(callback=callback, now=now).contacts == (ContactLine(phone, link),)

    def test_ends_at_midnight_with_the_day_before(self, db: None, now: datetime) -> None:
        callback = ask(now=now)
        callback.due_at = datetime(2026, 11, 24, tzinfo=UTC)

        page = build_call_page(callback=callback, now=now)

        assert (page.due, page.line.due) == (
            "the end of Monday, 23 November", "the end of 23 Nov"
        )  # fmt: skip

    def test_tells_every_step(self, organisation: Organisation, bob: User, now: datetime) -> None:
        dora = make_user("dora", Role.CX_MANAGER)
        callback = ask(now=now, team=organisation.bakery)
        hand_over_callback(
            callback_id=callback.pk, user=dora, to_user_id=bob.pk, note="Yours", now=now
        )

        page = build_call_page(callback=Callback.objects.get(), now=now)

        said = [(step.sentence, step.note) for step in page.steps]
        assert said == [
            ("Asked for", ""), ("Given: Dora", ""), ("Handed over by Dora", "Yours"),
            ("Given: Bob", ""),
        ]  # fmt: skip
        assert page.colleagues == (dora,)

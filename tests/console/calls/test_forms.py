"""Who is on duty, and how soon people are called back."""

from datetime import date

from survey.accounts.models import User
from survey.console.calls.forms import DutyForm, RuleForm

TODAY = date(2026, 3, 2)


class TestDutyForm:
    def test_offers_who_may_take_calls(self, alice: User, bob: User) -> None:
        form = DutyForm(today=TODAY)

        assert [label for _, label in form.fields["user"].choices][1:] == ["Bob"]  # type: ignore[attr-defined]

    def test_holds_on_its_last_day_and_ends_no_sooner_than_it_begins(self, bob: User) -> None:
        for last_day, wrong in (("2026-03-01", {"last_day"}), ("2026-03-02", set())):
            days = {"active_from": "2026-03-02", "last_day": last_day}

            form = DutyForm({"user": bob.pk, **days}, today=TODAY)

            assert set(form.errors) == wrong


class TestRuleForm:
    def test_wants_an_hour_at_least(self) -> None:
        assert not RuleForm({"answer_within_hours": "0", "remind_before_hours": "0"}).is_valid()
        assert RuleForm({"answer_within_hours": "1", "remind_before_hours": "0"}).is_valid()

    def test_wants_the_reminder_after_the_asking(self) -> None:
        for sooner, is_valid in (("3", True), ("4", False), ("5", False)):
            form = RuleForm({"answer_within_hours": "4", "remind_before_hours": sooner})

            assert form.is_valid() is is_valid, sooner

"""Who is on duty, and how soon people are called back."""

from datetime import date

from survey.accounts.models import User
from survey.console.calls.forms import DutyForm, RuleForm

TODAY = date(2026, 3, 2)


class TestDutyForm:
    def test_offers_who_may_take_calls(self, alice: User, bob: User) -> None:
        form = DutyForm(today=TODAY)

        assert [label for _, label in form.fields["user"].choices][1:] == ["Bob"]  # type: ignore[attr-defined]

    def test_wants_the_end_after_the_beginning(self, bob: User) -> None:
        days = {"active_from": "2026-03-02", "active_to": "2026-03-02"}

        form = DutyForm({"user": bob.pk, **days}, today=TODAY)

        assert set(form.errors) == {"active_to"}


class TestRuleForm:
    def test_wants_an_hour_at_least(self) -> None:
        assert not RuleForm({"answer_within_hours": "0", "remind_before_hours": "0"}).is_valid()
        assert RuleForm({"answer_within_hours": "1", "remind_before_hours": "0"}).is_valid()

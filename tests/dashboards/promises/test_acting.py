"""What can be said of a promise as it stands."""

from datetime import datetime

import pytest

from survey.accounts.models import User
from survey.dashboards.promises.acting import apply_form, build_forms, keep_typed
from survey.followup.promising import CommitmentSettledError, keep_commitment
from tests.factories.promises import promise, refuse


class TestBuildForms:
    def test_offers_what_fits_how_it_stands(self, alice: User, now: datetime) -> None:
        made, today = promise(alice, now), now.date()

        def offered() -> list[str]:
            made.refresh_from_db()
            return list(build_forms(made, done="", data=None, today=today))

        assert offered() == ["keep", "move", "reword", "withdraw", "refuse"]
        keep_commitment(key=made.key, kept_date=today, by=alice, now=now)
        assert offered() == ["reopen"]
        assert build_forms(refuse(alice, now), done="", data=None, today=today) == {}


class TestKeepTyped:
    def test_tells_what_was_typed_from_what_stood_there(self, alice: User, now: datetime) -> None:
        made, today = promise(alice, now), now.date()
        stood = {
            "keep-kept_date": today.isoformat(),
            "keep-note": "",
            "reword-heard": "",
            "reword-what": made.what,
            "reword-who_name": "Alice",
            "withdraw-why": "",
        }
        stood |= {"reword-is_shown_outside": "on"} if made.is_shown_outside else {}

        for typed, kept in (
            ({}, ()),
            ({"reword-what": "Earlier"}, ("reword",)),
            ({"keep-kept_date": "soon", "withdraw-why": "Ill"}, ("keep", "withdraw")),
        ):
            forms = build_forms(made, done="", data=None, today=today)
            assert keep_typed(forms, stood | typed, done="move") == kept
            shown = {
                form[name].html_name: form[name].value()
                for form in forms.values()
                for name in form.fields
            }
            assert shown.items() >= typed.items()


class TestApplyForm:
    def test_reminds_another_account_where_the_promise_is_handed_over(
        self, alice: User, bob: User, now: datetime
    ) -> None:
        made = promise(alice, now)
        data = {"reword-what": made.what, "reword-who_name": "Bob"}
        form = build_forms(made, done="reword", data=data, today=now.date())["reword"]
        assert form.is_valid()

        apply_form("reword", form, commitment=made, by=alice, now=now)

        made.refresh_from_db()
        assert (made.who, made.who_name) == (bob, "Bob")

    def test_does_nothing_to_what_somebody_else_has_just_ended(
        self, alice: User, now: datetime
    ) -> None:
        made = promise(alice, now)
        data = {"withdraw-why": "Closed"}
        form = build_forms(made, done="withdraw", data=data, today=now.date())["withdraw"]
        assert form.is_valid()
        keep_commitment(key=made.key, kept_date=now.date(), by=alice, now=now)

        with pytest.raises(CommitmentSettledError):
            apply_form("withdraw", form, commitment=made, by=alice, now=now)

"""The list of promises and the page of one."""

from datetime import datetime, timedelta

import pytest

from survey.accounts.models import User
from survey.dashboards.access import find_reader
from survey.dashboards.filters import UnknownChoiceError
from survey.dashboards.promises.pages import build_promise_list, build_promise_page
from tests.cast import Organisation
from tests.factories.promises import promise, refuse


class TestBuildPromiseList:
    def test_counts_what_the_team_filter_leaves_whatever_state_is_shown(
        self, alice: User, organisation: Organisation, now: datetime
    ) -> None:
        promise(alice, now, team=organisation.bakery)
        promise(alice, now)
        refuse(alice, now)
        reader, today = find_reader(user=alice), now.date() + timedelta(days=8)

        page = build_promise_list(
            reader=reader, wanted={"state": "refused", "team": "everybody"}, today=today
        )

        assert page.counts == "0 kept, 0 open, 1 late"
        assert [row.promise.what for row in page.rows] == ["Open on Sundays"]
        assert [option.value for option in page.filters[1].options] == ["", "everybody", "bakery"]

    def test_names_no_team_of_others(
        self, alice: User, bob: User, organisation: Organisation, now: datetime
    ) -> None:
        promise(alice, now, team=organisation.garden)

        with pytest.raises(UnknownChoiceError):
            build_promise_list(
                reader=find_reader(user=bob), wanted={"team": "garden"}, today=now.date()
            )


class TestBuildPromisePage:
    def test_names_the_theme_only_where_it_is_known(self, alice: User, now: datetime) -> None:
        reader, made = find_reader(user=alice), promise(alice, now, theme="gone")

        page = build_promise_page(reader=reader, commitment=made, today=now.date())

        assert (page.theme, page.is_to_customers, page.may_change) == ("", False, True)
        assert len(page.history) == 1

"""Which releases a cascade is made of."""

import pytest

from survey.linkage.cascade_releases import keep_wording, list_releases, pick_scale
from tests.dashboards.rewording import reword
from tests.factories.aggregation import make_instrument
from tests.factories.cascade import (
    QUARTERS,
    make_colleagues,
    release_customers,
    release_quarters,
    release_ratings,
    release_staff,
)
from tests.factories.linkage import make_company

pytestmark = pytest.mark.django_db


class TestListReleases:
    def test_puts_three_campaigns_into_periods(self) -> None:
        colleagues = make_colleagues(3)
        release_staff(colleagues, QUARTERS[0], {})
        release_staff(colleagues, QUARTERS[2], {})
        release_ratings(colleagues, QUARTERS[1], {})
        release_customers(colleagues, QUARTERS[2], {})

        found = list_releases(colleagues.pairing)

        assert found.periods == (QUARTERS[1],)
        assert (list(found.ex), list(found.cx)) == ([QUARTERS[0], QUARTERS[2]], [QUARTERS[2]])
        assert [one.period_start for one in found.aligned()] == [QUARTERS[2]]

    def test_has_none_without_colleagues(self) -> None:
        assert list_releases(make_company(2).pairing).periods == ()


class TestUntil:
    def test_never_looks_forward(self) -> None:
        colleagues = make_colleagues(3)
        release_quarters(colleagues, 3)
        found = list_releases(colleagues.pairing)

        until = found.until(QUARTERS[1])

        assert [list(side) for side in (until.colleague, until.ex, until.cx)] == [
            list(QUARTERS[:2])
        ] * 3


class TestChecksum:
    def test_changes_with_every_release(self) -> None:
        colleagues = make_colleagues(3)
        seen = set()
        for release in (release_staff, release_customers, release_ratings):
            release(colleagues, QUARTERS[0], {})
            seen.add(list_releases(colleagues.pairing).checksum())

        assert len(seen) == 3
        assert list_releases(colleagues.pairing).checksum() in seen


class TestPickScale:
    def test_takes_the_wanted_one_or_the_first(self) -> None:
        colleagues = make_colleagues(2)
        campaign = colleagues.pairing.ex

        wanted = pick_scale(campaign, {}, "care", is_linked=True)
        first = pick_scale(campaign, {}, "fairness", is_linked=True)

        assert (wanted.code, first.code) == ("care", "fair")

    def test_looks_at_what_was_asked_last(self) -> None:
        colleagues = make_colleagues(2)
        release = release_staff(colleagues, QUARTERS[0], {})
        release.wave.questionnaire = make_instrument(prefix="new_")
        release.wave.save()

        found = pick_scale(
            colleagues.pairing.ex, {QUARTERS[0]: [release]}, "fairness", is_linked=True
        )

        assert found.code == "new_fair"


class TestKeepWording:
    def test_leaves_out_what_was_worded_otherwise(self) -> None:
        colleagues = make_colleagues(2)
        releases = {QUARTERS[0]: [release_staff(colleagues, QUARTERS[0], {})]}
        reword(colleagues.pairing.ex, "fair_1")
        later = {day: [release_staff(colleagues, day, {})] for day in QUARTERS[1:3]}

        assert list(keep_wording(releases | later, "fair")) == list(QUARTERS[1:3])
        assert list(keep_wording(releases | later, "care")) == list(QUARTERS[:3])
        assert list(keep_wording({}, "fair")) == []

"""The demo organisation, built small."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.test import Client, RequestFactory
from pytest_django.plugin import DjangoDbBlocker

from survey.accounts.models import Role, User
from survey.accounts.selectors import get_scope
from survey.aggregation.models import Release, ReleasedComment, Standing
from survey.campaigns.models import (
    Campaign,
    Credential,
    Interaction,
    Invitation,
    Pairing,
    Wave,
)
from survey.campaigns.selectors import get_link
from survey.dashboards.access import find_reader
from survey.dashboards.changes.pages import build_changes_page
from survey.letters.models import Delivery
from survey.linkage.comparing import compare
from survey.linkage.models import CascadeStudy, Study
from survey.organization.models import Membership, Person, Team
from survey.organization.serving import list_arrows
from survey.questionnaires.models import Audience
from survey.samples.demo import OUTCOME, DemoReport
from survey.samples.history import CX_CODE, EX_CODE
from survey.samples.progress import Silence
from survey.samples.services import build_demo, demo_logins, find_open_links
from survey.samples.serving import TRUE_CHAIN, WIRING, list_planned
from survey.samples.truth import EX_SCALES, SHIPPED_TRUTH
from tests.samples.released import read_contents, read_parts

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SMALL = replace(SHIPPED_TRUTH, n_quarters=2, n_rated_quarters=1, cx_per_quarter=(15, 18))

pytestmark = pytest.mark.django_db


class Undo(Exception):  # noqa: N818
    """Takes back what was built."""


def build() -> DemoReport:
    return build_demo(seed=1, now=NOW, progress=Silence(), truth=SMALL)


@pytest.fixture(scope="module")
def reports(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[DemoReport, DemoReport]]:
    """The demo, built twice for all tests of this module; the first is taken back."""
    with django_db_blocker.unblock(), suppress(Undo), transaction.atomic():
        with suppress(Undo), transaction.atomic():
            first = build()
            raise Undo
        yield first, build()
        raise Undo


@pytest.fixture
def report(reports: tuple[DemoReport, DemoReport]) -> DemoReport:
    return reports[1]


class TestBuildDemo:
    def test_makes_an_organisation_with_a_past(self, report: DemoReport) -> None:
        assert Team.objects.count() == 1 + 6 + 60
        assert Membership.objects.active_on(NOW.date()).count() == Person.objects.count()
        assert Wave.objects.sealed().count() == 2 * 2 + 1
        assert not Wave.objects.sealed().filter(keys_destroyed_at=None).exists()
        assert Release.objects.count() == 2 * 2 + 1
        assert Study.objects.filter(scope__code="hearth").count() == 2
        assert CascadeStudy.objects.filter(scope__code="hearth").count() == 1
        assert len(list_arrows(today=NOW.date())) == len(list_planned())

    def test_leaves_two_waves_open_which_some_have_answered(self, report: DemoReport) -> None:
        waves = Wave.objects.open_at(NOW).exclude(campaign__audience=Audience.COLLEAGUE)
        asked = Invitation.objects.filter(wave__in=waves, is_admitted=True).count()
        spent = Credential.objects.filter(wave__in=waves, is_spent=True).count()

        assert len(waves) == 2
        assert Interaction.objects.count() == 150
        assert Delivery.objects.filter(invitation__wave__in=waves).count() == asked > 100
        assert 0.4 * asked < spent < 0.6 * asked

    def test_leaves_a_wave_among_colleagues_open_which_nobody_has_answered(
        self, report: DemoReport
    ) -> None:
        wave = Wave.objects.open_at(NOW).get(campaign__audience=Audience.COLLEAGUE)
        asked = wave.invitations.filter(is_admitted=True).count()

        assert wave.campaign == Pairing.objects.get().colleague
        assert Delivery.objects.filter(invitation__wave=wave).count() == asked > 100
        assert not Credential.objects.filter(wave=wave, is_spent=True).exists()

    def test_finds_links_under_which_a_visitor_can_answer(self, report: DemoReport) -> None:
        links = find_open_links(now=NOW)
        for url in (links.employee, links.colleague, links.customer):
            link = get_link(token=url.rstrip("/").rpartition("/")[2], now=NOW)

            assert not link.is_spent

    def test_finds_no_link_of_a_wave_that_has_closed(self, report: DemoReport) -> None:
        later = find_open_links(now=NOW + timedelta(days=20))

        assert (later.employee, later.colleague) == ("", "")
        assert later.customer != ""

    def test_leaves_campaigns_whose_next_wave_can_be_planned(self, report: DemoReport) -> None:
        assert not Campaign.objects.filter(letter=None).exists()

    def test_leaves_nothing_for_the_first_reader_to_wait_for(self, report: DemoReport) -> None:
        assert set(Standing.objects.values_list("campaign__code", flat=True)) == {CX_CODE, EX_CODE}
        assert ReleasedComment.objects.exists()

    def test_dates_what_was_made_of_a_quarter_to_its_end(self, report: DemoReport) -> None:
        """Else all verdicts would be new on the day of the demo, and no figure."""
        studies = Study.objects.filter(scope__code="hearth").order_by("period_start")
        releases = Release.objects.filter(wave__campaign__code=CX_CODE).order_by("made_at")

        assert [one.computed_at for one in studies] == [one.made_at for one in releases]

    def test_shows_leaders_what_changed_in_the_last_quarter(self, report: DemoReport) -> None:
        olga = User.objects.get(email__startswith="olga@")

        page = build_changes_page(reader=find_reader(user=olga), now=NOW)

        assert [one.wave.partition(",")[0] for one in page.news.made] == [
            "After a contact",
            "Quarterly pulse",
            "Between teams",
        ]
        assert [one.period for one in page.compared] == ["Q4 2025", "Q4 2025"]
        assert {one.period for one in page.verdicts} <= {"Q4 2025"}

    def test_has_a_log_in_for_every_role(self, report: DemoReport) -> None:
        assert {login.grant for login in demo_logins()} == set(Role.values)

    def test_prints_the_planted_truth_beside_what_was_found(self, report: DemoReport) -> None:
        text = str(report)

        assert [link.scale for link in report.links] == [scale.code for scale in EX_SCALES]
        assert report.links[0].planted == 0.45
        for link in report.links:
            assert link.low is not None
            assert link.r is not None
            assert link.high is not None
            assert link.low < link.r < link.high
            assert f"{link.r:.2f}" in text
            assert link.verdict in text
        assert "planted" in text

    def test_prints_both_chains_beside_what_was_found(self, report: DemoReport) -> None:
        text = str(report)

        assert [one.name for one in report.chains] == list(WIRING)
        for one in report.chains:
            is_true = one.name == TRUE_CHAIN
            assert one.planted[:2] == ((0.35, 0.35) if is_true else (0.0, 0.0))
            assert f"{one.name}, {one.n_arrows} pairs of teams: {one.verdict}" in text
            for (r, low, high), verdict in zip(one.found, one.verdicts, strict=True):
                assert r is not None
                assert low is not None
                assert high is not None
                assert low < r < high
                assert verdict in ("SUPPORTED", "CANNOT_TELL")

    def test_finds_what_is_found_without_a_database(self, report: DemoReport) -> None:
        ((part, sides),) = read_parts(read_contents(), SMALL, 1, last=1)
        pairs = {(pair.ex.scale, pair.cx.scale): pair for pair in compare(part, sides, seed=1)}

        for link in report.links:
            expected = pairs[link.scale, OUTCOME].numbers
            stored = [link.r, link.low, link.high, link.ceiling]
            assert stored == pytest.approx(
                [expected.r, expected.low, expected.high, expected.ceiling]
            )

    def test_finds_the_same_for_the_same_seed(self, reports: tuple[DemoReport, DemoReport]) -> None:
        first, again = reports

        assert (again.links, again.qualities) == (first.links, first.qualities)
        assert again.chains == first.chains

    def test_gives_every_role_a_log_in(self, report: DemoReport, client: Client) -> None:
        logins = demo_logins()

        assert {login.grant for login in logins} == set(Role.values)
        for login in logins:
            asked = RequestFactory().get("/")
            assert client.login(request=asked, username=login.email, password=login.password)
            assert get_scope(user=User.objects.get(email=login.email)).roles == {login.grant}

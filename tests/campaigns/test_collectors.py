from datetime import timedelta

import pytest

from survey.campaigns.collectors import (
    CollectorOffError,
    find_collector,
    get_open_link,
    list_open_waves,
)
from survey.campaigns.models import CollectorKind
from survey.campaigns.selectors import (
    ClosedLinkError,
    NotYetOpenError,
    UnknownLinkError,
    WithdrawnLinkError,
)
from survey.campaigns.services import close_wave, deactivate_collector, withdraw_wave
from tests.factories.campaigns import NOW, TWO_WEEKS, make_open_wave
from tests.factories.collectors import link_of, make_kiosks, make_links, make_shops

pytestmark = pytest.mark.django_db
QR, KIOSK = CollectorKind.QR, CollectorKind.KIOSK


class TestGetOpenLink:
    def test_knows_the_wave_and_the_team(self) -> None:
        wave = make_links()

        link = get_open_link(code=link_of(wave, "north").code, kind=QR, now=NOW)

        assert (link.wave, link.group.code, link.letter) == (wave, "north", wave.campaign.letter)

    def test_costs_one_query(self, django_assert_num_queries: object) -> None:
        code = link_of(make_links(), "north").code

        with django_assert_num_queries(1):  # type: ignore[operator]
            link = get_open_link(code=code, kind=QR, now=NOW)
            assert link.campaign.scope.name
            assert link.wave.questionnaire.code

    @pytest.mark.parametrize("kind", [QR, KIOSK])
    def test_refuses_a_code_nobody_made(self, kind: str) -> None:
        with pytest.raises(UnknownLinkError):
            get_open_link(code="nobody", kind=kind, now=NOW)

    def test_keeps_walls_and_tablets_apart(self) -> None:
        wave = make_links()
        make_kiosks(wave)

        with pytest.raises(UnknownLinkError):
            get_open_link(code=link_of(wave, "north").code, kind=KIOSK, now=NOW)
        with pytest.raises(UnknownLinkError):
            get_open_link(code=link_of(wave, "north", KIOSK).code, kind=QR, now=NOW)

    def test_says_why_it_takes_no_answers(self) -> None:
        wave = make_links()
        collector = link_of(wave, "north")
        code = collector.code

        with pytest.raises(NotYetOpenError):
            get_open_link(code=code, kind=QR, now=NOW - timedelta(hours=1))
        with pytest.raises(ClosedLinkError):
            get_open_link(code=code, kind=QR, now=NOW + TWO_WEEKS)
        deactivate_collector(collector_id=collector.pk)
        with pytest.raises(CollectorOffError):
            get_open_link(code=code, kind=QR, now=NOW)

    def test_says_that_a_wave_was_withdrawn(self) -> None:
        wave = make_links()
        withdraw_wave(wave_id=wave.pk, reason="by mistake", now=NOW)

        with pytest.raises(WithdrawnLinkError):
            get_open_link(code=link_of(wave, "north").code, kind=QR, now=NOW)

    def test_follows_the_wall_into_the_next_wave(self) -> None:
        campaign = make_shops()
        first = make_links(campaign)
        close_wave(wave_id=first.pk, now=NOW)
        second = make_links(campaign)

        link = get_open_link(code=link_of(first, "north").code, kind=QR, now=NOW)

        assert link.collector == link_of(second, "north")

    def test_follows_neither_into_another_campaign_nor_to_a_link_switched_off(self) -> None:
        campaign = make_shops()
        first = make_links(campaign)
        close_wave(wave_id=first.pk, now=NOW)
        make_open_wave(campaign, now=NOW)  # personal links
        second = make_links(campaign)
        deactivate_collector(collector_id=link_of(second, "north").pk)

        with pytest.raises(ClosedLinkError):
            get_open_link(code=link_of(first, "north").code, kind=QR, now=NOW)


class TestFindCollector:
    def test_finds_one_of_a_wave_that_is_over(self) -> None:
        wave = make_links()
        close_wave(wave_id=wave.pk, now=NOW)

        assert find_collector(code=link_of(wave, "south").code).group.code == "south"


class TestListOpenWaves:
    def test_leaves_personal_waves_out(self) -> None:
        campaign = make_shops()
        make_open_wave(campaign, now=NOW)
        wave = make_links(campaign)

        assert list(list_open_waves()) == [wave]

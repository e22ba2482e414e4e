"""Cuts of customers: the channels of their contacts."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from survey.answering.promises import who_sees
from survey.campaigns.contact_cuts import (
    CONTACT_CHANNEL,
    count_channels,
    fit_level,
    read_names,
    say_cut,
)
from survey.campaigns.contacts import Contact, CustomerData
from survey.campaigns.cuts import NOT_KNOWN, CutsError, check_cuts, read_cuts
from survey.campaigns.models import Channel, Invitation, Wave
from survey.campaigns.preflight import check_wave
from survey.campaigns.selectors import content_of, get_link
from survey.campaigns.services import admit_due_customers
from survey.campaigns.services.interactions import record_batch
from survey.campaigns.services.redrafting import declare_cuts
from survey.questionnaires.models import Audience
from survey.responses.cut_boxes import open_kept_cuts
from survey.responses.services import seal_due_waves, submit_response
from tests.factories.campaigns import NOW, make_draft, make_open_wave, tokens
from tests.factories.cuts import CHANNELS, make_customer_wave
from tests.factories.responses import make_answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave() -> Wave:
    return make_customer_wave()


def meet(channels: list[str]) -> list[Invitation]:
    """Let a customer meet team a by each channel, and ask them."""
    rows = [
        Contact(
            f"key-{n}", "0" * 64, CustomerData(f"c{n}", email=f"c{n}@example.org"), "a",
            NOW - timedelta(hours=1), channel,
        )
        for n, channel in enumerate(channels)
    ]  # fmt: skip
    record_batch(rows=rows, now=NOW)
    admit_due_customers(now=NOW)
    invited = Invitation.objects.filter(interaction__isnull=False)
    return list(invited.order_by("interaction__idempotency_key"))


class TestReadNames:
    def test_takes_each_line_once_however_it_is_spelt(self) -> None:
        assert read_names(" Till \n\nphone\ntill\n") == ("Till", "phone")


class TestFitLevel:
    @pytest.mark.parametrize(
        ("value", "level"), [("TILL", "till"), (" web ", "web"), ("fax", ""), ("", "")]
    )
    def test_knows_a_channel_however_it_is_spelt(self, value: str, level: str) -> None:
        assert fit_level(levels=CHANNELS, value=value) == level


class TestSayCut:
    def test_names_an_attribute_as_the_organisation_does(self) -> None:
        with override("en"):
            assert say_cut(code="tenure", name="Years here") == "Years here"
            assert say_cut(code=CONTACT_CHANNEL, name="anything") == "Channel of the contact"


class TestCheckCuts:
    @pytest.mark.parametrize("levels", [{}, {CONTACT_CHANNEL: ["till"]}])
    def test_wants_two_channels_or_more(self, levels: dict[str, list[str]]) -> None:
        with pytest.raises(CutsError, match="at least 2 channels"):
            check_cuts(codes=[CONTACT_CHANNEL], audience=Audience.CUSTOMER, levels=levels)

    def test_refuses_what_no_contact_says(self) -> None:
        with pytest.raises(CutsError, match="channel of their contact"):
            check_cuts(codes=["tenure"], audience=Audience.CUSTOMER, levels={"tenure": ["a", "b"]})


class TestLaunch:
    def test_freezes_the_channels_that_were_named(self, wave: Wave) -> None:
        (cut,) = read_cuts(wave=wave)
        assert (cut.code, cut.levels) == (CONTACT_CHANNEL, CHANNELS)

        declare_cuts(campaign_id=wave.campaign_id, codes=[])
        wave.campaign.refresh_from_db()
        assert (wave.campaign.cut_codes, wave.campaign.cut_levels) == ([], {})

    def test_freezes_none_behind_open_links(self, wave: Wave) -> None:
        assert make_open_wave(wave.campaign, channel=Channel.OPEN).cuts == []


class TestPreflight:
    def test_counts_the_latest_contacts_and_warns_of_rare_channels(self, wave: Wave) -> None:
        meet(["till"] * 5 + ["phone"] + ["fax"] * 2)
        counted = count_channels(campaign=wave.campaign, levels=CHANNELS, now=NOW)
        assert counted == {"till": 5, "phone": 1, NOT_KNOWN: 2}

        found = check_wave(wave=make_draft(wave.campaign), now=NOW)

        (cut,) = found.cuts
        assert (cut.counted, cut.n_unknown) == ([("till", 5), ("phone", 1), ("web", 0)], 2)
        assert any("fewer than 5 were by phone, web" in str(one) for one in found.warnings)

    def test_says_nothing_of_contacts_where_there_were_none(self, wave: Wave) -> None:
        found = check_wave(wave=make_draft(wave.campaign), now=NOW)

        assert not any("90 days" in str(one) for one in found.warnings)


class TestLinksOfCustomers:
    def test_tell_the_channel_of_the_contact(self, wave: Wave) -> None:
        links = [
            get_link(token=token, now=NOW) for token in tokens(wave, meet(["Phone", "fax", ""]))
        ]

        found = [link.cut_values[CONTACT_CHANNEL] for link in links]
        assert found == ["phone", NOT_KNOWN, NOT_KNOWN]
        with override("en"):
            told = " ".join(who_sees(links[0], content_of(wave=wave)))
        assert "also told by this: Channel of the contact" in told
        assert "when the month is over" in told

    def test_carry_it_to_the_count_of_the_month(self, wave: Wave) -> None:
        channels = ["till", "phone", "phone", "web", "web", "fax"]
        for token in tokens(wave, meet(channels)):
            submit_response(token=token, answers=make_answers(wave, 3), now=NOW)

        seal_due_waves(now=NOW)

        kept = open_kept_cuts(wave=wave).values()
        told = sorted(one.cuts[CONTACT_CHANNEL] for one in kept)
        assert told == sorted([*channels[:-1], NOT_KNOWN])
        assert len({one.cell_id for one in kept}) == 1

    def test_take_at_most_six_statements_to_ask_and_to_store(
        self, wave: Wave, browser: Client
    ) -> None:
        (token,) = tokens(wave, meet(["till"]))
        now_open = {"closes_at": NOW + timedelta(days=10_000)}
        Wave.objects.filter(pk=wave.pk).update(**now_open)
        sent = dict.fromkeys(make_answers(wave, 3).answers, "3")
        with CaptureQueriesContext(connection) as queries:
            browser.get(f"/r/{token}/")
            browser.post(f"/r/{token}/", sent)

        statements = [q for q in queries.captured_queries if "SAVEPOINT" not in q["sql"]]
        assert wave.intakes.count() == 1
        assert len(statements) <= 6, statements

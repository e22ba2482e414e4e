"""Somebody looks at every page after every single answer, and compares with what stood there."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import StringIO
from itertools import pairwise

import pytest
from django.test import Client

from survey.accounts.models import User
from survey.aggregation.services import make_due_releases, refresh_due_rollups
from survey.aggregation.standings import update_due_standings
from survey.campaigns.models import Group
from survey.campaigns.services import refresh_due_participation
from survey.questionnaires.models import Audience
from survey.responses.services import seal_due_waves, submit_response
from tests.attacks.crawling import crawl, fetch
from tests.cast import Organisation
from tests.factories.campaigns import NOW, make_campaign, make_open_wave, tokens_of
from tests.factories.responses import answer_wave, close_and_seal, make_answers, put_boxes

pytestmark = pytest.mark.django_db

K = 5
FIGURES = "/dashboards/figures/?campaign={code}&format=csv"
CONSOLE = ("/console/", "/console/waves/", "/console/waves/{wave}/", "/dashboards/participation/")
VALUES = (1, 3, 2, 3, 3, 1, 2, 2, 3, 1, 1, 3)
Sums = Mapping[tuple[str, str, str], tuple[int, float]]  # month, group, measure: people, sum


@dataclass(frozen=True)
class Isolated:
    """Fewer than k people told by the difference of two looks, and what they said on average."""

    n: int
    mean: float


def run_everything(now: datetime) -> None:
    """Do what the ticker does, so that pages are as new as they can be."""
    seal_due_waves(now=now)
    refresh_due_participation(now=now)
    refresh_due_rollups(now=now)
    make_due_releases(now=now)
    update_due_standings(now=now)


def look(client: Client, addresses: Sequence[str]) -> dict[str, list[str]]:
    """Return what stands at some addresses."""
    return {address: [line.text for line in fetch(client, address).lines] for address in addresses}


def read_sums(client: Client, code: str) -> Sums:
    """Return every mean in the file of a campaign's figures as people and a sum."""
    reply = client.get(FIGURES.format(code=code))
    if not reply["Content-Type"].startswith("text/csv"):
        return {}
    text = b"".join(reply.streaming_content).decode()
    return {
        (row["period"], row["group_code"], row["metric"]): (
            int(row["n"]),
            int(row["n"]) * float(row["mean"]),
        )
        for row in csv.DictReader(StringIO(text))
        if row["n"]  # the last line says where the figures are from
    }


def compare(looks: Sequence[Sums]) -> Iterator[Isolated]:
    """Yield the few people by whom the same figure differs between two looks."""
    for before, after in pairwise(looks):
        for key, (n, total) in after.items():
            n_before, total_before = before.get(key, (0, 0.0))
            if 0 < n - n_before < K:
                yield Isolated(n - n_before, (total - total_before) / (n - n_before))


class TestWatcherOfEmployees:
    def test_sees_no_page_change_by_any_answer(
        self, alice: User, organisation: Organisation
    ) -> None:
        campaign = make_campaign(organisation.company)
        last = make_open_wave(campaign, now=NOW - timedelta(days=7))
        for group in last.groups.filter(kind="TEAM"):
            answer_wave(last, group, VALUES[:5])
        close_and_seal(last)
        wave = make_open_wave(campaign)
        run_everything(NOW)
        client = Client()
        client.force_login(alice)
        pages = [page.address for page in crawl(client, per_shape=1) if page.status == 200]
        addresses = [*pages, *(one.format(wave=wave.pk) for one in CONSOLE)]
        before = look(client, addresses)

        for group in wave.groups.filter(kind="TEAM"):
            for token in tokens_of(wave, group)[:1]:
                submit_response(token=token, answers=make_answers(wave), now=NOW)
                run_everything(NOW)

                assert look(client, addresses) == before

        close_and_seal(wave)
        assert look(client, addresses) != before  # whoever looks sees what changes
        assert len(addresses) > 15
        assert len(read_sums(client, campaign.code)) > 2


class TestWatcherOfCustomers:
    def test_learns_nothing_of_fewer_than_k(self, alice: User, organisation: Organisation) -> None:
        """Three months of customers, one after the other, with a look after each."""
        campaign = make_campaign(organisation.company, Audience.CUSTOMER)
        wave = make_open_wave(campaign, closes_at=NOW + timedelta(days=120))
        groups = list(Group.objects.filter(wave=wave, kind="TEAM").order_by("code"))
        client = Client()
        client.force_login(alice)
        looks: list[Sums] = [{}]
        for number, value in enumerate(3 * VALUES):
            put_boxes(wave, groups[number % len(groups)], [value])
            run_everything(NOW + timedelta(days=2.5 * number))
            looks.append(read_sums(client, campaign.code))

        assert len(looks[-1]) > 5
        assert list(compare(looks)) == []
        for before, after in pairwise(looks):
            assert before.items() <= after.items()  # nothing shown ever changes

    def test_learns_every_answer_from_live_means(self) -> None:
        said = 3 * VALUES
        live = [{("", "all", "mean"): (n, sum(said[:n]))} for n in range(len(said) + 1)]

        assert [one.mean for one in compare(live)] == list(said)

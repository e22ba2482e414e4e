"""What the product finds again of what was planted, in twenty organisations.

Answers take the product's own path, only without its database; test_recovery_stored shows that this
is the same. The suite compares last quarters and looks back in few organisations; `make soak` does
all of it with all of them.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import cache, partial

import pandas as pd
import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from survey.questionnaires.selectors import forget_content
from survey.samples.demo_questionnaires import store_questionnaires
from survey.samples.truth import CX_SCALES, EX_SCALES, PLACEBO, SHIPPED_TRUTH, Truth
from tests.samples.recovery import (
    PLANTED,
    SAMPLED_TRUTH,
    SEEDS,
    TRUTH_WITH_A_STRONG_LAG,
    TRUTH_WITHOUT_LAGS,
    count_leads,
    distances,
    explore,
    last_links,
    last_orders,
    share_held,
    visible_lag,
)
from tests.samples.released import Contents, read_contents

LEAST_SHARE_HELD = 0.90
FARTHEST = 0.06
MOST_OF_TWENTY, LEAST_Q = 2, 0.01
MANY_SEEDS = range(1, 201)
EACH_TRUTH = pytest.mark.parametrize(
    "truth", [SHIPPED_TRUTH, SAMPLED_TRUTH], ids=["exact", "sampled"]
)

pytestmark = pytest.mark.django_db

Study = Callable[[], tuple[pd.DataFrame, pd.DataFrame]]


class Undo(Exception):  # noqa: N818
    """Takes back what was stored."""


@pytest.fixture(scope="module")
def contents(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Contents:
    """What the demo organisation is asked, read from the database and taken back."""
    with django_db_blocker.unblock(), suppress(Undo), transaction.atomic():
        store_questionnaires()
        found = read_contents()
        raise Undo
    for content in found:
        forget_content(questionnaire_id=content.id)
    return found


@pytest.fixture(scope="module")
def exact(contents: Contents) -> pd.DataFrame:
    """The last quarters of organisations in which the planted links hold exactly."""
    return last_links(contents, SHIPPED_TRUTH, SEEDS)


@pytest.fixture(scope="module")
def sampled(contents: Contents) -> pd.DataFrame:
    """The last quarters of organisations drawn from a population with the planted links."""
    return last_links(contents, SAMPLED_TRUTH, SEEDS)


@pytest.fixture(scope="module")
def all_quarters(contents: Contents) -> Study:
    """All quarters of all organisations, for those who need them."""
    return cache(partial(explore, contents, SHIPPED_TRUTH, SEEDS))


def linked(links: pd.DataFrame) -> pd.DataFrame:
    return links[links.ex != PLACEBO]


class TestIntervals:
    def test_are_there_for_every_pair(self, exact: pd.DataFrame) -> None:
        assert len(exact) == len(SEEDS) * len(EX_SCALES) * len(CX_SCALES)
        assert exact[["r", "low", "high", "ceiling"]].notna().all(axis=None)

    def test_hold_the_planted_links_as_the_noise_lets_them_look(
        self, exact: pd.DataFrame, sampled: pd.DataFrame
    ) -> None:
        assert share_held(exact) >= LEAST_SHARE_HELD
        assert share_held(sampled) >= LEAST_SHARE_HELD

    def test_hold_exact_links_at_least_as_often(
        self, exact: pd.DataFrame, sampled: pd.DataFrame
    ) -> None:
        """Exact links leave out one source of chance, for which the intervals allow."""
        assert share_held(exact) >= share_held(sampled)

    def test_do_not_hold_the_planted_links_as_they_are(
        self, exact: pd.DataFrame, sampled: pd.DataFrame
    ) -> None:
        for links in (exact, sampled):
            assert share_held(linked(links), through_noise=False) < LEAST_SHARE_HELD


class TestDisattenuatedLinks:
    def test_are_less_than_half_as_far_from_the_planted_ones(self, exact: pd.DataFrame) -> None:
        corrected = distances(linked(exact), "disattenuated").abs()

        assert (corrected < distances(linked(exact), "r").abs() / 2).all()

    @pytest.mark.soak
    def test_lie_around_the_planted_ones(self, all_quarters: Study) -> None:
        links, _ = all_quarters()

        assert distances(links, "disattenuated").abs().max() <= FARTHEST
        assert distances(linked(links), "r").max() < -FARTHEST


class TestPlacebo:
    def test_is_seldom_found_linked(self, exact: pd.DataFrame, sampled: pd.DataFrame) -> None:
        links = pd.concat([exact, sampled])

        assert (links[links.ex == PLACEBO].p_value < 0.05).mean() <= 0.10
        assert (linked(links).p_value < 0.05).mean() > 0.20

    def test_alone_shows_no_lag_even_by_way_of_others(self) -> None:
        """Being seen goes with fairness, which leads; looked at alone, it leads a little too."""
        lag = partial(visible_lag, SHIPPED_TRUTH)

        assert lag(of=PLACEBO, on="treatment") == lag(of="treatment", on=PLACEBO) == 0
        assert lag(of="fairness", on="treatment") == pytest.approx(0.20)
        assert lag(of="seen", on="treatment") == pytest.approx(0.08, abs=0.02)

    @pytest.mark.soak
    def test_is_hardly_ever_said_to_come_before_or_after(self, all_quarters: Study) -> None:
        leads = count_leads(all_quarters()[1]).loc[PLACEBO]

        assert len(leads) == 2 * len(CX_SCALES)
        assert leads.n_said.max() <= MOST_OF_TWENTY
        assert leads.q.min() >= LEAST_Q


class TestWhoCameFirst:
    def test_is_not_told_of_the_placebo(self, contents: Contents, at_length: bool) -> None:
        seeds = SEEDS[: 2 if at_length else 1]
        leads = count_leads(last_orders(contents, SHIPPED_TRUTH, seeds)).loc[PLACEBO]

        assert leads.n_said.max() <= 1
        assert leads.q.min() >= LEAST_Q

    def test_is_told_where_somebody_clearly_did(self, contents: Contents) -> None:
        leads = count_leads(last_orders(contents, TRUTH_WITH_A_STRONG_LAG, [1])).xs(
            "ex", level="leader"
        )

        assert (leads.loc["fairness"].n_said == 1).all()
        assert leads.loc[PLACEBO].n_said.sum() == 0

    @pytest.mark.soak
    def test_is_hardly_ever_told_wrongly(self, all_quarters: Study) -> None:
        """Only fairness was planted to lead treatment; the others do so by way of it."""
        leads = count_leads(all_quarters()[1]).xs("ex", level="leader")

        assert leads.drop("fairness", level="ex").n_said.max() <= MOST_OF_TWENTY

    @pytest.mark.soak
    def test_is_hardly_ever_told_where_nobody_did(self, contents: Contents) -> None:
        leads = count_leads(last_orders(contents, TRUTH_WITHOUT_LAGS, SEEDS))

        assert len(leads) == 2 * len(PLANTED) * len(CX_SCALES)
        assert leads.n_said.max() <= MOST_OF_TWENTY
        assert leads.q.min() >= LEAST_Q


@pytest.mark.soak
@EACH_TRUTH
class TestManyOrganisations:
    def test_are_described_truly_on_average(self, contents: Contents, truth: Truth) -> None:
        links = last_links(contents, truth, MANY_SEEDS)

        assert 0.93 <= share_held(links) <= 0.99
        assert distances(links, "disattenuated").abs().max() <= FARTHEST
        assert share_held(linked(links), through_noise=False) < 0.85

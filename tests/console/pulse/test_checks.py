"""The page before a launch."""

from datetime import datetime, time, timedelta

import pytest

from survey.campaigns.models import Campaign, Pairing, Rhythm, Wave
from survey.campaigns.services.scheduling import set_schedule
from survey.console.pulse.checks import CheckPage, build_check_page
from survey.console.pulse.steps import Step
from survey.organization.models import Attribute, Membership, Person
from survey.questionnaires.models import Audience
from tests.cast import Organisation
from tests.console.waves import make_draft
from tests.factories.campaigns import make_draft as make_wave
from tests.factories.colleagues import make_colleagues, serve
from tests.factories.questionnaires import ItemFactory, make_scale, publish

pytestmark = pytest.mark.usefixtures("bank")


def check(wave: Wave, now: datetime) -> CheckPage:
    return build_check_page(wave=wave, now=now)


def titles(page: CheckPage, tone: str) -> list[str]:
    return [line.title for line in page.lines if line.tone == tone]


class TestBuildCheckPage:
    def test_says_what_a_launch_would_do(self, organisation: Organisation, now: datetime) -> None:
        page = check(make_draft(organisation, now), now)

        assert (page.can_launch, page.is_preparing) == (True, False)
        assert (page.button, page.recipients) == ("Send now", "18 people")
        assert page.sender.startswith("Alice <")
        assert titles(page, "bad") == []

    def test_says_by_what_figures_are_told(self, organisation: Organisation, now: datetime) -> None:
        Attribute.objects.create(code="tenure", name="Tenure")
        for number, person in enumerate(Person.objects.order_by("pk")):
            person.attributes = {"tenure": ("new", "long")[number < 3]}
            person.save()
        wave = make_draft(organisation, now)
        assert not any("Tenure" in one for one in titles(check(wave, now), "ok"))
        Campaign.objects.update(cut_codes=["tenure"])
        wave.campaign.refresh_from_db()

        page = check(wave, now)

        assert "The figures of everybody are also told by Tenure" in titles(page, "ok")
        assert any("By Tenure: fewer than 5" in one for one in titles(page, "warn"))

    def test_lists_every_arrow_with_its_ratings(
        self, organisation: Organisation, now: datetime
    ) -> None:
        serve(vars(organisation), "bakery>garden", "goods>kitchen", "goods>bakery")
        pairing = Pairing.objects.create(
            code="both",
            name="Both",
            ex=make_draft(organisation, now).campaign,
            cx=make_draft(organisation, now, Audience.CUSTOMER).campaign,
            colleague=(draft := make_wave(make_colleagues(organisation.company))).campaign,
        )

        page = check(draft, now)

        (line,) = [one for one in page.lines if one.arrows]
        assert line.title == "3 arrows are rated"
        assert [(one.name, one.n_people) for one in line.arrows] == [
            ("Bakery, as Garden sees it", 5),
            ("Goods, as Bakery sees it", 5),
            ("Goods, as Kitchen sees it", 5),
        ]
        assert "15 people are asked" in titles(page, "ok")
        said = " ".join(one.detail for one in page.lines)
        assert "15 ratings of 2 serving teams." in said
        assert f"beside “{pairing.name}”" in said

    def test_says_that_it_repeats_itself(self, organisation: Organisation, now: datetime) -> None:
        wave = make_draft(organisation, now)
        assert "It repeats itself" not in titles(check(wave, now), "ok")

        set_schedule(
            campaign=wave.campaign,
            now=now,
            rhythm=Rhythm.MONTH,
            first_date=now.date() + timedelta(days=7),
            letters_time=time(9),
        )
        (line,) = (line for line in check(wave, now).lines if line.title == "It repeats itself")

        assert line.step is Step.TIMING
        assert line.detail.startswith("Every month from")

    def test_says_which_letter_goes_out(self, organisation: Organisation, now: datetime) -> None:
        page = check(make_draft(organisation, now), now)

        assert (page.subject, page.reply_to) == ("A minute, please", "alice@example.org")

    def test_leads_to_the_step_in_which_each_line_is_mended(
        self, organisation: Organisation, now: datetime
    ) -> None:
        wave = make_draft(organisation, now)
        Campaign.objects.update(letter=None)
        Wave.objects.update(letter=None, closes_at=now)
        page = check(Wave.objects.get(pk=wave.pk), now)
        bad = {line.title.partition(":")[0]: line.step for line in page.lines if line.tone == "bad"}

        assert bad == {
            "There is no letter yet": Step.MESSAGE,
            "This wave would close before it opens": Step.TIMING,
        }

    def test_names_the_pools_of_small_teams(
        self, organisation: Organisation, now: datetime
    ) -> None:
        bakers = Membership.objects.filter(team=organisation.bakery, is_leader=False)
        Membership.objects.filter(pk__in=bakers[:3]).delete()
        page = check(make_draft(organisation, now), now)
        (line,) = (line for line in page.lines if line.pools)

        assert line.tone == "warn"
        assert any("Bakery" in pool.teams for pool in line.pools)

    def test_offers_no_launch_without_people(
        self, organisation: Organisation, now: datetime
    ) -> None:
        Membership.objects.all().delete()
        page = check(make_draft(organisation, now), now)

        assert not page.can_launch
        assert any("0 people" in title for title in titles(page, "bad"))

    def test_offers_no_launch_without_a_letter(
        self, organisation: Organisation, now: datetime
    ) -> None:
        wave = make_draft(organisation, now)
        Campaign.objects.update(letter=None)
        Wave.objects.update(letter=None)
        page = check(Wave.objects.get(pk=wave.pk), now)

        assert (page.can_launch, page.sender, page.subject) == (False, "", "")

    def test_says_what_is_asked_of_customers(
        self, organisation: Organisation, now: datetime
    ) -> None:
        wave = make_draft(organisation, now, Audience.CUSTOMER)
        page = check(wave, now)
        (line,) = (line for line in page.lines if line.title == "Customers of 3 teams")

        assert page.recipients == "customers"
        assert f"once in {wave.campaign.minimum_interval_days} days" in line.detail

    def test_schedules_a_later_opening(self, organisation: Organisation, now: datetime) -> None:
        later = make_draft(organisation, now, opens_at=now + timedelta(days=3))

        assert check(later, now).button == "Schedule for 5 March"
        assert check(later, now + timedelta(days=3)).button == "Send now"

    def test_warns_where_no_scale_is_asked_whole(
        self, organisation: Organisation, now: datetime
    ) -> None:
        others = make_draft(organisation, now, Audience.CUSTOMER).campaign
        wave = make_draft(organisation, now, compare_with_id=others.pk)
        assert any(line.detail.startswith("Compared with") for line in check(wave, now).lines)

        one = ItemFactory()
        make_scale("parts", [one, ItemFactory(), ItemFactory()])
        wave.questionnaire = publish([one])
        wave.save()
        page = check(wave, now)
        (line,) = (line for line in page.lines if line.title.startswith("Nothing in it can be"))

        assert (line.tone, line.step) == ("warn", Step.QUESTIONS)
        assert "parts" in line.detail.lower()
        assert "lacks 2 of its 3 questions." in line.detail
        assert not any(line.detail.startswith("Compared with") for line in page.lines)

    def test_waits_for_the_worker_and_tells_of_its_trouble(
        self, organisation: Organisation, now: datetime
    ) -> None:
        wave = make_draft(organisation, now)
        wave.launch_requested_at, wave.launch_problem = now, "The disk is full."
        page = check(wave, now)

        assert page.is_preparing
        assert ("bad", "The disk is full.") in {(line.tone, line.detail) for line in page.lines}

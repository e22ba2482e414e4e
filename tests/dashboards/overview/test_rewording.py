"""The overview where staff were asked in other words from one quarter to another."""

from django.test import Client

from survey.accounts.models import User
from survey.campaigns.models import Pairing
from tests.dashboards.overview.material import build
from tests.dashboards.rewording import reword, translate
from tests.dashboards.standings import Q1
from tests.stages import stage

pytest_plugins = ["tests.dashboards.overview.company"]
ITEM = "fair_overall_1"


def ask_anew(pairing: Pairing) -> None:
    """Let the last wave of staff have asked what the campaign asks now."""
    wave = pairing.ex.waves.latest("number")
    wave.questionnaire = pairing.ex.questionnaire
    wave.save()


@stage
def reworded(pairing: Pairing) -> Pairing:
    reword(pairing.ex, ITEM)
    ask_anew(pairing)
    return pairing


class TestOverview:
    def test_compares_nothing_over_a_change_of_words(self, alice: User, reworded: Pairing) -> None:
        page = build(alice, compare=Q1.isoformat())

        moved = {one.line.measure.name for one in page.headline.moved}
        assert "Fairness" not in moved
        (sentence,) = page.not_comparable
        assert sentence.startswith("Worded differently since Q1 2026: not comparable: Fairness")

    def test_breaks_the_course(self, alice: User, reworded: Pairing) -> None:
        courses = {one.name: one for one in build(alice).courses}

        assert courses["Fairness"].reworded_since == "Q3 2026"
        assert {one.reworded_since for name, one in courses.items() if name != "Fairness"} == {""}

    def test_goes_on_where_only_a_translation_was_added(
        self, alice: User, pairing: Pairing
    ) -> None:
        translate(pairing.ex, ITEM)
        ask_anew(pairing)

        page = build(alice, compare=Q1.isoformat())

        assert page.headline.sentences == ("Staff score “Fairness” higher than in Q1 2026.",)
        assert page.not_comparable == ()
        assert {one.reworded_since for one in page.courses} == {""}

    def test_says_so_on_the_page(self, client: Client, alice: User, reworded: Pairing) -> None:
        client.force_login(alice)

        html = client.get(f"/dashboards/overview/?compare={Q1}").content.decode()

        assert "Worded differently since Q1 2026: not comparable: Fairness" in html
        assert "Worded differently since Q3 2026: not comparable with what came before." in html

"""What the form of a new promise offers, and what becomes of it."""

from datetime import datetime

from survey.accounts.models import User
from survey.campaigns.models import Pairing
from survey.dashboards.access import find_reader
from survey.dashboards.promises.making import build_form, list_themes, save_promise
from tests.cast import Organisation
from tests.dashboards.team.staging import everywhere, release

pytest_plugins = ["tests.dashboards.team.company"]


class TestBuildForm:
    def test_starts_from_the_page_it_was_asked_for_on(
        self, alice: User, organisation: Organisation, now: datetime
    ) -> None:
        wanted = {"team": "bakery", "audience": "CUSTOMER"}
        form = build_form(find_reader(user=alice), None, wanted=wanted, today=now.date())

        assert form.initial["team"] == organisation.bakery.pk
        assert (form.initial["audience"], form.initial["who_name"]) == ("CUSTOMER", "Alice")

    def test_takes_no_nonsense_from_an_address(self, alice: User, now: datetime) -> None:
        wanted = {"team": "x", "audience": "PRESS"}
        form = build_form(find_reader(user=alice), None, wanted=wanted, today=now.date())

        assert (form.initial["team"], form.initial["audience"]) == (None, "EMPLOYEE")


class TestSavePromise:
    def test_answers_the_survey_that_was_released_last(
        self, alice: User, team_sides: Pairing, now: datetime
    ) -> None:
        release(team_sides.ex, everywhere("fair", 70.0))
        newest = release(team_sides.ex, everywhere("fair", 70.0))["bakery"].wave
        type(newest).objects.filter(pk=newest.pk).update(scale_codes=["fair", "fair_word"])
        reader = find_reader(user=alice)
        data = {
            "answer": "will", "audience": "EMPLOYEE", "what": "Paint", "who_name": "Jo",
            "due_date": now.date().isoformat(), "theme": "fair",
        }  # fmt: skip
        form = build_form(reader, data, wanted={}, today=now.date())
        assert form.is_valid(), form.errors

        made = save_promise(reader=reader, form=form, now=now)

        assert made.wave is not None
        assert made.wave.campaign == team_sides.ex
        assert made.theme == "fair"
        assert made.who == alice  # Jo has no account

    def test_offers_whole_scales_that_were_asked(self, team_sides: Pairing) -> None:
        assert list_themes() == []
        wave = release(team_sides.ex, everywhere("fair", 70.0))["bakery"].wave
        type(wave).objects.filter(pk=wave.pk).update(scale_codes=["fair", "fair_word"])

        assert [code for code, _ in list_themes()] == ["fair"]

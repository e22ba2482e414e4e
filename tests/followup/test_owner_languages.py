"""In which language the product writes to somebody who works with it."""

import pytest

from survey.accounts.models import User
from survey.followup.owner_languages import language_of
from survey.letters.models import Letter
from survey.organization.models import Person
from survey.questionnaires.models import Audience
from tests.cast import Organisation
from tests.factories.campaigns import make_campaign


class TestLanguageOf:
    def test_is_the_one_that_the_roster_knows(self, alice: User) -> None:
        Person.objects.create(
            external_id="1", name="Alice", email="ALICE@example.org", language="de"
        )

        assert language_of(user=alice) == "de"

    @pytest.mark.parametrize("language", ["fr", "en", "xx-broken"])
    def test_is_one_that_the_product_speaks(self, alice: User, language: str) -> None:
        Person.objects.create(external_id="1", name="Alice", email=alice.email, language=language)

        assert language_of(user=alice) == "en-gb"

    def test_is_else_that_of_the_newest_letter_to_people_who_work_here(
        self, organisation: Organisation, alice: User
    ) -> None:
        assert language_of(user=alice) == "en-gb"
        for audience, language in ((Audience.EMPLOYEE, "es"), (Audience.CUSTOMER, "ar")):
            campaign = make_campaign(organisation.company, audience)
            Letter.objects.filter(campaigns=campaign).update(language=language)

        assert language_of(user=alice) == "es"

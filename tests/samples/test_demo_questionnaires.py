"""What the demo organisation is asked."""

import pytest

from survey.questionnaires.models import Questionnaire, Scale
from survey.questionnaires.selectors import get_content
from survey.samples.demo_questionnaires import (
    QUARTERLY,
    find_questionnaire,
    store_questionnaires,
)
from survey.samples.truth import EX_SCALES, LIGHT_SCALES, PLACEBO
from survey.samples.words import STAFF


@pytest.mark.django_db
class TestStoreQuestionnaires:
    def test_asks_every_planted_scale_whole_and_for_words_and_nothing_else(self) -> None:
        store_questionnaires()
        content = get_content(questionnaire_id=find_questionnaire(QUARTERLY).pk)
        planted = {scale.code: set(scale.items) for scale in (*EX_SCALES, *LIGHT_SCALES)}

        assert {item.code for item in content.items} == {STAFF.item}.union(*planted.values())
        assert (
            planted.items()
            <= {scale.code: set(scale.item_codes) for scale in content.scales}.items()
        )

    def test_turns_the_items_round_that_the_simulation_turns_round(self) -> None:
        store_questionnaires()
        content = get_content(questionnaire_id=find_questionnaire(QUARTERLY).pk)
        turned = {scale.code: scale.reversed_codes for scale in content.scales}

        assert {scale.code: turned[scale.code] for scale in EX_SCALES} == {
            scale.code: scale.reversed_items for scale in EX_SCALES
        }

    def test_links_what_links_were_planted_for_and_no_light(self) -> None:
        store_questionnaires()
        content = get_content(questionnaire_id=find_questionnaire(QUARTERLY).pk)

        assert [scale.code for scale in content.linked_scales] == [
            scale.code for scale in EX_SCALES
        ]

    def test_plants_a_placebo_that_says_so(self) -> None:
        store_questionnaires()

        assert "false alarm" in Scale.objects.get(code=PLACEBO).construct.description

    def test_adds_nothing_a_second_time(self) -> None:
        store_questionnaires()
        before = Questionnaire.objects.count()
        store_questionnaires()

        assert Questionnaire.objects.count() == before


@pytest.mark.django_db
class TestFindQuestionnaire:
    def test_takes_the_newest_version(self) -> None:
        for version in (1, 3, 2):
            Questionnaire.objects.create(
                code="pulse", version=version, name="Pulse", audience="EMPLOYEE"
            )

        assert find_questionnaire("pulse").version == 3

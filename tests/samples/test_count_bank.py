"""The questionnaire of published counts."""

import pytest

from survey.questionnaires.models import Item, Questionnaire, Scale
from survey.questionnaires.selectors import get_content
from survey.samples.count_bank import AskedQuestionnaire, build_bank, store_questionnaire
from survey.samples.counts import PublishedItem, PublishedOption


def item(code: str, *scores: float | None, construct: str = "Fair play") -> PublishedItem:
    options = tuple(
        PublishedOption(value, f"option {value}", score)
        for value, score in enumerate(scores, start=1)
    )
    return PublishedItem("teacher", construct, code, options)


def store(*items: PublishedItem, code: str = "town-teacher") -> AskedQuestionnaire:
    return store_questionnaire(code=code, audience="teacher", asked="EMPLOYEE", items=items)


class TestBuildBank:
    def bank(self, *items: PublishedItem) -> dict[str, object]:
        bank = build_bank(
            code="town", prefix="teacher", audience="teacher", asked="EMPLOYEE", items=items
        )
        return {scale.code: scale for scale in bank.scales} | {"bank": bank}

    def test_makes_a_scale_of_each_construct_over_its_own_items(self) -> None:
        found = self.bank(
            item("Q 1", 0, 10), item("Q 2", 0, 5), item("Q 3", 0, 1, construct="Care")
        )

        assert found["teacher_fair_play"].items == ("teacher_q_1", "teacher_q_2")  # type: ignore[attr-defined]
        assert found["teacher_care"].items == ("teacher_q_3",)  # type: ignore[attr-defined]

    def test_scores_a_scale_between_the_published_ends(self) -> None:
        scale = self.bank(item("q1", 0, 5, 10, None), item("q2", 2, 4))["teacher_fair_play"]

        assert (scale.minimum, scale.maximum) == (0, 10)  # type: ignore[attr-defined]
        assert scale.favourable_from == 7.5  # type: ignore[attr-defined]

    def test_reads_on_in_a_sentence(self) -> None:
        scale = self.bank(item("q1", 0, 1))["teacher_fair_play"]

        assert scale.phrase == "fair play (teacher)"  # type: ignore[attr-defined]
        assert scale.name == "Fair play (teacher)"  # type: ignore[attr-defined]


@pytest.mark.django_db
class TestStoreQuestionnaire:
    def test_publishes_it_with_the_published_scores(self) -> None:
        asked = store(item("q1", 10, 5, None))
        content = get_content(questionnaire_id=asked.questionnaire.pk)

        assert asked.item_codes == {"q1": "teacher_q1"}
        assert asked.questionnaire.status == "PUBLISHED"
        assert [option.score for option in content.item("teacher_q1").options] == [10, 5, None]

    def test_stores_the_same_items_once(self) -> None:
        first, second = (store(item("q1", 0, 10)) for _ in range(2))

        assert first.item_codes == second.item_codes
        assert (Item.objects.count(), Questionnaire.objects.count()) == (1, 1)

    def test_numbers_another_scoring_of_the_same_construct(self) -> None:
        store(item("q1", 0, 10))
        other = store(item("q1", 0, 4), code="city-teacher")

        assert other.item_codes == {"q1": "teacher_2_q1"}
        assert set(Scale.objects.values_list("code", "maximum")) == {
            ("teacher_fair_play", 10),
            ("teacher_2_fair_play", 4),
        }

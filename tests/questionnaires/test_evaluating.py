"""Answering dry."""

from survey.questionnaires.content import SectionContent
from survey.questionnaires.evaluating import evaluate
from survey.questionnaires.models import ItemKind
from survey.questionnaires.routing import Circumstances
from tests.factories.questionnaires import item_content, questionnaire_content

WHY = item_content(
    "why", kind=ItemKind.LINE, is_required=True, shown_when={"item": "fair", "op": "<", "value": 3}
)
PULSE = questionnaire_content(
    item_content("fair"),
    WHY,
    item_content("late", section="north"),
    item_content("arabic", shown_when={"language": ["ar"]}),
    languages=("en", "ar"),
    sections=(
        SectionContent("north", shown_when={"attribute": "region", "op": "=", "value": "north"}),
    ),
)
NORTH = Circumstances(attributes={"region": "north"})


class TestEvaluate:
    def test_tells_what_is_shown_required_and_stored(self) -> None:
        dry = evaluate(PULSE, {"fair": "2", "why": "Nights", "late": 4}, language="en")

        assert dry.shown == ("fair", "why")
        assert dry.required == ("why",)
        assert (dry.stored_answers, dry.stored_texts) == ({"fair": 2}, {"why": "Nights"})
        assert dry.errors == ()

    def test_requires_only_what_is_shown(self) -> None:
        happy, unhappy = (evaluate(PULSE, {"fair": value}, language="en") for value in ("5", "1"))

        assert (happy.required, happy.errors) == ((), ())
        assert [(error.item, error.code) for error in unhappy.errors] == [("why", "missing")]

    def test_knows_the_occasion(self) -> None:
        dry = evaluate(PULSE, {"late": "4"}, circumstances=NORTH, language="en")

        assert (dry.shown, dry.stored_answers) == (("fair", "late"), {"late": 4})

    def test_asks_in_the_nearest_language_there_is(self) -> None:
        for language, shown in (("ar-EG", ("fair", "arabic")), ("fr", ("fair",))):
            assert evaluate(PULSE, {"fair": 5}, language=language).shown == shown

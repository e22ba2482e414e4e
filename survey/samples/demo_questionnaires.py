"""What the demo organisation is asked: shipped instruments, and one placebo."""

from survey.questionnaires.bank import (
    Bank,
    ConstructEntry,
    ItemEntry,
    QuestionnaireEntry,
    ScaleEntry,
    read_bank,
)
from survey.questionnaires.models import Audience, Questionnaire
from survey.questionnaires.services import load_bank, load_item_bank
from survey.samples.truth import EX_SCALES, LIGHT_SCALES, PLACEBO

QUARTERLY = "demo_quarterly"


def store_questionnaires() -> None:
    """Store the shipped item bank, the placebo, and the quarterly questionnaire made of both."""
    load_item_bank()
    agreement = next(item for item in read_bank().items if item.code == "fair_overall_1").options
    load_bank(
        bank=Bank(
            constructs=(
                ConstructEntry(
                    PLACEBO,
                    "Parking",
                    "How easy it is to park: planted to go with nothing, so that a link with it "
                    "would be a false alarm.",
                    "Written for the demo.",
                ),
            ),
            items=(
                ItemEntry(
                    PLACEBO, {"en": "I find a place to park without trouble."}, options=agreement
                ),
            ),
            scales=(
                ScaleEntry(
                    code=PLACEBO,
                    construct=PLACEBO,
                    name="Parking",
                    phrase="how easily people find a place to park",
                    minimum=1,
                    maximum=5,
                    favourable_from=4,
                    items=(PLACEBO,),
                ),
            ),
            questionnaires=(
                QuestionnaireEntry(
                    QUARTERLY,
                    "Quarterly pulse",
                    Audience.EMPLOYEE.value,
                    items=(
                        *(item for scale in (*EX_SCALES, *LIGHT_SCALES) for item in scale.items),
                        "recommend_work_why",
                    ),
                ),
            ),
        )
    )


def find_questionnaire(code: str) -> Questionnaire:
    """Return the newest version of a questionnaire."""
    return Questionnaire.objects.filter(code=code).latest("version")

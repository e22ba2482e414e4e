"""A company whose staff and customers were asked_sides the shipped questionnaires.

Staff were asked_sides in the first and the third quarter, customers in all three.
"""

from survey.campaigns.models import Campaign, Pairing
from survey.questionnaires.models import Audience, Questionnaire
from survey.questionnaires.services import load_item_bank
from tests.cast import Organisation
from tests.dashboards.overview.material import customers, make_release, staff
from tests.dashboards.standings import Q1, Q2, Q3, make_standing
from tests.stages import stage


@stage
def asked_sides(organisation: Organisation) -> Pairing:
    """Both sides of the company, joined; nothing is released yet."""
    load_item_bank()
    sides = {
        audience: Campaign.objects.create(
            code=audience.lower(), name=f"Survey of {audience.lower()}s", audience=audience,
            scope=organisation.company,
            questionnaire=Questionnaire.objects.filter(code=code).latest("version"),
        )
        for audience, code in (
            (Audience.EMPLOYEE, "pulse_long"),
            (Audience.CUSTOMER, "treatment"),
        )
    }  # fmt: skip
    return Pairing.objects.create(
        code="both", name="Both sides", ex=sides[Audience.EMPLOYEE], cx=sides[Audience.CUSTOMER]
    )


@stage
def pairing(asked_sides: Pairing, organisation: Organisation) -> Pairing:
    """Figures of the company, Food, Goods and Bakery, with a number of its own for each."""
    for at, scope in enumerate(
        (organisation.company, organisation.food, organisation.goods, organisation.bakery)
    ):
        for start, fairness in ((Q1, 60.0), (Q3, 71.1 + at)):
            make_standing(asked_sides.ex, scope, start, staff(fairness))
        for start, concern in ((Q1, 66.6), (Q2, 66.5), (Q3, 66.4 + at)):
            make_standing(asked_sides.cx, scope, start, customers(concern))
    for start in (Q1, Q3):
        make_release(asked_sides.ex, start, ["fairness", "passion", "recommend_work", "seen"])
    for start in (Q1, Q2, Q3):
        make_release(asked_sides.cx, start, ["treatment", "ease", "recommend"])
    return asked_sides

"""A questionnaire of thirty items: every kind, three languages, branches, piping and drawn items.

Whoever works where customers come ("shop", "road") is asked about them, the bakehouse about heat.
"""

from typing import Any

from survey.campaigns.models import Wave
from survey.questionnaires.documents import (
    Document,
    DocumentItem,
    DocumentScale,
    DocumentSection,
)
from survey.questionnaires.models import Questionnaire
from survey.questionnaires.services import import_document, publish_questionnaire
from tests.factories.campaigns import make_campaign, make_open_wave, make_teams
from tests.factories.thirty_words import (
    AGREEMENT,
    BAKEHOUSE,
    FEW_HOURS,
    LANGUAGES,
    PLACES,
    ROAD,
    SHOP,
    STATEMENTS,
    TOOLS,
    WISHES,
    YES_NO,
    ends,
    say,
)

POOL = tuple(f"agree_{number}" for number in range(3, 9))
N_DRAWN = 3
N_PEOPLE = 6


def _days() -> DocumentSection:
    few = {"item": "hours", "op": "<", "value": FEW_HOURS}
    bounds = say(
        "Write your hours, from 1 to 60",
        "Escriba sus horas, de 1 a 60",
        "اكتب ساعاتك، من 1 إلى 60",
    )
    items = (
        DocumentItem(
            "welcome",
            say(
                "These questions are about your work with {{fact:team}}.",
                "Estas preguntas son sobre su trabajo con {{fact:team}}.",
                "هذه الأسئلة عن عملك مع {{fact:team}}.",
            ),
            kind="NOTE",
        ),
        DocumentItem(
            "place",
            say("Where do you work most?", "¿Dónde trabaja más?", "أين تعمل أكثر؟"),
            options=PLACES,
            settings={"shuffles_options": True},
            allows_cant_say=False,
            is_required=True,
        ),
        DocumentItem(
            "since",
            say("When did you start?", "¿Cuándo empezó?", "متى بدأت؟"),
            kind="DATE",
            settings={"minimum": "1990-01-01", "maximum": "2026-12-31"},
        ),
        DocumentItem(
            "hours",
            say("How many hours a week?", "¿Cuántas horas a la semana?", "كم ساعة في الأسبوع؟"),
            kind="NUMBER",
            hints=say("In a usual week.", "En una semana normal.", "في أسبوع عادي."),
            settings={
                "minimum": 1,
                "maximum": 60,
                "decimals": 1,
                "messages": {"out_of_range": bounds},
            },
        ),
        DocumentItem(
            "more_hours",
            say(
                "Would you like more hours?", "¿Le gustaría tener más horas?", "هل تود ساعات أكثر؟"
            ),
            options=YES_NO,
            shown_when=few,
        ),
        DocumentItem(
            "why_few",
            say(
                "Why is it {{item:hours}} hours?",
                "¿Por qué son {{item:hours}} horas?",
                "لماذا {{item:hours}} ساعة؟",
            ),
            kind="LINE",
            shown_when=few,
        ),
    )
    return DocumentSection("days", items, say("Your days", "Sus días", "أيامك"))


def _statements() -> DocumentSection:
    heading = say("How far do you agree?", "¿Hasta qué punto está de acuerdo?", "إلى أي مدى توافق؟")
    items = tuple(
        DocumentItem(f"agree_{number}", texts, options=AGREEMENT)
        for number, texts in enumerate(STATEMENTS, start=1)
    )
    return DocumentSection("agree", items, heading)


def _scale(section: DocumentSection) -> DocumentScale:
    codes = tuple(item.code for item in section.items)
    return DocumentScale("agree", "agreement", "Agreement", "how far people agree", 1, 5, codes)


def _tools() -> DocumentSection:
    something = {"all": [{"item": "broken", "op": "answered"}, {"not": _nothing_broke()}]}
    items = (
        DocumentItem(
            "broken",
            say("What broke this month?", "¿Qué se rompió este mes?", "ما الذي تعطّل هذا الشهر؟"),
            kind="MULTIPLE",
            options=TOOLS,
            settings={"shuffles_options": True, "max_choices": 3},
        ),
        DocumentItem(
            "wishes",
            say(
                "What matters most to you?", "¿Qué es lo más importante?", "ما الأهم بالنسبة إليك؟"
            ),
            kind="RANKING",
            options=WISHES,
            settings={"shuffles_options": True},
        ),
        DocumentItem(
            "ease",
            say("How easy is a day here?", "¿Es fácil un día aquí?", "ما مدى سهولة يومك هنا؟"),
            kind="RATING",
            options=ends(
                ("very hard", "muy difícil", "صعب جدًا"), ("very easy", "muy fácil", "سهل جدًا")
            ),
        ),
        DocumentItem(
            "repaired",
            say("When was it mended?", "¿Cuándo se reparó?", "متى أُصلِح؟"),
            kind="DATE",
            hints=say("{{item:broken}}", "{{item:broken}}", "{{item:broken}}"),
            shown_when=something,
        ),
        DocumentItem(
            "repair_days",
            say("How many days lost?", "¿Cuántos días perdidos?", "كم يومًا ضاع؟"),
            kind="NUMBER",
            settings={"minimum": 0},
            shown_when=something,
        ),
    )
    return DocumentSection("tools", items, say("Your tools", "Sus herramientas", "أدواتك"))


def _nothing_broke() -> dict[str, Any]:
    return {"item": "broken", "op": "contains", "value": 0}


def _customers() -> DocumentSection:
    items = (
        DocumentItem(
            "about_customers",
            say("Think of today.", "Piense en hoy.", "فكّر في هذا اليوم."),
            kind="NOTE",
        ),
        DocumentItem(
            "thanked",
            say("Did a customer thank you?", "¿Le dio las gracias un cliente?", "هل شكرك زبون؟"),
            options=YES_NO,
        ),
        DocumentItem(
            "queue",
            say("How many were waiting?", "¿Cuántos esperaban?", "كم كان عدد المنتظرين؟"),
            kind="NUMBER",
            settings={"minimum": 0, "maximum": 500},
        ),
        DocumentItem(
            "story",
            say("What did a customer say?", "¿Qué dijo un cliente?", "ماذا قال زبون؟"),
            kind="TEXT",
            asks_for_playback=True,
        ),
    )
    heading = say("Your customers", "Sus clientes", "زبائنك")
    there = {"item": "place", "op": "in", "value": [SHOP, ROAD]}
    return DocumentSection("customers", items, heading, shown_when=there)


def _bakehouse() -> DocumentSection:
    items = (
        DocumentItem(
            "heat",
            say("Is it too hot there?", "¿Hace demasiado calor?", "هل الحرارة شديدة هناك؟"),
            options=YES_NO,
        ),
        DocumentItem(
            "nights",
            say("How many nights a month?", "¿Cuántas noches al mes?", "كم ليلة في الشهر؟"),
            kind="NUMBER",
            settings={"minimum": 0, "maximum": 31},
        ),
        DocumentItem(
            "recipe",
            say("Which recipe is yours?", "¿Qué receta es suya?", "أي وصفة هي وصفتك؟"),
            kind="LINE",
        ),
    )
    heading = say("The bakehouse", "El obrador", "المخبز")
    there = {"item": "place", "op": "=", "value": BAKEHOUSE}
    return DocumentSection("bakehouse", items, heading, shown_when=there)


def _last() -> DocumentSection:
    low = ("not at all likely", "nada probable", "غير محتمل إطلاقًا")
    high = ("extremely likely", "muy probable", "محتمل للغاية")
    items = (
        DocumentItem(
            "recommend",
            say("Would you recommend us?", "¿Nos recomendaría?", "هل توصي بنا؟"),
            kind="RATING",
            options=ends(low, high),
        ),
        DocumentItem(
            "reason",
            say(
                "Why {{item:recommend}} of 10?",
                "¿Por qué {{item:recommend}} de 10?",
                "لماذا {{item:recommend}} من 10؟",
            ),
            kind="TEXT",
        ),
        DocumentItem(
            "one_thing",
            say("What one thing would you change?", "¿Qué cambiaría?", "ما الشيء الذي ستغيّره؟"),
            kind="LINE",
        ),
        DocumentItem(
            "goodbye", say("That was all.", "Eso era todo.", "كان هذا كل شيء."), kind="NOTE"
        ),
    )
    return DocumentSection("last", items, say("All in all", "En conjunto", "بوجه عام"))


def thirty_items() -> Document:
    """Return the document."""
    sections = (_days(), _statements(), _tools(), _customers(), _bakehouse(), _last())
    return Document(
        "thirty",
        "A year at the bakery",
        "EMPLOYEE",
        LANGUAGES,
        sections,
        settings={"sample": {"pool": list(POOL), "n": N_DRAWN}},
        scales=(_scale(sections[1]),),
    )


def publish_thirty() -> Questionnaire:
    """Take the document in and publish it."""
    draft = import_document(document=thirty_items()).questionnaire
    publish_questionnaire(questionnaire_id=draft.pk)
    draft.refresh_from_db()
    return draft


def ask_thirty(**when: Any) -> Wave:
    """Ask a team of six."""
    teams = make_teams({"bakery": None}, {"bakery": N_PEOPLE})
    campaign = make_campaign(teams["bakery"], questionnaire=publish_thirty())
    return make_open_wave(campaign, **when)

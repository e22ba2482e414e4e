"""The words of the thirty items' answers, in three languages."""

from typing import Any

from survey.questionnaires.documents import DocumentOption

LANGUAGES = ("en", "es", "ar")
SHOP, BAKEHOUSE, ROAD, ELSEWHERE = 1, 2, 3, 9
FEW_HOURS = 20


def say(english: str, spanish: str, arabic: str) -> dict[str, str]:
    """Return a text in all languages."""
    return dict(zip(LANGUAGES, (english, spanish, arabic), strict=True))


def option(value: int, *words: str, **flags: Any) -> DocumentOption:
    """Return an answer to choose, worded in all languages."""
    return DocumentOption(value, say(*words), **flags)


def ends(low: tuple[str, str, str], high: tuple[str, str, str]) -> tuple[DocumentOption, ...]:
    """Return the ends of a scale from 0 to 10."""
    return option(0, *low, score=0), option(10, *high, score=10)


YES_NO = (option(1, "Yes", "Sí", "نعم"), option(2, "No", "No", "لا"))
OTHER = ("Somewhere else, or something else", "En otro sitio, u otra cosa", "مكان آخر أو شيء آخر")
AGREEMENT = (
    option(5, "Strongly agree", "Muy de acuerdo", "أوافق بشدة", score=5),
    option(4, "Agree", "De acuerdo", "أوافق", score=4),
    option(3, "Neither", "Ni lo uno ni lo otro", "لا هذا ولا ذاك", score=3),
    option(2, "Disagree", "En desacuerdo", "لا أوافق", score=2),
    option(1, "Strongly disagree", "Muy en desacuerdo", "لا أوافق بشدة", score=1),
)
PLACES = (
    option(SHOP, "At the counter", "En el mostrador", "عند طاولة البيع"),
    option(BAKEHOUSE, "In the bakehouse", "En el obrador", "في المخبز"),
    option(ROAD, "On the road", "En el reparto", "على الطريق"),
    option(ELSEWHERE, *OTHER, is_other=True),
)
TOOLS = (
    option(1, "The oven", "El horno", "الفرن", is_fixed=True),
    option(2, "The till", "La caja", "صندوق الدفع"),
    option(3, "The van", "La furgoneta", "الشاحنة"),
    option(4, "The mixer", "La amasadora", "العجّانة"),
    option(9, *OTHER, is_other=True),
    option(0, "None of these", "Nada de esto", "لا شيء مما سبق", is_exclusive=True),
)
WISHES = (
    option(1, "Pay", "El sueldo", "الأجر"),
    option(2, "Time off", "El tiempo libre", "أوقات الراحة"),
    option(3, "The team", "El equipo", "الفريق"),
    option(4, "Learning", "Aprender", "التعلّم"),
)
STATEMENTS = (
    say("I am treated with respect.", "Me tratan con respeto.", "أُعامَل باحترام."),
    say("My ideas are heard.", "Se escuchan mis ideas.", "تُسمَع أفكاري."),
    say("My rota is known in time.", "Sé mi turno con tiempo.", "أعرف نوبتي في وقتها."),
    say("My work is seen.", "Se ve mi trabajo.", "عملي مرئي."),
    say("Faults are put right soon.", "Los fallos se corrigen pronto.", "تُصلَح الأخطاء سريعًا."),
    say("I can ask for help.", "Puedo pedir ayuda.", "يمكنني طلب المساعدة."),
    say("I learn new things here.", "Aquí aprendo cosas nuevas.", "أتعلّم هنا أشياء جديدة."),
    say("Decisions are explained.", "Se explican las decisiones.", "تُشرَح لنا القرارات."),
)

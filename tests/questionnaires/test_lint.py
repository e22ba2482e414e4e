"""Hints: bad wordings get the right one, good ones none."""

import re
from typing import Any

import pytest

from survey.questionnaires.bank import read_bank
from survey.questionnaires.documents import (
    Document,
    DocumentItem,
    DocumentOption,
    DocumentSection,
)
from survey.questionnaires.lint import SENTENCES, estimate_seconds, lint_document
from survey.questionnaires.models import ItemKind
from survey.questionnaires.pages import SECONDS

AGREEMENT = {
    "en": (
        "Strongly agree",
        "Agree",
        "Neither agree nor disagree",
        "Disagree",
        "Strongly disagree",
    ),
    "es": (
        "Muy de acuerdo",
        "De acuerdo",
        "Ni lo uno ni lo otro",
        "En desacuerdo",
        "Nada de acuerdo",
    ),
    "de": ("Stimme voll zu", "Stimme zu", "Weder noch", "Stimme nicht zu", "Stimme gar nicht zu"),
    "ar": ("أوافق بشدة", "أوافق", "محايد", "لا أوافق", "لا أوافق إطلاقا"),
}
BAD = [
    ("en", "My manager is fair and helpful.", "double_barrelled"),
    ("en", "My rota is fair as well as on time.", "double_barrelled"),
    ("en", "The food & the room were fine.", "double_barrelled"),
    ("en", "My friends and family know, and my manager asks.", "double_barrelled"),
    ("en", "My manager does not listen.", "negation"),
    ("en", "I don’t feel rushed.", "negation"),
    ("en", "Nobody here is left behind.", "negation"),
    ("en", "I would not leave without a reason.", "double_negation"),
    ("en", "It is not unfair here.", "double_negation"),
    ("en", "Don’t you think the rota is better?", "leading"),
    ("en", "How great was our service?", "leading"),
    ("en", "Do you agree that Ruth is kind?", "leading"),
    ("en", "Our stakeholders trust us.", "jargon"),
    ("en", "I am empowered here.", "jargon"),
    (
        "en",
        "In the last four weeks, whenever I had to change my plans late in the day, somebody in my "
        "team offered to help me.",
        "too_long",
    ),
    ("es", "Mi jefa es justa y amable.", "double_barrelled"),
    ("es", "Me gustan el horario así como la paga.", "double_barrelled"),
    ("es", "Mi jefe no me escucha.", "negation"),
    ("es", "Nunca tengo prisa.", "negation"),
    ("es", "No me iría sin una razón.", "double_negation"),
    ("es", "¿No cree que el horario es mejor?", "leading"),
    ("es", "Hay sinergias en mi equipo.", "jargon"),
    ("de", "Meine Chefin ist fair und freundlich.", "double_barrelled"),
    ("de", "Sie ist sowohl fair als auch freundlich.", "double_barrelled"),
    ("de", "Mein Chef hört nicht zu.", "negation"),
    ("de", "Ich habe kein Vertrauen.", "negation"),
    ("de", "Es ist hier nicht ungerecht.", "double_negation"),
    ("de", "Wie großartig war unsere Hilfe?", "leading"),
    ("de", "Unsere Stakeholder vertrauen uns.", "jargon"),
    ("ar", "مديري عادل ويساعدني دائما.", "double_barrelled"),
    ("ar", "أحب الطعام والمكان.", "double_barrelled"),
    ("ar", "مديري لا يسمعني.", "negation"),
    ("ar", "لا أرحل بدون سبب.", "double_negation"),
    ("ar", "ألا تعتقد أن الجدول أفضل؟", "leading"),
    ("ar", "يثق بنا أصحاب المصلحة.", "jargon"),
]
GOOD = [
    ("en", "My friends and family know where I work."),
    ("en", "I can choose between early and late shifts."),
    ("en", "Health and safety come first here."),
    ("en", "I felt seen as a person, not a number."),
    ("en", "They did something extra I did not expect."),
    ("en", "People here do small things that nobody asked for."),
    ("en", "I can say what I think without fear."),
    ("en", "How likely are you to recommend us to a friend?"),
    ("en", "I understand what is expected of me."),
    ("en", "Another hand would help my team."),
    ("en", "Notes from the day before help me."),
    ("en", "I am told why decisions are made (rota and pay)."),
    ("en", "You told us {{item:story}}. Did it get better?"),
    ("es", "Mis amigos y familia saben dónde trabajo."),
    ("es", "Puedo elegir entre mañana y tarde."),
    ("es", "La salud y seguridad son lo primero."),
    ("es", "Me tratan con respeto."),
    ("es", "Puedo decir lo que pienso sin miedo."),
    ("es", "Mi jefa nota cuando trabajo bien."),
    ("es", "Ayer me dieron las gracias."),
    ("de", "Meine Freunde und Familie wissen, wo ich arbeite."),
    ("de", "Ich kann zwischen früh und spät wählen."),
    ("de", "Der Arbeits- und Gesundheitsschutz ist gut."),
    ("de", "Ab und zu dankt mir jemand."),
    ("de", "Ich werde mit Respekt behandelt."),
    ("de", "Ich kann ohne Angst sagen, was ich denke."),
    ("de", "Meine Stunden passen zu meinem Leben."),
    ("ar", "أعامل باحترام في عملي."),
    ("ar", "وظيفتي واضحة لي."),
    ("ar", "أجد الوقت لعملي."),
    ("ar", "والدي يعرف أين أعمل."),
    ("ar", "يعرف الأهل والأصدقاء أين أعمل."),
    ("ar", "أختار بين الصباح والمساء."),
    ("ar", "ما زال فريقي معي."),
    ("fr", "Mon chef est juste et gentil, et il ne ment jamais."),  # not looked at: no French words
]


def options(*labels: str, language: str = "en", **changes: Any) -> tuple[DocumentOption, ...]:
    """Return scored options, the most favourable first."""
    values = range(len(labels), 0, -1)
    return tuple(
        DocumentOption(value, {language: label}, score=value, **changes)
        for value, label in zip(values, labels, strict=True)
    )


def item(text: str = "I am heard.", language: str = "en", **changes: Any) -> DocumentItem:
    labels = AGREEMENT.get(language, AGREEMENT["en"])
    fields: dict[str, Any] = {"options": options(*labels, language=language)}
    return DocumentItem("q", {language: text}, **fields | changes)


def document(*items: DocumentItem, **settings: Any) -> Document:
    return Document("d", "D", "EMPLOYEE", ("en",), (DocumentSection("s", items),), settings)


def hints(*items: DocumentItem, language: str = "en", **settings: Any) -> list[str]:
    found = lint_document(document(*items, **settings), language=language)
    return [hint.code for hint in found]


class TestWordings:
    @pytest.mark.parametrize(("language", "text", "code"), BAD)
    def test_that_are_hard_get_a_hint(self, language: str, text: str, code: str) -> None:
        assert hints(item(text, language), language=language) == [code]

    @pytest.mark.parametrize(("language", "text"), GOOD)
    def test_that_are_plain_get_none(self, language: str, text: str) -> None:
        assert hints(item(text, language), language=language) == []

    def test_of_two_things_may_stand_where_people_answer_in_words(self) -> None:
        text = "What happened, and what would have helped?"

        assert hints(item(text, kind=ItemKind.TEXT, options=())) == []
        assert hints(item(text, kind=ItemKind.NOTE, options=())) == []

    def test_get_one_hint_for_each_word_of_offices(self) -> None:
        text = "Synergies of stakeholders help; stakeholders know."

        assert hints(item(text)) == ["jargon"] * 2

    def test_of_regional_languages_are_read_as_their_own(self) -> None:
        text = "Mi jefa es justa y amable."
        one = DocumentItem("q", {"es-MX": text}, kind=ItemKind.NUMBER)

        assert hints(one, language="es-MX") == ["double_barrelled"]


class TestAnswers:
    @pytest.mark.parametrize(
        ("one", "code"),
        [
            (item(allows_cant_say=False), "no_cant_say"),
            (item(kind=ItemKind.NUMBER, options=(), allows_cant_say=False), "no_cant_say"),
            (item(kind=ItemKind.TEXT, options=(), is_required=True), "required_open"),
            (item(options=options("5", "4", "3")), "unlabelled"),
            (item(kind=ItemKind.RATING, options=()), "unlabelled"),
            (item(options=options("Excellent", "Good", "Poor")), "unbalanced"),
            (item(options=options("Good", "Bad", "Terrible")), "unbalanced"),
            (item(options=options("Very good", "Good", "Bad", "Very bad")), "no_neutral"),
            (item("¿Qué tal?", "es"), "missing_translation"),
            (item(options=options("Sí", "No", language="es")), "missing_translation"),
            (item(hints={"es": "Hoy"}), "missing_translation"),
        ],
    )
    def test_that_are_missing_or_lean_to_a_side_get_a_hint(
        self, one: DocumentItem, code: str
    ) -> None:
        assert code in hints(one)

    @pytest.mark.parametrize("language", AGREEMENT)
    def test_on_two_sides_with_a_middle_get_none(self, language: str) -> None:
        assert hints(item("…", language), language=language) == []

    @pytest.mark.parametrize("language", AGREEMENT)
    def test_that_lean_to_a_side_are_told_in_every_language(self, language: str) -> None:
        labels = AGREEMENT[language][:4]
        one = item("…", language, options=options(*labels, language=language))

        assert hints(one, language=language) == ["unbalanced"]

    def test_need_no_cant_say_where_one_means_it(self) -> None:
        unknown = DocumentOption(9, {"en": "I don’t know"})
        none = DocumentOption(9, {"en": "None of these"}, is_exclusive=True)
        scored = item(options=(*options("Yes", "No"), unknown), allows_cant_say=False)
        several = item(kind=ItemKind.MULTIPLE, options=(none,), allows_cant_say=False)

        assert hints(scored, several) == []

    def test_at_the_ends_of_a_rating_are_enough(self) -> None:
        ends = (
            DocumentOption(0, {"en": "not at all likely"}, score=0),
            DocumentOption(10, {"en": "extremely likely"}, score=10),
        )

        assert hints(item(kind=ItemKind.RATING, options=ends)) == []


class TestTheWhole:
    def test_should_have_eight_questions_at_most(self) -> None:
        note = item("Thank you.", kind=ItemKind.NOTE, options=())

        assert hints(*[item()] * 8, note) == []
        assert hints(*[item()] * 9) == ["too_many_items"]

    def test_counts_what_is_drawn_not_what_could_be(self) -> None:
        items = [
            DocumentItem(f"q{number}", {"en": "?"}, kind=ItemKind.NUMBER) for number in range(12)
        ]
        pool = [one.code for one in items[1:]]

        assert hints(*items, sample={"pool": pool, "n": 7}) == []
        assert hints(*items, sample={"pool": pool, "n": 8}) == ["too_many_items"]

    def test_should_ask_for_own_words_twice_at_most(self) -> None:
        story = item(kind=ItemKind.TEXT, options=())

        assert hints(*[story] * 2) == []
        assert hints(*[story] * 3) == ["too_many_open"]


class TestHints:
    def test_name_the_item_and_the_word(self) -> None:
        (hint,) = lint_document(document(item("It is fair and quick.")), language="en")

        assert (hint.where, hint.language) == ("q", "en")
        assert hint.sentence.startswith("“and” may ask two things at once")

    def test_are_one_sentence_each(self) -> None:
        for sentence in map(str, SENTENCES.values()):
            assert re.fullmatch(r"[^.!?]+[.?]", sentence)

    def test_of_the_shipped_bank_are_one(self) -> None:
        bank = [
            DocumentItem(
                entry.code,
                entry.texts,
                entry.kind,
                hints=entry.hints,
                options=tuple(DocumentOption(**option) for option in entry.options),
                allows_cant_say=entry.allows_cant_say,
            )
            for entry in read_bank().items
        ]

        found = [hint for one in bank for hint in lint_document(document(one), language="en")]

        # "I trust that my answers cannot be traced to me": the thing itself is that it cannot.
        assert [(hint.where, hint.code) for hint in found] == [("survey_trust_1", "negation")]


class TestEstimateSeconds:
    def test_adds_up_all_kinds(self) -> None:
        every = document(*(item(kind=kind) for kind in ItemKind))

        assert estimate_seconds(every) == sum(SECONDS.values())
        assert estimate_seconds(document(item(), item(kind=ItemKind.TEXT))) == 10 + 45

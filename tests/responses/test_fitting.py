"""Whatever the pages take is stored: no drawn order of theirs keeps a box from fitting its wave."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.public import PrivateKey

from survey.campaigns.models import Group, Wave
from survey.campaigns.selectors import content_of, get_link
from survey.questionnaires.content import OptionContent
from survey.questionnaires.documents import (
    Document,
    DocumentItem,
    DocumentOption,
    DocumentSection,
)
from survey.questionnaires.models import ItemKind
from survey.questionnaires.services import import_document, publish_questionnaire
from survey.questionnaires.turns import begin, take_turn
from survey.responses.boxes import BoxContent, BoxError, BoxOpener, seal_box
from survey.responses.opening import BoxReader
from survey.responses.services import submit_answers
from tests.factories.campaigns import NOW, make_campaign, make_open_wave, make_teams, tokens_of
from tests.factories.questionnaires import item_content, questionnaire_content
from tests.factories.responses import close_and_seal
from tests.questionnaires.test_agreement import Trial, go_through, trials

GROUP = 7
SIZE = 8192
KEYS = PrivateKey.generate()
OPENER = BoxOpener(bytes(KEYS), size=SIZE)
OPTIONS = tuple(
    DocumentOption(number, {"en": str(number)}, score=number) for number in (1, 2, 3, 4)
)
TICKED = ["1", "3", "4"]


def through_a_box(content: BoxContent) -> BoxContent:
    """Seal answers and open them again."""
    return OPENER.open(seal_box(public_key=bytes(KEYS.public_key), size=SIZE, content=content))


class TestBoxReader:
    @given(trials(), st.integers(0, 2**48))
    def test_takes_whatever_the_pages_have_taken(self, trial: Trial, seed: int) -> None:
        taken = go_through(trial, seed)[1]
        if taken is None:
            return
        sent = BoxContent(GROUP, taken.answers, taken.texts, taken.leaves)

        kept = BoxReader(trial.content, [GROUP]).fit(through_a_box(sent))

        assert kept == sent
        of_questionnaire = [item.code for item in trial.content.items if item.code in kept.answers]
        assert list(kept.answers) == of_questionnaire

    def test_takes_ticks_that_wait_in_an_order_once_drawn(self) -> None:
        content = questionnaire_content(item_content("a"), item_content("b", kind="MULTIPLE"))
        kept = BoxReader(content, [GROUP]).fit(BoxContent(GROUP, {"b": [3, 1], "a": 2}))

        assert list(kept.answers.items()) == [("a", 2), ("b", [1, 3])]

    def test_keeps_the_order_of_a_ranking(self) -> None:
        options = tuple(OptionContent(value, None, {"en": str(value)}) for value in (1, 2, 3))
        ranking = item_content("a", kind=ItemKind.RANKING, options=options)
        sent = BoxContent(GROUP, {"a": [3, 1, 2]})

        assert BoxReader(questionnaire_content(ranking), [GROUP]).fit(sent) == sent

    def test_refuses_what_no_page_would_take(self) -> None:
        content = questionnaire_content(item_content("b", kind=ItemKind.MULTIPLE))
        for value in ([1, 1], [9], [[1]], "1"):
            with pytest.raises(BoxError):
                BoxReader(content, [GROUP]).fit(BoxContent(GROUP, {"b": value}))  # type: ignore[dict-item]


@pytest.mark.django_db
class TestShuffledPages:
    @pytest.fixture
    def wave(self) -> Wave:
        teams = make_teams({"top": None, "a": "top"}, {"a": 12})
        items = [
            DocumentItem(code, {"en": f"How is {code}?"}, kind="CHOICE", options=OPTIONS)
            for code in ("one", "two", "three")
        ]
        words, settings = {"en": "Which?"}, {"shuffles_options": True}
        ticks = DocumentItem("ticks", words, kind="MULTIPLE", options=OPTIONS, settings=settings)
        section = DocumentSection("all", (*items, ticks))
        shuffles = {"shuffles_items": True}
        document = Document("drawn", "Drawn", "EMPLOYEE", ("en",), (section,), settings=shuffles)
        questionnaire = import_document(document=document).questionnaire
        publish_questionnaire(questionnaire_id=questionnaire.pk)
        return make_open_wave(make_campaign(teams["top"], questionnaire=questionnaire))

    def test_lose_no_answer_and_leave_no_trace_of_their_order(self, wave: Wave) -> None:
        content = content_of(wave=wave)
        sent = {"one": "1", "two": "2", "three": "3", "ticks": TICKED}
        orders = set()
        for token in tokens_of(wave, Group.objects.get(wave=wave, code="a")):
            page = begin(content, "en")
            orders.add(tuple(question.name for question in page.questions))
            answers = take_turn(content, {page.state_field: page.state, **sent}, "en").answers
            assert answers is not None
            submit_answers(
                link=get_link(token=token, now=NOW), token=token, answers=answers, now=NOW
            )
        close_and_seal(wave)

        stored = [row.answers["answers"] for row in wave.responses.all()]
        assert stored == [{"one": 1, "two": 2, "three": 3, "ticks": [1, 3, 4]}] * 12
        assert len({tuple(answers) for answers in stored}) == 1 < len(orders)
        assert wave.n_discarded == 0

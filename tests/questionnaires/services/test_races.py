"""Two people who begin a draft at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from survey.questionnaires.models import Questionnaire
from survey.questionnaires.services import (
    copy_questionnaire,
    draft_questionnaire,
    drafting,
    import_document,
    next_version,
    publish_questionnaire,
)
from tests.questionnaires.services.test_transfer import DOCUMENT

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer"),
]


@pytest.fixture
def source() -> Questionnaire:
    questionnaire = import_document(document=DOCUMENT).questionnaire
    publish_questionnaire(questionnaire_id=questionnaire.pk)
    return questionnaire


@pytest.fixture
def looks_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let two look for a free code before either of them takes one."""
    gate, make_code, looks = Barrier(2), drafting.make_code, iter((True, True))

    def look(*args: Any, **kwargs: Any) -> str:
        code = make_code(*args, **kwargs)
        if next(looks, False):
            gate.wait(timeout=30)
        return code

    monkeypatch.setattr(drafting, "make_code", look)


def both(begin: Callable[[], Questionnaire]) -> list[Questionnaire]:
    """Return what two get who begin at once."""
    gate = Barrier(2)

    def one(_: int) -> Questionnaire:
        try:
            gate.wait(timeout=30)
            return begin()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(one, range(2)))


class TestTwoNextVersions:
    def test_are_one_draft(self, source: Questionnaire) -> None:
        first, second = both(lambda: next_version(questionnaire_id=source.pk))

        assert (first, first.version) == (second, 2)


@pytest.mark.usefixtures("looks_at_once")
class TestTwoNewQuestionnairesOfOneName:
    def test_get_codes_of_their_own(self) -> None:
        made = both(
            lambda: draft_questionnaire(name="Pulse", audience="EMPLOYEE", languages=["en"])
        )

        assert {(one.code, one.version) for one in made} == {("pulse", 1), ("pulse_2", 1)}

    def test_get_codes_of_their_own_as_copies(self, source: Questionnaire) -> None:
        made = both(lambda: copy_questionnaire(questionnaire_id=source.pk, name="Pulse"))

        assert {one.code for one in made} == {"pulse", "pulse_2"}

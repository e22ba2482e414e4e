"""An administrator who knows where everybody works and which language they speak.

They come after the seal, read which questions each response has answers to, and look for people who
were asked just these.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from unittest import mock

import pytest

from survey.campaigns.models import Group, Wave
from survey.campaigns.occasions import circumstances_of
from survey.campaigns.selectors import content_of, get_link
from survey.organization.models import Membership, Person
from survey.questionnaires.documents import (
    Document,
    DocumentItem,
    DocumentOption,
    DocumentSection,
)
from survey.questionnaires.models import Questionnaire
from survey.questionnaires.services import import_document, publish_questionnaire
from survey.questionnaires.turns import take_turn
from survey.responses.models import Comment
from survey.responses.services import submit_answers
from tests.factories.campaigns import NOW, make_campaign, make_open_wave, make_teams, tokens_of
from tests.factories.responses import close_and_seal

pytestmark = pytest.mark.django_db

Condition = Mapping[str, Any]
LANGUAGES = ("en", "ar")
OPTIONS = tuple(
    DocumentOption(number, dict.fromkeys(LANGUAGES, str(number)), score=number) for number in (1, 2)
)
SENT = {"fair": "1", "quay": "2", "story": "Cold there."}
IN_ARABIC: Condition = {"language": ["ar"]}
AT_THE_HARBOUR: Condition = {"attribute": "site", "op": "=", "value": "harbour"}
FEWEST = 5


@dataclass(frozen=True)
class Known:
    """Where somebody works, whose answers are stored together, and whether they were asked all."""

    team: str
    was_asked_all: bool


def ask(condition: Condition) -> Questionnaire:
    """Ask everybody one thing, and some people two more."""

    def item(code: str, shown_when: Condition | None, **changes: Any) -> DocumentItem:
        return DocumentItem(code, dict.fromkeys(LANGUAGES, code), shown_when=shown_when, **changes)

    items = (
        item("fair", None, kind="CHOICE", options=OPTIONS),
        item("quay", condition, kind="CHOICE", options=OPTIONS),
        item("story", {"item": "quay", "op": "answered"}, kind="TEXT"),
    )
    section = DocumentSection("all", items)
    document = Document("asked", "Asked", "EMPLOYEE", LANGUAGES, (section,))
    questionnaire = import_document(document=document).questionnaire
    publish_questionnaire(questionnaire_id=questionnaire.pk)
    return questionnaire


def play(condition: Condition, people: Sequence[tuple[str, str]]) -> tuple[Wave, list[Known]]:
    """Let people, told by team and language, answer and seal; the harbour is where team a works."""
    teams = make_teams({"all": None, "a": "all", "b": "all"}, {"a": 20, "b": 20})
    for code, site in (("a", "harbour"), ("b", "hill")):
        there = Membership.objects.filter(team=teams[code]).values("person")
        Person.objects.filter(pk__in=there).update(attributes={"site": site})
    wave = make_open_wave(make_campaign(teams["all"], questionnaire=ask(condition)))
    content = content_of(wave=wave)
    tokens = {
        code: iter(tokens_of(wave, Group.objects.get(wave=wave, code=code))) for code in ("a", "b")
    }
    known = []
    for team, language in people:
        token = next(tokens[team])
        link = get_link(token=token, now=NOW)
        occasion = circumstances_of(link=link, content=content, now=NOW, token=token)
        turn = take_turn(content, SENT, language, circumstances=occasion)
        assert turn.answers is not None
        submit_answers(link=link, token=token, answers=turn.answers, now=NOW)
        known.append(Known(team, "quay" in turn.answers.answers))
    close_and_seal(wave)
    return wave, known


def narrow_down(wave: Wave, known: Sequence[Known]) -> int:
    """Return among how few responses the attacker finds the person they know best."""
    n_in_team = {team: sum(one.team == team for one in known) for team in ("a", "b")}
    found = []
    for one in known:
        at = one.team if n_in_team[one.team] >= FEWEST else "all"
        rows = wave.responses.filter(group__code=at)
        keys = [frozenset(row.answers["answers"]) for row in rows]
        asked = {"fair", "quay"} if one.was_asked_all else {"fair"}
        found.append(keys.count(frozenset().union(*keys) & asked))
    return min(found)


SPEAKS_ALONE = [("a", "en")] * 11 + [("a", "ar")]
ALL_BUT_ONE = [("a", "ar")] * 11 + [("a", "en")]
FEW_AT_THE_HARBOUR = [("a", "en")] * 2 + [("b", "en")] * 3
ENOUGH = [("a", "en")] * 6 + [("a", "ar")] * 5
CASES = pytest.mark.parametrize(
    ("condition", "people"),
    [
        (IN_ARABIC, SPEAKS_ALONE),
        (IN_ARABIC, ALL_BUT_ONE),
        ({"not": IN_ARABIC}, SPEAKS_ALONE),
        (AT_THE_HARBOUR, FEW_AT_THE_HARBOUR),
    ],
)


class TestAdministrator:
    @CASES
    def test_finds_nobody_by_what_they_were_asked(
        self, condition: Condition, people: list[tuple[str, str]]
    ) -> None:
        wave, known = play(condition, people)

        assert narrow_down(wave, known) >= FEWEST
        assert wave.responses.count() == len(people)
        assert not Comment.objects.exists()
        assert wave.unkept_items == ["quay", "story"]

    @CASES
    def test_finds_somebody_where_everything_is_stored(
        self, condition: Condition, people: list[tuple[str, str]]
    ) -> None:
        with mock.patch("survey.responses.storing.list_telling", return_value=frozenset()):
            wave, known = play(condition, people)

        assert narrow_down(wave, known) < FEWEST

    def test_leaves_answers_alone_that_enough_people_gave(self) -> None:
        wave, known = play(IN_ARABIC, ENOUGH)

        assert narrow_down(wave, known) == FEWEST
        assert Comment.objects.count() == FEWEST
        assert wave.unkept_items == []

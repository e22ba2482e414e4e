"""Why something cannot be said in a talk."""

import ast
from pathlib import Path

import pytest

from survey.followup.conversations import (
    ConversationClosedError,
    NoWordsError,
    TooLongError,
    TooManyMessagesError,
)
from survey.followup.refusals import say_refusal

VIEWS = ("survey/answering/talk/views.py", "survey/dashboards/talk/views.py")


class TestSayRefusal:
    @pytest.mark.parametrize(
        ("refusal", "words"),
        [
            (NoWordsError(), "Write something first."),
            (TooLongError(), "longer than 1500 characters"),
            (TooManyMessagesError(), "twenty times"),
            (ConversationClosedError(), "It has ended."),
        ],
    )
    def test_says_it_in_words(self, refusal: Exception, words: str) -> None:
        assert words in say_refusal(refusal, otherwise="It has ended.")

    @pytest.mark.parametrize("path", VIEWS)
    def test_stands_once_for_both_sides(self, path: str) -> None:
        tree = ast.parse(Path(path).read_text(encoding="utf-8"))

        names = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        assert "_say_why" not in names

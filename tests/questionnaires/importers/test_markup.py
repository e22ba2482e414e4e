"""HTML of strangers as plain text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.questionnaires.importers.markup import (
    drop_unwritable,
    escape_markup,
    read_markup,
)
from survey.questionnaires.reading import UNWRITABLE


class TestReadMarkup:
    @pytest.mark.parametrize(
        ("source", "text", "lost"),
        [
            ("a  <  b & c", "a  <  b & c", ()),
            ("<p>One</p><p>Two<br>Three</p>", "One\nTwo\nThree", ()),
            ("Tea&nbsp;&amp; cake &#x41;&lt;b&gt;", "Tea & cake A<b>", ()),
            ("<script>alert(1)</script>Hi", "Hi", ("a script",)),
            ("<scr<script>ipt>alert(1)</script>Hi", "ipt>alert(1)Hi", ("a script",)),
            ("<style>p {}</style>Hi", "Hi", ("a style sheet",)),
            ("<b onmouseover='x()'>Hi</b>", "Hi", ("an event handler",)),
            ("<img src=x onerror=alert(1)>Hi", "Hi", ("an event handler", "a picture")),
            ("<a href='javascript:x'>here</a>", "here", ("where a link leads",)),
            ("<iframe src='//x'></iframe>Hi", "Hi", ("a page inside the page",)),
            ("<table><tr><td>a</td><td>b</td></tr></table>", "a b", ("the layout of a table",)),
            ("Hi\0\x1b \ud800", "Hi", ("characters that cannot be shown",)),
            ("&#0;&#x1b;x", "\ufffdx", ()),
            ("<!-- no --><![CDATA[y]]>z", "z", ()),
            ("<p dir='rtl'>مرحبا</p>", "مرحبا", ()),
        ],
    )
    def test_keeps_words_and_tells_what_is_lost(
        self, source: str, text: str, lost: tuple[str, ...]
    ) -> None:
        plain = read_markup(source)

        assert (plain.text, plain.lost) == (text, lost)

    def test_reads_no_endless_text(self) -> None:
        plain = read_markup("<b>" * 50_000)

        assert plain.text == ""
        assert plain.lost == ("what stands after 100,000 characters or 2,000 tags",)

    @given(st.text(st.characters() | st.sampled_from("<>&;!/\"'="), max_size=80))
    def test_leaves_nothing_that_cannot_be_stored(self, source: str) -> None:
        assert not UNWRITABLE.search(read_markup(source).text)


class TestEscapeMarkup:
    @given(st.text(st.characters(codec="utf-8") | st.sampled_from("<>&;#!/"), max_size=60))
    def test_is_undone_by_reading(self, text: str) -> None:
        writable = " ".join(drop_unwritable(text).split())

        assert read_markup(escape_markup(writable)).text == writable

    def test_changes_no_text_without_markup(self) -> None:
        assert escape_markup("a < b & c") == "a < b & c"

"""Whatever is done to the bytes of a file: it is imported, or refused with a reason."""

import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.questionnaires.importers import (
    ImportedQuestionnaire,
    ImportRefusedError,
    read_file,
)
from tests.questionnaires.importers.makers import asked, displays, qsf
from tests.questionnaires.importers.samples import RICH

PIECES = st.sampled_from(
    [b"", b"\0", b"<", b">", b"&", b"]]>", b"\xff", b'"', b"{", b"}", b"[", b"-1", b"${", b"1e999"]
) | st.binary(max_size=6)


@st.composite
def mangled(draw: st.DrawFn, data: bytes) -> bytes:
    """Draw bytes with some pieces of them cut out, exchanged or said twice."""
    for _each in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        length = draw(st.integers(0, 40))
        put = draw(PIECES | st.just(data[at : at + 20] * 2))
        data = data[:at] + put + data[at + length :]
    return data


def is_taken_well(data: bytes) -> bool:
    """Say whether a file was imported; anything but a refusal with a reason is an error."""
    try:
        imported = read_file("fuzz", data)
    except ImportRefusedError as error:
        refused = error
    else:
        return isinstance(imported, ImportedQuestionnaire)
    assert refused.where
    assert refused.why
    return False


def repacked(data: bytes, name: str, part: bytes) -> bytes:
    """Return a zip with one part exchanged."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", 8) as new:
        for each in old.namelist():
            new.writestr(each, part if each == name else old.read(each))
    return buffer.getvalue()


class TestMangledFiles:
    @pytest.mark.parametrize("kind", RICH)
    def test_are_imported_or_refused(self, kind: str) -> None:
        @settings(max_examples=60, deadline=None)
        @given(mangled(RICH[kind]))
        def check(data: bytes) -> None:
            is_taken_well(data)

        check()

    @settings(max_examples=50, deadline=None)
    @given(st.data())
    def test_are_imported_or_refused_where_the_zip_is_whole(self, data: st.DataObject) -> None:
        form = RICH["xlsform"]
        with zipfile.ZipFile(BytesIO(form)) as archive:
            name = data.draw(st.sampled_from(archive.namelist()))
            part = data.draw(mangled(archive.read(name)))

        is_taken_well(repacked(form, name, part))

    @pytest.mark.parametrize("kind", RICH)
    def test_are_read_before_they_are_mangled(self, kind: str) -> None:
        assert is_taken_well(RICH[kind])

    @settings(max_examples=80, deadline=None)
    @given(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(["Payload", "Choices", "1", "Flow", "Type", "Language", "0"]),
                    inner,
                    max_size=3,
                )
            ),
            max_leaves=12,
        ),
        st.sampled_from(
            ["QuestionText", "Choices", "Answers", "DisplayLogic", "Language", "Validation"]
        ),
        st.sampled_from(["MC", "Matrix", "TE", "RO", "SBS", "Slider", "NPS", "CS"]),
    )
    def test_of_values_of_the_wrong_kind_hurt_nobody(
        self, value: object, field: str, kind: str
    ) -> None:
        payload = asked(
            "QID1", kind, "Likert", Choices=displays("a", "b"), Answers=displays("c", "d")
        )

        is_taken_well(qsf(payload | {field: value}, asked("QID2", "TE", "SL")))

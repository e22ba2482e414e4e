from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.public import PrivateKey, SealedBox

from survey.campaigns.sizes import box_size
from survey.questionnaires.answers import longest_answer_bytes, read_answers
from survey.responses.boxes import BoxContent, BoxError, TooLongForBoxError, open_box, seal_box
from survey.responses.return_keys import box_digest
from tests.factories.questionnaires import item_content, questionnaire_content

KEY = PrivateKey(b"k" * 32)
PUBLIC = bytes(KEY.public_key)
SIZE = 2048
ODD = [
    b"[Infinity, {}, {}, {}]",
    b"[NaN, {}, {}, {}]",
    b"[" * 1500,
    b'["7", {}, {}, {}]',
    b"[7, {}, {}, {}, 5]",
]
CONTENT = BoxContent(7, {"fair_1": 4, "fair_2": None}, {"story": "“Kind”\n"}, {"story": "NONE"})


def seal(content: BoxContent = CONTENT, *, size: int = SIZE) -> bytes:
    return seal_box(public_key=PUBLIC, size=size, content=content)


class TestSealBox:
    def test_gives_back_what_was_put_in(self) -> None:
        assert open_box(private_key=bytes(KEY), box=seal()) == CONTENT

    @given(st.text(max_size=300))
    def test_makes_boxes_of_one_size(self, story: str) -> None:
        text = story.encode("utf-8", "ignore").decode()

        box = seal(BoxContent(7, {}, {"story": text}, {}), size=4096)

        assert len(box) == len(seal(size=4096))
        assert open_box(private_key=bytes(KEY), box=box).texts == {"story": text}

    def test_carries_the_digest_of_a_return_key_in_a_box_of_the_same_size(self) -> None:
        content = replace(CONTENT, return_digest=box_digest(key="k"))

        box = seal(content)

        assert open_box(private_key=bytes(KEY), box=box) == content
        assert len(box) == len(seal())

    def test_never_makes_the_same_box_twice(self) -> None:
        assert seal() != seal()

    def test_refuses_what_does_not_fit(self) -> None:
        with pytest.raises(TooLongForBoxError):
            seal(BoxContent(7, {}, {"story": "x" * SIZE}, {}))

    def test_holds_the_longest_answers_a_questionnaire_allows(self) -> None:
        items = [item_content(f"item_{n}") for n in range(30)]
        items += [item_content("story", kind="TEXT", asks_for_playback=True)]
        content = questionnaire_content(*items)
        posted: dict[str, object] = {f"item_{n}": 5 for n in range(30)}
        longest = "\U0001f600" * 1500
        read = read_answers(content=content, posted={**posted, "story": longest})

        size = box_size(longest=longest_answer_bytes(content=content))

        assert read.errors == ()
        digest = box_digest(key="k")
        fields = (2**62, read.answers, read.texts, read.leaves)
        seal(BoxContent(*fields, return_digest=digest), size=size)


class TestOpenBox:
    def test_opens_boxes_of_before_there_were_return_keys(self) -> None:
        plain = b'[7,{"fair_1":4},{"story":"Kind"},{"story":"NONE"}]\x80'
        box = SealedBox(KEY.public_key).encrypt(plain.ljust(SIZE, b"\0"))

        opened = open_box(private_key=bytes(KEY), box=box)

        assert opened == BoxContent(7, {"fair_1": 4}, {"story": "Kind"}, {"story": "NONE"})

    def test_refuses_a_box_for_another_key(self) -> None:
        with pytest.raises(BoxError):
            open_box(private_key=b"o" * 32, box=seal())

    @pytest.mark.parametrize("damage", [lambda b: b[:-1], lambda b: b[:-1] + b"?", lambda b: b""])
    def test_refuses_a_damaged_box(self, damage: Callable[[bytes], bytes]) -> None:
        with pytest.raises(BoxError):
            open_box(private_key=bytes(KEY), box=damage(seal()))

    @pytest.mark.parametrize(
        "plain", [b"", b"not JSON", b"[1, 2]", b'{"a": 1}', b"[1, 2, 3, 4]", *ODD]
    )
    def test_refuses_what_is_not_an_answer_set(self, plain: bytes) -> None:
        padded = (plain + b"\x80").ljust(SIZE, b"\0")

        with pytest.raises(BoxError):
            open_box(private_key=bytes(KEY), box=SealedBox(KEY.public_key).encrypt(padded))


class TestBoxSize:
    @pytest.mark.parametrize(("longest", "size"), [(0, 1024), (893, 1024), (894, 2048)])
    def test_is_a_whole_number_of_kibibytes(self, longest: int, size: int) -> None:
        assert box_size(longest=longest) == size

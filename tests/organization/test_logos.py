"""Tests of logos: a picture comes out, and nothing else."""

from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from survey.organization.logos import MOST_KEPT, Logo, LogoError, read_logo

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'


def picture(kind: str = "PNG", size: tuple[int, int] = (300, 90), **options: object) -> bytes:
    written = BytesIO()
    Image.new("RGB", size, "#0F6B6B").save(written, kind, **options)
    return written.getvalue()


def drawing(inside: str) -> str:
    return read_logo(SVG.format(inside).encode()).data.decode()


class TestPictures:
    @pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
    def test_come_out_as_small_pictures(self, kind: str) -> None:
        logo = read_logo(picture(kind, (1600, 800)))

        assert logo.media_type == "image/png"
        with Image.open(BytesIO(logo.data)) as drawn:
            assert drawn.size == (224, 112)

    def test_lose_what_is_not_picture(self) -> None:
        note = PngImagePlugin.PngInfo()
        note.add_text("Author", "Ruth Miller <script>")
        data = picture(pnginfo=note)
        assert b"Ruth" in data
        assert b"Ruth" not in read_logo(data).data

    def test_are_kept_light(self) -> None:
        noise = Image.effect_noise((480, 112), 90).convert("RGB")
        written = BytesIO()
        noise.save(written, "PNG")
        assert len(written.getvalue()) > MOST_KEPT
        assert len(read_logo(written.getvalue()).data) <= MOST_KEPT

    @pytest.mark.parametrize(
        "data",
        [b"", b"GIF89a", picture()[:60], b"%PDF-1.7", picture("BMP"), b"\x00" * 99, b"MZ\x90\x00"],
        ids=["empty", "short", "cut off", "pdf", "another kind", "zeros", "program"],
    )
    def test_are_refused_when_they_are_none(self, data: bytes) -> None:
        with pytest.raises(LogoError):
            read_logo(data)

    def test_are_refused_before_they_fill_the_memory(self) -> None:
        with pytest.raises(LogoError, match="16 million"):
            read_logo(picture(size=(5000, 5000)))
        with pytest.raises(LogoError, match="2 MB"):
            read_logo(b"\x89PNG" + b"\x00" * 2_097_152)

    @given(st.binary(max_size=400))
    def test_are_read_or_refused_whatever_comes(self, data: bytes) -> None:
        for start in (b"", b"<svg ", picture()[:50], b"RIFF\x10\x00\x00\x00WEBP"):
            with suppress(LogoError):
                assert isinstance(read_logo(start + data), Logo)


class TestDrawings:
    def test_keep_their_shapes_and_looks(self) -> None:
        shown = drawing('<g fill="#0F6B6B"><path d="M0 0h9v9z" style="stroke: red;x:y"/></g>')
        assert 'd="M0 0h9v9z"' in shown
        assert 'fill="#0F6B6B"' in shown
        assert 'stroke="red"' in shown

    def test_keep_colours_that_run_into_each_other(self) -> None:
        run = '<linearGradient id="a"><stop offset="0" stop-color="red"/></linearGradient>'
        assert 'fill="url(#a)"' in drawing(f'{run}<rect width="9" height="9" fill="url(#a)"/>')

    @pytest.mark.parametrize(
        "inside",
        [
            "<script>alert(1)</script>",
            '<path d="M0 0" onload="alert(1)"/>',
            '<a href="javascript:alert(1)"><path d="M0 0"/></a>',
            '<image href="https://evil.example/x.png"/>',
            '<use href="https://evil.example/x.svg#a"/>',
            '<path d="M0 0" fill="url(https://evil.example/a)"/>',
            '<path d="M0 0" style="fill:url(//evil.example/a)"/>',
            '<style>@import "https://evil.example/a.css"</style>',
            "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'>evil</body></foreignObject>",
            '<animate attributeName="href" values="javascript:alert(1)"/>',
            '<set attributeName="onmouseover" to="alert(1)"/>',
            '<x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>',
            "<!-- evil --><?php evil ?>",
            '<path d="M0 0" xlink:href="data:evil" xmlns:xlink="http://www.w3.org/1999/xlink"/>',
        ],
    )
    def test_lose_all_that_could_act(self, inside: str) -> None:
        shown = drawing(f'<path d="M1 1"/>{inside}')
        assert "M1 1" in shown
        for word in ("alert", "evil", "script", "import", "xhtml", "data:", "onload", "php"):
            assert word not in shown

    @pytest.mark.parametrize(
        "text",
        [
            '<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
            "<svg><path",
            "<html><svg/></html>",
            "<svg xmlns='http://www.w3.org/2000/svg'/>",
            "<?xml version='1.0' encoding='no-such'?><svg/>",
            SVG.format("<g>" * 70 + "<path d='M0 0'/>" + "</g>" * 70),
            SVG.format("<path d='M0 0'/>" * 5000),
        ],
        ids=["entity", "cut off", "page", "empty", "encoding", "deep", "heavy"],
    )
    def test_are_refused_when_they_cannot_be_read(self, text: str) -> None:
        with pytest.raises(LogoError):
            read_logo(text.encode())

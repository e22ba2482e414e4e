"""How long work reports that it moves."""

import io

import pytest
from tqdm import tqdm

from survey.samples.progress import Progress, Silence


def work(progress: Progress) -> None:
    progress.reset(total=10)
    progress.set_description("sealing")
    progress.update(3)
    progress.update(7)


class TestProgress:
    def test_fits_a_bar_as_it_is(self) -> None:
        out = io.StringIO()
        with tqdm(file=out, mininterval=0) as bar:
            work(bar)

        assert (bar.n, bar.total) == (10, 10)
        assert "sealing" in out.getvalue()


class TestSilence:
    def test_says_nothing(self, capsys: pytest.CaptureFixture[str]) -> None:
        work(Silence())

        assert capsys.readouterr() == ("", "")

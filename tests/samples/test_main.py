"""The command line of the demo."""

from unittest import mock

import pytest

from survey.samples import __main__ as command


class TestMain:
    @pytest.mark.parametrize(("argument", "status"), [("--help", 0), ("--nonsense", 2)])
    def test_starts_nothing_where_help_is_wanted(
        self, argument: str, status: int, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with mock.patch.object(command, "serve_demo") as serve, pytest.raises(SystemExit) as ended:
            command.main([argument])

        assert (ended.value.code, serve.called) == (status, False)
        assert "survey.samples" in "".join(capsys.readouterr())

    def test_serves_the_demo_where_nothing_is_said(self) -> None:
        with mock.patch.object(command, "serve_demo", return_value=0) as serve:
            assert command.main([]) == 0
        assert serve.called

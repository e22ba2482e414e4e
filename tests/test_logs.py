"""What a log line still says of an address."""

import logging
import sys

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied

from config.gunicorn import logconfig_dict
from config.logs import WithoutTokens, WithoutTracesOfRefusals

TOKEN = "mF3-x_9"


def cleaned(message: str, *arguments: object) -> str:
    record = logging.LogRecord("web", logging.INFO, "", 0, message, arguments, None)
    assert WithoutTokens().filter(record)
    return record.getMessage()


class TestWithoutTokens:
    @pytest.mark.parametrize("kind", ["r", "o", "heard", "heard/stop", "stop", "call", "c", "try"])
    def test_blanks_out_the_token_of_every_link(self, kind: str) -> None:
        assert cleaned("GET /%s/%s/ 200", kind, TOKEN) == f"GET /{kind}/[link]/ 200"

    @pytest.mark.parametrize("rest", ["", "/", "/thanks/", "?lang=en", "/?lang=en", "/thanks/?a=b"])
    def test_blanks_out_what_follows_the_token(self, rest: str) -> None:
        assert cleaned(f"GET /r/{TOKEN}{rest} 200") == "GET /r/[link]/ 200"

    def test_blanks_out_the_token_before_the_page_of_a_call(self) -> None:
        assert cleaned(f"GET /r/{TOKEN}/call/ 200") == "GET /r/[link]/call/ 200"

    def test_blanks_out_every_link_of_a_line(self) -> None:
        line = cleaned(f"/r/{TOKEN}/ from https://h.example/stop/{TOKEN}/")

        assert TOKEN not in line
        assert line.count("[link]") == 2

    @pytest.mark.parametrize(
        ("message", "arguments"),
        [
            ("GET /dashboards/linkage/?period=2026-04-01 200", ()),
            ("GET /console/waves/7/ 200", ()),
            ("GET /dashboards/calls/7/ 200", ()),
            ("%d boxes, 100 %% read", (3,)),
        ],
    )
    def test_leaves_every_other_line_as_it_is(
        self, message: str, arguments: tuple[object, ...]
    ) -> None:
        assert cleaned(message, *arguments) == (message % arguments if arguments else message)

    def test_takes_a_per_cent_sign_beside_a_link(self) -> None:
        assert cleaned(f"100% of /r/{TOKEN}/") == "100% of /r/[link]/"

    def test_stands_in_front_of_every_log_of_the_web_server(self) -> None:
        handlers = [*settings.LOGGING["handlers"].values(), *logconfig_dict["handlers"].values()]

        assert handlers
        assert all("without_tokens" in one["filters"] for one in handlers)


class TestWithoutTracesOfRefusals:
    @pytest.mark.parametrize(
        ("logger", "status", "is_kept"),
        [("django.request", 403, False), ("django.request", 500, True), ("survey", 403, True)],
    )
    def test_says_in_one_line_that_somebody_may_not(
        self, logger: str, status: int, is_kept: bool
    ) -> None:
        try:
            raise PermissionDenied
        except PermissionDenied:
            record = logging.LogRecord(logger, logging.WARNING, "", 0, "No", (), sys.exc_info())
        record.status_code = status

        assert WithoutTracesOfRefusals().filter(record)
        assert ("Traceback" in logging.Formatter().format(record)) is is_kept

    def test_stands_in_front_of_the_log(self) -> None:
        assert "without_traces" in settings.LOGGING["handlers"]["console"]["filters"]

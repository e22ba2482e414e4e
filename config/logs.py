"""What the logs must not know."""

import logging
import re

FORBIDDEN = 403
TOKEN_PATHS = re.compile(r"/(r|o|heard/stop|heard|stop|call|c|try)/[^/\s?]+(/thanks)?/?(\?\S*)?")


class WithoutTracesOfRefusals(logging.Filter):
    """Say in one line that somebody may not do something: nothing went wrong in the program."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Take the traceback off a refusal; no line is dropped."""
        if record.name == "django.request" and getattr(record, "status_code", 0) == FORBIDDEN:
            record.exc_info = record.exc_text = None
        return True


class WithoutTokens(logging.Filter):
    """Blank out the tokens and queries of respondents' addresses in every log line."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the finished message; no line is dropped."""
        message = record.getMessage()
        clean = TOKEN_PATHS.sub(r"/\1/[link]/", message)
        if clean != message:
            record.msg, record.args = clean, None
        return True

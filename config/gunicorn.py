"""The web server: no access log, and no respondent's address in its error log."""

import gc
import os
from importlib import import_module

from gunicorn.glogging import Logger  # type: ignore[import-untyped]


class WithoutAccessLog(Logger):  # type: ignore[misc]  # gunicorn tells no types
    """Writes down no request; gunicorn's own makes every line before it drops it."""

    def access(self, *_told: object) -> None:
        """Write nothing."""


workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
preload_app = True
timeout = 30
graceful_timeout = 20
max_requests = 10_000
max_requests_jitter = 1_000
accesslog = None
control_socket_disable = True  # nobody uses it, and two servers of one user would share it
logger_class = WithoutAccessLog
logconfig_dict = {
    "filters": {"without_tokens": {"()": "config.logs.WithoutTokens"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "generic",
            "filters": ["without_tokens"],
        }
    },
    "root": {"level": "INFO", "handlers": ["console"]},
    "loggers": {"gunicorn.error": {"handlers": ["console"], "propagate": False}},
}


def when_ready(server: object) -> None:
    """Leave what the product is made of out of later collections: they pause a page noticeably."""
    import_module("config.urls")  # else every worker reads the pages anew, at its first request
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)  # a page of a large cascade makes so many objects

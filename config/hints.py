"""Messages to the workers are hints: one that was overtaken by its own work says nothing new."""

import time
from typing import TYPE_CHECKING, Any

from celery import Task

if TYPE_CHECKING:
    AnyTask = Task[Any, Any]
else:
    AnyTask = Task  # generic for the type checker only

SENT_AT = "sent_at"


class HintedTask(AnyTask):
    """A task that is skipped where this process has begun the same one since the hint was sent.

    Every stage looks for all due work, so such a hint has been answered. Without this a machine
    that is slower than its timetable would work through old hints and reach new work late.
    """

    abstract = True
    began_at: float = 0.0

    def apply_async(self, *args: Any, **options: Any) -> Any:
        """Send a hint that says when it was sent."""
        options["headers"] = {**(options.get("headers") or {}), SENT_AT: time.time()}
        return super().apply_async(*args, **options)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Do the work unless it has been begun since."""
        if self._was_answered():
            return None
        self.began_at = time.time()
        return super().__call__(*args, **kwargs)

    def _was_answered(self) -> bool:
        sent_at = (self.request.headers or {}).get(SENT_AT)
        return sent_at is not None and sent_at < self.began_at

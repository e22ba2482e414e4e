"""Django's PostgreSQL, which learns whether its server has hung up without asking it each time."""

import select

from django.db import OperationalError
from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose health check is a look at its socket."""

    def is_usable(self) -> bool:
        """Say whether the connection still works.

        A server that has nothing to say leaves an idle socket silent; one that shuts down, or ends
        a connection, says so at once, and only then is it asked. After an error the connection is
        made anew: a statement prepared on it may be out of date after a migration.
        """
        if self.errors_occurred:
            return False
        if self.connection is None or not self._is_silent():
            return super().is_usable()
        return True

    def _is_silent(self) -> bool:
        poll = select.poll()
        try:
            with self.wrap_database_errors:
                poll.register(self.connection.fileno(), select.POLLIN)
        except OperationalError:  # lost before
            return False
        return not poll.poll(0)

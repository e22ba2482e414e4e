#!/usr/bin/env python
"""Django's command line."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import OperationalError, ProgrammingError

NO_TABLES = ("no such table", "does not exist")


def main() -> None:
    """Run a command; say in a line what is missing before any command can run."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(str(error))
    except (OperationalError, ProgrammingError) as error:
        if not any(words in str(error) for words in NO_TABLES):
            raise
        sys.exit("The database has no tables yet, or not all of them. Run: manage.py migrate")


if __name__ == "__main__":
    main()

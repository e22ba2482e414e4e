"""Fill an empty database with an open wave of thirty items; print the path of every link."""

from datetime import UTC, datetime, timedelta

import django


def main() -> None:
    """Ask a team of six, and print where each of them answers."""
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    from tests.factories.campaigns import tokens_of  # noqa: PLC0415
    from tests.factories.thirty import ask_thirty  # noqa: PLC0415

    wave = ask_thirty(now=datetime.now(tz=UTC) - timedelta(minutes=1))
    for token in tokens_of(wave):
        print(f"/r/{token}/")  # noqa: T201


if __name__ == "__main__":
    main()

import pytest
from pytest_django import Settings

from survey.campaigns.journals import empty_journal


class TestEmptyJournal:
    @pytest.mark.parametrize(("function", "is_empty"), [("true", True), ("false", False)])
    def test_asks_the_function_that_the_settings_name(
        self, settings: Settings, function: str, is_empty: bool
    ) -> None:
        settings.EMPTY_JOURNAL = f"{__name__}.say_{function}"

        assert empty_journal() is is_empty


def say_true() -> bool:
    return True


def say_false() -> bool:
    return False

"""A stage goes on where one unit of its work is in trouble."""

import pytest
from celery.exceptions import SoftTimeLimitExceeded

from survey.core.stages import NeedsHelpError, noting_failures, run_each


class TestRunEach:
    def test_sums_what_the_units_count(self) -> None:
        assert run_each([1, 2, 3], lambda unit: unit, name="Counting") == 6
        assert run_each([1, 2, 3], lambda unit: unit != 2, name="Counting") == 2

    def test_names_a_unit_in_trouble_and_goes_on(self, caplog: pytest.LogCaptureFixture) -> None:
        assert run_each([1, 0, 2], lambda unit: 2 // unit, name="Dividing by") == 3

        record = caplog.records[0]
        assert (record.levelname, len(caplog.records)) == ("ERROR", 1)
        assert "Dividing by: 0 failed" in record.getMessage()
        assert record.exc_info is not None

    def test_ends_when_the_worker_is_out_of_time(self) -> None:
        begun: list[int] = []

        def work(unit: int) -> int:
            begun.append(unit)
            raise SoftTimeLimitExceeded

        with pytest.raises(SoftTimeLimitExceeded):
            run_each([1, 2, 3], work, name="Working")
        assert begun == [1]


class TestNotingFailures:
    def test_names_what_failed_meanwhile_in_any_stage(self) -> None:
        run_each([0], lambda unit: 1 // unit, name="Before")

        with noting_failures() as failed:
            run_each([1, 0], lambda unit: 1 // unit, name="Dividing by")
            run_each([7], lambda unit: unit // 0, name="Sealing wave")

        run_each([0], lambda unit: 1 // unit, name="After")
        assert failed == ["Dividing by 0", "Sealing wave 7"]

    def test_stays_empty_where_all_went_well(self) -> None:
        with noting_failures() as failed:
            run_each([1, 2], lambda unit: unit, name="Counting")

        assert failed == []


class TestNeedsHelpError:
    def test_is_told_in_one_line_and_noted_as_a_failure(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        def work(unit: int) -> int:
            raise NeedsHelpError("put the key back")

        with noting_failures() as failed:
            run_each([7], work, name="Sealing wave")

        assert failed == ["Sealing wave 7"]
        assert caplog.messages == ["Sealing wave: 7 waits: put the key back"]
        assert caplog.records[0].exc_info is None

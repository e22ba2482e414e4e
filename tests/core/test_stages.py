"""A stage goes on where one unit of its work is in trouble."""

import pytest
from celery.exceptions import SoftTimeLimitExceeded

from survey.core.stages import run_each


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

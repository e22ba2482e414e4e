import pytest

from survey.core.batches import in_batches


class TestInBatches:
    @pytest.mark.parametrize(
        ("n", "batches"), [(0, []), (2, [[0, 1]]), (3, [[0, 1], [2]]), (4, [[0, 1], [2, 3]])]
    )
    def test_keeps_order_and_size(self, n: int, batches: list[list[int]]) -> None:
        assert list(in_batches(iter(range(n)), 2)) == batches

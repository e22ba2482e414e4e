"""What a rollup stores of a scale's items."""

from survey.aggregation.counting import Place
from survey.aggregation.summaries import pack_products, unpack_items
from tests.factories.scored import ITEMS, count


class TestPackedItems:
    def test_come_back_as_they_went_in(self) -> None:
        found = count([(1, 0, dict.fromkeys(ITEMS, value)) for value in (1, 2, 4)])
        items = found[Place(1, None), "b"].items
        assert items is not None
        back = unpack_items(items.n, items.totals.tolist(), pack_products(items.cross_products))
        assert back is not None
        assert (back.cross_products == items.cross_products).all()

"""How many answered, in a sentence."""

import pytest

from survey.dashboards.participation.headlines import say_share
from survey.dashboards.participation.shares import Share


class TestSayShare:
    @pytest.mark.parametrize(
        ("share", "is_customers", "is_open", "said"),
        [
            (Share(0, 10), False, True, "Fewer than 10% of the 1,200 people asked "
             "have answered so far."),
            (Share(90, 100), True, False, "More than 90% of the 1,200 customers asked answered."),
            (Share(45, 50), False, False, "Between 45% and 50% of the 1,200 people "
             "asked answered."),
        ],
    )  # fmt: skip
    def test_says_as_much_as_is_known(
        self, share: Share, is_customers: bool, is_open: bool, said: str
    ) -> None:
        assert say_share(share, n_asked=1200, is_customers=is_customers, is_open=is_open) == said

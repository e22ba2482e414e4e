"""How many answered, in a sentence."""

import pytest

from survey.campaigns.shares import Share
from survey.dashboards.participation.headlines import say_share


class TestSayShare:
    @pytest.mark.parametrize(
        ("share", "who", "is_open", "said"),
        [
            (Share(0, 10), "EMPLOYEE", True, "Fewer than 10% of the 1,200 people asked "
             "have answered so far."),
            (Share(90, 100), "CUSTOMER", False, "More than 90% of the 1,200 customers asked "
             "answered."),
            (Share(45, 50), "EMPLOYEE", False, "Between 45% and 50% of the 1,200 people "
             "asked answered."),
            (Share(0, 25), "COLLEAGUE", True, "Fewer than 25% of the 1,200 ratings asked for "
             "were given so far."),
        ],
    )  # fmt: skip
    def test_says_as_much_as_is_known(
        self, share: Share, who: str, is_open: bool, said: str
    ) -> None:
        assert say_share(share, n_asked=1200, who=who, is_open=is_open) == said

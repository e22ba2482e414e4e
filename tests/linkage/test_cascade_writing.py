"""A cascade as lines of text."""

from typing import Any

from survey.campaigns.models import Pairing
from survey.linkage.cascade_writing import write_cascade

LINK = {"name": "staff_to_service", "r": 0.4, "low": 0.1, "high": 0.6, "n": 40,
        "n_teams": 20, "verdict": "SUPPORTED"}  # fmt: skip
DARK = LINK | {"r": None, "low": None, "high": None, "n": 0, "verdict": "NOT_SHOWN"}
CHAIN = {
    "code": "", "name": "", "n_arrows": 40, "n_teams": 20, "n_waves": 4, "product": 0.05,
    "low": 0.01, "high": 0.14, "p_value": 0.03, "verdict": "CANNOT_TELL", "reason": "",
    "links": [LINK, DARK | {"name": "service_to_staff"}],
}  # fmt: skip
ARROW = {"provider": "store", "consumer": "desk", "mean": 58.0, "low": 54.0, "high": 62.0,
         "n": 9, "is_pooled": False, "is_shown": True}  # fmt: skip
SCALE = {"code": "x", "name": "Fairness", "phrase": "being treated fairly"}


def lines(**changes: Any) -> list[str]:
    document = {
        "period": "2026-01-01", "scope": "company", "n_arrows": 2, "n_waves": 4, "reason": "",
        "scales": {"ex": SCALE, "cx": SCALE, "rating": SCALE}, "chains": [CHAIN],
        "arrows": [ARROW],
    }  # fmt: skip
    return list(write_cascade(Pairing(name="Main", period="QUARTER"), document | changes))


class TestWriteCascade:
    def test_tells_chains_with_their_links(self) -> None:
        text = "\n".join(lines())

        assert "Main, Q1 2026, company" in text
        assert "All pairs of teams: can't tell (40 pairs of teams, 20 teams with" in text
        assert "whole chain 0.050 (0.010 to 0.140); of wirings by chance, 0.030" in text
        assert "how they are rated: 0.400 (0.100 to 0.600), supported (n = 40)" in text
        assert "one survey later: not known, not shown (n = 0)" in text

    def test_tells_why_a_chain_says_nothing(self) -> None:
        few = CHAIN | {"name": "Stores", "verdict": "TOO_FEW", "reason": "needs 20 pairs",
                       "product": None, "p_value": None, "n_arrows": 7}  # fmt: skip

        text = "\n".join(lines(chains=[few, few | {"name": "Desks", "n_arrows": 40}]))

        assert "Stores: too few pairs of teams (7 pairs" in text
        assert "Desks: too few teams have figures at both ends (40 pairs" in text
        assert "    whole chain not known\n" in text
        assert "    needs 20 pairs" in text

    def test_tells_arrows_shown_or_not(self) -> None:
        pooled = ARROW | {"is_pooled": True, "low": None, "high": None}
        hidden = ARROW | {"is_shown": False, "mean": None}

        assert "store -> desk: 58.0 (54.0 to 62.0) (n = 9)" in lines()
        assert "store -> desk: 58.0 (n = 9, with others that few rated)" in lines(arrows=[pooled])
        assert "store -> desk: not shown" in lines(arrows=[hidden])

    def test_says_what_it_cannot_show(self) -> None:
        assert lines()[-1].startswith("Links between team averages. They do not show")

    def test_says_why_there_is_nothing(self) -> None:
        assert lines(period=None, reason="Nobody was asked.") == [
            "Main: nothing to show. Nobody was asked."
        ]

"""Facts in sentences: as released, and in every language."""

from typing import Any

import pytest
from django.utils import translation

from survey.followup.facts_told import tell_facts
from survey.questionnaires.models import Audience


def measure(name: str, **more: Any) -> dict[str, Any]:
    usual = {
        "metric": name, "name": name, "n": 60, "mean": 61.2, "end": "", "before": None,
        "before_end": "", "direction": None, "is_reworded": False,
    }  # fmt: skip
    return usual | more


def facts(*measures: dict[str, Any], n: int = 3020) -> dict[str, Any]:
    return {
        "period": "2026-03-01", "before": "2025-12-01", "n_people": n, "measures": [*measures],
    }  # fmt: skip


@pytest.fixture(autouse=True)
def english() -> Any:
    with translation.override("en-gb"):
        yield


class TestTellFacts:
    @pytest.mark.parametrize(
        ("audience", "said"),
        [(Audience.CUSTOMER, "3,020 customers answered."), (Audience.EMPLOYEE, "3,020 of us")],
    )
    def test_says_how_many_answered(self, audience: str, said: str) -> None:
        assert tell_facts(facts(), audience=audience).answered.startswith(said)

    def test_says_so_where_too_few_answered(self) -> None:
        assert "Too few" in tell_facts(facts(n=0), audience=Audience.CUSTOMER).answered

    def test_tells_what_moved_what_did_not_and_what_cannot_be_compared(self) -> None:
        told = tell_facts(
            facts(
                measure("Fair.", direction=1, before=57.0),
                measure("Heard", direction=-1, before=66.0, mean=95.0, end="high"),
                measure("Care", direction=0, before=61.0),
                measure("New"),
                measure("Reworded", is_reworded=True),
            ),
            audience=Audience.EMPLOYEE,
        )

        assert told.moved == (
            "“Fair”: higher than in December 2025, 61.2 of 100 after 57.0.",
            "“Heard”: lower than in December 2025, 95.0 or more of 100 after 66.0.",
        )
        assert told.same == "No clear change since December 2025: “Care”."
        assert told.new == "Without a comparison: “New” 61.2 of 100."
        assert told.reworded.endswith("“Reworded”.")
        assert len(told.sentences) == 6

    def test_keeps_names_apart_from_sentences_of_other_languages(self) -> None:
        with translation.override("ar"):
            told = tell_facts(facts(measure("Care", direction=0)), audience=Audience.EMPLOYEE)

        assert "\u2068" in told.same

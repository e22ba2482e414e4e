from datetime import date

from survey.api.v1.receipts import answer_rows
from survey.campaigns.contacts import Problem
from survey.campaigns.services import Receipt


class TestAnswerRows:
    def test_counts_rows_from_one_and_says_until_when_somebody_waits(self) -> None:
        response = answer_rows(
            [
                (Problem("team", "blank", "This must not be empty."),),
                Receipt(7, True, "deferred", is_repeat=False, deferred_until=date(2026, 4, 1)),
                Receipt(None, False, "not_sampled", is_repeat=True),
            ]
        )

        assert response.status_code == 202
        assert response.data["errors"] == [
            {"row": 1, "field": "team", "code": "blank", "message": "This must not be empty."}
        ]
        assert response.data["receipts"] == [
            {
                "row": 2,
                "interaction_id": 7,
                "is_asked": True,
                "reason": "deferred",
                "deferred_until": "2026-04-01",
            },
            {
                "row": 3,
                "interaction_id": None,
                "is_asked": False,
                "reason": "not_sampled",
                "deferred_until": None,
            },
        ]

    def test_is_an_error_where_nothing_was_taken(self) -> None:
        assert answer_rows([(Problem("", "invalid", "No."),)]).status_code == 422

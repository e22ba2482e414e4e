"""What contacts are answered with: receipts, and errors in the one shape of this interface."""

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers
from rest_framework.response import Response

from survey.campaigns.contacts import Problem
from survey.campaigns.services import Receipt
from survey.campaigns.services.reports import Outcome

KEY_HEADER = "Idempotency-Key"


class ReceiptSerializer(serializers.Serializer[Receipt]):
    """What became of an interaction; a date where the customer is asked only then.

    What was told and not kept is named under "ignored", which is left out where there is none.
    """

    interaction_id = serializers.IntegerField(allow_null=True)
    is_asked = serializers.BooleanField()
    reason = serializers.CharField()
    deferred_until = serializers.DateField(allow_null=True)
    ignored = serializers.ListField(child=serializers.CharField())

    def to_representation(self, instance: Receipt) -> dict[str, Any]:
        """Name ignored fields only where there are any."""
        said: dict[str, Any] = super().to_representation(instance)
        return {name: value for name, value in said.items() if name != "ignored" or value}


def answer_rows(outcomes: Iterable[Outcome]) -> Response:
    """Answer a list of rows, counted from 1: 202 where at least one was taken in, else 422."""
    receipts: list[dict[str, Any]] = []
    errors: list[dict[str, Any]] = []
    for row, outcome in enumerate(outcomes, start=1):
        if isinstance(outcome, Receipt):
            receipts.append({"row": row, **ReceiptSerializer(outcome).data})
        else:
            errors += (_as_error(problem, row) for problem in outcome)
    status = 202 if receipts else 422
    return Response({"receipts": receipts, "errors": errors}, status=status)


def _as_error(problem: Problem, row: int) -> dict[str, Any]:
    return {
        "row": row,
        "field": problem.field,
        "code": problem.code,
        "message": problem.message,
    }

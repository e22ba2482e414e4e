"""POST /api/v1/interactions/: customers were served by teams."""

from datetime import datetime

from django.utils import timezone
from rest_framework.exceptions import APIException, ErrorDetail, ValidationError
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from survey.api.errors import ConflictError, UnprocessableError
from survey.api.parsers import ListJSONParser
from survey.api.permissions import MaySendInteractions
from survey.api.v1.batches import post_batch
from survey.api.v1.receipts import KEY_HEADER, ReceiptSerializer
from survey.campaigns.contacts import Problem, is_key
from survey.campaigns.services import Receipt
from survey.campaigns.services.interactions import KEY_REUSED, NO_OPEN_WAVE, UNKNOWN_TEAM
from survey.campaigns.services.reports import Report, record_reports


class InteractionsView(APIView):
    """Takes one interaction or a list; the same keys and bodies again get the same receipts."""

    parser_classes = [ListJSONParser]
    permission_classes = [IsAuthenticated, MaySendInteractions]

    def post(self, request: Request) -> Response:
        """Record what is reported.

        The worker gets no hint: customers are admitted by the timetable, several at a time and
        shuffled, so that no link can be told by when it was made.
        """
        now = timezone.now()
        if isinstance(request.data, list):
            return post_batch(request, request.data, now=now)
        receipt = record(request.data, key=read_idempotency_key(request), now=now)
        return Response(ReceiptSerializer(receipt).data, status=202)


def read_idempotency_key(request: Request) -> str:
    """Return the header that makes sending again harmless."""
    key: str = request.headers.get(KEY_HEADER, "")
    if not is_key(key):
        message = f"Send the header {KEY_HEADER}: 1 to 120 visible ASCII characters."
        raise ValidationError({KEY_HEADER: [message]}, code="required")
    return key


def record(data: object, *, key: str, now: datetime) -> Receipt:
    """Hand an interaction on, and say in HTTP's words what was wrong with it."""
    (outcome,) = record_reports(reports=[Report(key, data)], now=now)
    if isinstance(outcome, Receipt):
        return outcome
    raise refuse(outcome)


def refuse(problems: tuple[Problem, ...]) -> APIException:
    """Return the error that says everything that is wrong with an interaction."""
    code = problems[0].code
    if code == KEY_REUSED:
        return ConflictError({KEY_HEADER: [problems[0].message]}, code=code)
    if code in (UNKNOWN_TEAM, NO_OPEN_WAVE):
        return UnprocessableError({problems[0].field: [problems[0].message]}, code=code)
    return ValidationError(
        {problem.field: [ErrorDetail(problem.message, problem.code)] for problem in problems}
    )

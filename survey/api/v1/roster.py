"""/api/v1/roster/: a list of people comes in, and what became of it."""

from collections.abc import Mapping
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from rest_framework import serializers
from rest_framework.exceptions import ParseError
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from survey.accounts.models import Role, User
from survey.accounts.selectors import holds_role
from survey.api.errors import ConflictError
from survey.api.parsers import BoundedParser
from survey.api.v1.interactions import read_idempotency_key
from survey.organization.models import RosterImport
from survey.organization.services import RosterKeyReusedError, take_roster
from survey.organization.sheets import LARGEST
from survey.organization.summaries import list_changes


class FileParser(BoundedParser):
    """Reads a body as the bytes of a file, up to the size of the largest roster."""

    largest = LARGEST
    what = "file"


class CsvParser(FileParser):
    """A CSV file."""

    media_type = "text/csv"


class XlsxParser(FileParser):
    """A spreadsheet."""

    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class MaySendRosters(BasePermission):
    """Only the people team says who works here."""

    message = "This token's user may not send lists of people."

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Look at the roles of the token's user."""
        return holds_role(user=request.user, roles=(Role.HR,))


class WishesSerializer(serializers.Serializer[Any]):
    """What is to be done with a file; by itself only the differences are worked out."""

    apply = serializers.BooleanField(default=False)
    allow_leaving = serializers.BooleanField(default=False)
    name = serializers.CharField(max_length=200, default="roster")


class RosterView(APIView):
    """Takes a roster; the same key and file again get the same receipt."""

    parser_classes = [CsvParser, XlsxParser]
    permission_classes = [IsAuthenticated, MaySendRosters]

    def post(self, request: Request) -> Response:
        """Keep the file for the worker, and say where to ask what became of it."""
        key = read_idempotency_key(request)
        wishes = WishesSerializer(data=request.query_params)
        wishes.is_valid(raise_exception=True)
        content: object = request.data
        if not isinstance(content, bytes) or not content:
            raise ParseError("The body holds no file.")
        return Response(receipt_of(take(request.user, key, wishes.validated_data, content)), 202)


class RosterStateView(APIView):
    """Says what became of a roster."""

    permission_classes = [IsAuthenticated, MaySendRosters]

    def get(self, request: Request, roster_id: int) -> Response:
        """Return its state, what it changes and what is wrong with it."""
        rosters = RosterImport.objects.defer("content")
        return Response(state_of(get_object_or_404(rosters, pk=roster_id)))


def take(user: Any, key: str, wishes: Mapping[str, Any], content: bytes) -> RosterImport:
    """Hand a file on, and say in HTTP's words what was wrong with its key."""
    assert isinstance(user, User)  # noqa: S101 - IsAuthenticated lets nobody else in
    try:
        return take_roster(
            name=wishes["name"],
            source="api",
            content=content,
            by=user.name,
            now=timezone.now(),
            applies=wishes["apply"],
            may_lose_many=wishes["allow_leaving"],
            key=key,
        )
    except RosterKeyReusedError as error:
        message = "This key was used for another file, or with other wishes."
        raise ConflictError({"Idempotency-Key": [message]}, code="key_reused") from error


def receipt_of(roster: RosterImport) -> dict[str, Any]:
    """Return by what a roster is asked for."""
    return {"roster_id": roster.pk, "state": roster.state}


def state_of(roster: RosterImport) -> dict[str, Any]:
    """Return everything that a machine may know of a roster."""
    return {
        **receipt_of(roster),
        "name": roster.name,
        "n_done": roster.n_done,
        "n_all": roster.n_all,
        "day": roster.difference.get("day"),
        "counts": roster.difference.get("counts"),
        "loses_many": roster.difference.get("loses_many", False),
        "changes": [
            {
                "kind": one.kind,
                "name": one.name,
                "before": one.before,
                "after": one.after,
                "from": one.from_date.isoformat(),
                "details": list(one.details),
            }
            for one in list_changes(roster.difference)
        ],
        "errors": [_as_error(problem) for problem in roster.problems],
    }


def _as_error(problem: list[Any] | str) -> dict[str, Any]:
    if isinstance(problem, str):
        return {"row": None, "field": "", "code": "looked_at_before", "message": problem}
    line, column, message, *_made_of = problem
    return {"row": line, "field": column, "code": "invalid", "message": message}

"""POST /api/v1/interactions/: a customer was served by a team."""

import hashlib
import json
import re
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from survey.api.errors import ConflictError, UnprocessableError
from survey.api.parsers import SmallJSONParser
from survey.api.permissions import MaySendInteractions
from survey.campaigns.services import (
    CustomerData,
    KeyReusedError,
    NoOpenWaveError,
    Receipt,
    UnknownTeamError,
    record_interaction,
)

CLOCK_SKEW = timedelta(hours=1)
LONGEST_AGO = timedelta(days=366)
CONTROL_CHARACTERS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
IDEMPOTENCY_KEY = re.compile(r"[\x21-\x7e]{1,120}")


def refuse_control_characters(value: str) -> None:
    """Keep line ends and the like out of names: they end up in letters' headers."""
    if CONTROL_CHARACTERS.search(value):
        raise ValidationError("This holds characters that cannot be printed.", code="unprintable")


class CustomerSerializer(serializers.Serializer[Any]):
    """Who was served, as the company's own systems name them."""

    id = serializers.CharField(max_length=80, validators=[refuse_control_characters])
    name = serializers.CharField(
        max_length=200, allow_blank=True, default="", validators=[refuse_control_characters]
    )
    email = serializers.EmailField(max_length=254, allow_blank=True, default="")
    language = serializers.RegexField(
        r"\A[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z", max_length=16, default="en"
    )


class InteractionSerializer(serializers.Serializer[Any]):
    """One contact of a customer with a team."""

    customer = CustomerSerializer()
    team = serializers.CharField(max_length=80)
    occurred_at = serializers.DateTimeField()

    def validate_occurred_at(self, value: datetime) -> datetime:
        """Refuse moments that cannot be meant."""
        now = self.context["now"]
        if value > now + CLOCK_SKEW:
            raise ValidationError("This lies in the future.", code="in_future")
        if value < now - LONGEST_AGO:
            raise ValidationError("This lies more than a year back.", code="too_old")
        return value


class ReceiptSerializer(serializers.Serializer[Receipt]):
    """What became of an interaction."""

    interaction_id = serializers.IntegerField()
    is_asked = serializers.BooleanField()


class InteractionsView(APIView):
    """Takes one interaction; the same key and body again get the same receipt."""

    parser_classes = [SmallJSONParser]
    permission_classes = [IsAuthenticated, MaySendInteractions]

    def post(self, request: Request) -> Response:
        """Record the interaction.

        The worker gets no hint: customers are admitted by the timetable, several at a time and
        shuffled, so that no link can be told by when it was made.
        """
        now = timezone.now()
        key = read_idempotency_key(request)
        serializer = InteractionSerializer(data=request.data, context={"now": now})
        serializer.is_valid(raise_exception=True)
        receipt = record(serializer.validated_data, key=key, now=now)
        return Response(ReceiptSerializer(receipt).data, status=202)


def read_idempotency_key(request: Request) -> str:
    """Return the header that makes sending again harmless."""
    key: str = request.headers.get("Idempotency-Key", "")
    if not IDEMPOTENCY_KEY.fullmatch(key):
        message = "Send the header Idempotency-Key: 1 to 120 visible ASCII characters."
        raise ValidationError({"Idempotency-Key": [message]}, code="required")
    return key


def record(data: dict[str, Any], *, key: str, now: datetime) -> Receipt:
    """Hand a checked interaction on, and say in HTTP's words what was wrong with it."""
    customer = data["customer"]
    try:
        return record_interaction(
            idempotency_key=key,
            request_digest=digest(data),
            customer=CustomerData(
                external_id=customer["id"],
                name=customer["name"],
                email=customer["email"],
                language=customer["language"],
            ),
            team_code=data["team"],
            occurred_at=data["occurred_at"],
            now=now,
        )
    except KeyReusedError as error:
        message = "This key was used for another interaction."
        raise ConflictError({"Idempotency-Key": [message]}, code="key_reused") from error
    except UnknownTeamError as error:
        message = f'There is no team "{data["team"]}".'
        raise UnprocessableError({"team": [message]}, code="unknown_team") from error
    except NoOpenWaveError as error:
        message = f'No open customer wave asks about the team "{data["team"]}".'
        raise UnprocessableError({"team": [message]}, code="no_open_wave") from error


def digest(data: dict[str, Any]) -> str:
    """Return the SHA-256 of what was said, however it was spaced and ordered."""
    said = json.dumps(data, sort_keys=True, default=str)
    return hashlib.sha256(said.encode()).hexdigest()

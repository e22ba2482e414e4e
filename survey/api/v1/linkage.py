"""GET /api/v1/linkage/?pairing=CODE: whether inside and outside go together."""

from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from survey.api.permissions import SeesEverything
from survey.campaigns.models import Pairing
from survey.linkage.selectors import linkage_document


class QuestionSerializer(serializers.Serializer[Any]):
    """Which pairing is asked about."""

    pairing = serializers.CharField(max_length=80)


class LinkageView(APIView):
    """Shows the stored study of a pairing as it is pinned in docs/api.md."""

    permission_classes = [IsAuthenticated, SeesEverything]

    def get(self, request: Request) -> Response:
        """Return the document of one pairing."""
        question = QuestionSerializer(data=request.query_params)
        question.is_valid(raise_exception=True)
        return Response(linkage_document(pairing=find_pairing(question.validated_data["pairing"])))


def find_pairing(code: str) -> Pairing:
    """Return a pairing by its code."""
    try:
        return Pairing.objects.get(code=code)
    except Pairing.DoesNotExist as error:
        raise NotFound({"pairing": [f'There is no pairing "{code}".']}) from error

"""POST /api/v1/hooks/<source>/: another system signs what it reports of contacts."""

from django.utils import timezone
from rest_framework.exceptions import NotAuthenticated, ParseError
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from survey.api.errors import TooLargeError
from survey.api.parsers import LARGEST_LIST
from survey.api.v1.receipts import answer_rows
from survey.campaigns.services.hooks import (
    NotJsonError,
    NotSignedError,
    SignedBody,
    receive_reports,
)

TIMESTAMP_HEADER = "X-Hearthline-Timestamp"
SIGNATURE_HEADER = "X-Hearthline-Signature"


class HooksView(APIView):
    """Takes one contact or a list in a source's own words; the signature is the log-in."""

    authentication_classes: list[type] = []
    permission_classes: list[type] = []
    parser_classes: list[type[BaseParser]] = []

    def post(self, request: Request, source: str) -> Response:
        """Record what is reported; whoever did not sign rightly learns nothing."""
        signed = SignedBody(
            source_code=source,
            timestamp=request.headers.get(TIMESTAMP_HEADER, ""),
            signature=request.headers.get(SIGNATURE_HEADER, ""),
            body=read_body(request),
        )
        try:
            return answer_rows(receive_reports(signed=signed, now=timezone.now()))
        except NotSignedError as error:
            message = f"The body is not signed as {source}, or was signed too long ago."
            raise NotAuthenticated(message) from error
        except NotJsonError as error:
            raise ParseError(str(error)) from error

    def get_authenticate_header(self, request: Request) -> str:
        """Say how to sign in, so that strangers get 401."""
        return "Signature"


def read_body(request: Request) -> bytes:
    """Return the bytes that were signed, as they came."""
    body: bytes = request._request.body
    if len(body) > LARGEST_LIST:
        raise TooLargeError(f"The body is larger than {LARGEST_LIST} bytes.")
    return body

"""JSON bodies, not larger than they need to be and in UTF-8."""

import json
from collections.abc import Mapping
from typing import IO, Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser, JSONParser
from rest_framework.utils.json import strict_constant

from survey.api.errors import TooLargeError

LARGEST_BODY = 64 * 1024
LARGEST_LIST = 1024 * 1024


class BoundedParser(BaseParser):
    """Reads a body up to a size, whatever its headers say of its length."""

    largest: int
    what = "body"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Return what the body says, or refuse it."""
        body: bytes = stream.read(self.largest + 1)
        if len(body) > self.largest:
            raise TooLargeError(f"The {self.what} is larger than {self.largest} bytes.")
        return self.read(body)

    def read(self, body: bytes) -> Any:
        """Return what a body says, here its bytes."""
        return body


class SmallJSONParser(BoundedParser, JSONParser):
    """Reads a JSON body of at most 64 KiB, whatever its headers say of length and charset."""

    largest = LARGEST_BODY

    def read(self, body: bytes) -> Any:
        """Return what a body says."""
        try:
            return json.loads(body.decode("utf-8"), parse_constant=strict_constant)
        except (ValueError, RecursionError) as error:
            raise ParseError("The body is not JSON in UTF-8.") from error


class ListJSONParser(SmallJSONParser):
    """Reads a list of up to 1 MiB, and anything else of up to 64 KiB."""

    largest = LARGEST_LIST

    def read(self, body: bytes) -> Any:
        """Return what a body says."""
        said = super().read(body)
        if len(body) > LARGEST_BODY and not isinstance(said, list):
            raise TooLargeError(f"A body that is no list is not larger than {LARGEST_BODY} bytes.")
        return said

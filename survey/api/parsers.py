"""JSON bodies, small and in UTF-8."""

import json
from collections.abc import Mapping
from typing import IO, Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser
from rest_framework.utils.json import strict_constant

from survey.api.errors import TooLargeError

LARGEST_BODY = 64 * 1024


class SmallJSONParser(JSONParser):
    """Reads a JSON body of at most 64 KiB, whatever its headers say of length and charset."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Return the parsed body."""
        body = stream.read(LARGEST_BODY + 1)
        if len(body) > LARGEST_BODY:
            raise TooLargeError(f"The body is larger than {LARGEST_BODY} bytes.")
        try:
            return json.loads(body.decode("utf-8"), parse_constant=strict_constant)
        except (ValueError, RecursionError) as error:
            raise ParseError("The body is not JSON in UTF-8.") from error

"""What a form has sent, one value for each field."""

from django.http import QueryDict


def posted_values(posted: QueryDict) -> dict[str, object]:
    """Return one value per field; a field sent twice stays a list, which no answer is."""
    return {name: values[0] if len(values) == 1 else values for name, values in posted.lists()}

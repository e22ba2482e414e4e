"""What came of a file, for the tests to look at."""

from survey.questionnaires.documents import DocumentItem
from survey.questionnaires.importers import read_file


def items_of(data: bytes) -> dict[str, DocumentItem]:
    """Return the items of the questionnaire in a file by their codes."""
    return {item.code: item for item in read_file("file", data).document.items}


def only_item(data: bytes) -> DocumentItem:
    """Return the one item of the questionnaire in a file."""
    (item,) = items_of(data).values()
    return item


def told(data: bytes) -> list[str]:
    """Return what was left out as “what: reason”."""
    return [f"{one.what}: {one.reason}" for one in read_file("file", data).left_out]


def words(item: DocumentItem) -> list[str]:
    """Return an item's options in its first language."""
    return [next(iter(option.texts.values()), "") for option in item.options]

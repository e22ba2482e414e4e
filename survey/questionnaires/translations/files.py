"""Files of translations, told apart by what is in them."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from survey.organization.archives import is_workbook
from survey.questionnaires.importers import ImportRefusedError, LeftOut
from survey.questionnaires.translations.catalogues import read_catalogue
from survey.questionnaires.translations.comparing import Translation
from survey.questionnaires.translations.tables import read_table

LARGEST = 2_000_000  # bytes; 300 questions in four languages take a tenth of it
MOST_TRANSLATIONS = 50_000


def read_translations(
    data: bytes, languages: Sequence[str]
) -> tuple[tuple[Translation, ...], tuple[LeftOut, ...]]:
    """Return the translations in an XLSX or PO file, the empty ones apart, and what in it is none.

    Raises ImportRefusedError where the file as a whole cannot be read.
    """
    if len(data) > LARGEST:
        raise ImportRefusedError(_("the file"), _("is larger than 2 MB"))
    if not data.strip():
        raise ImportRefusedError(_("the file"), _("is empty"))
    read = read_table if is_workbook(data) else read_catalogue
    found, left_out = read(data, languages)
    worded = tuple(each for each in found if each.text.strip())
    if len(worded) > MOST_TRANSLATIONS:
        raise ImportRefusedError(_("the file"), _("holds too much at once; send fewer languages"))
    return worded, left_out

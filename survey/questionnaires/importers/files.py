"""Any file that may hold a questionnaire: told apart by what is in it, not by its name."""

import re
from pathlib import PurePath

from survey.organization.archives import is_workbook
from survey.questionnaires.importers.limesurvey import read_limesurvey
from survey.questionnaires.importers.own import read_own
from survey.questionnaires.importers.plain_json import UTF16_MARKS, as_map, load_json
from survey.questionnaires.importers.qualtrics import read_qualtrics
from survey.questionnaires.importers.reports import ImportedQuestionnaire, ImportRefusedError
from survey.questionnaires.importers.telling import tell as _
from survey.questionnaires.importers.xlsform import read_xlsform

LARGEST = 10_000_000  # bytes
WEB_PAGE = re.compile(r"<!doctype\s+html|<html", re.IGNORECASE)


def read_file(name: str, data: bytes) -> ImportedQuestionnaire:
    """Return the questionnaire in a file with what was left out; raise ImportRefusedError.

    Reads LimeSurvey (.lss), XLSForm (.xlsx), Qualtrics (.qsf) and our own JSON.
    """
    if len(data) > LARGEST:
        raise _refusal(_("is larger than 10 MB"))
    if is_workbook(data):
        return read_xlsform(data, stand_in=_stand_in(name))
    beginning = _beginning(data)
    if not beginning:
        raise _refusal(_("is empty"))
    if WEB_PAGE.match(beginning):
        raise _refusal(_("is a web page, whatever its name says"))
    if beginning.startswith("<"):
        return read_limesurvey(data)
    if beginning[0] in "{[":
        return _read_json(data)
    reason = _("is neither a LimeSurvey .lss, an XLSForm .xlsx, a Qualtrics .qsf nor our own .json")
    raise _refusal(reason)


def _read_json(data: bytes) -> ImportedQuestionnaire:
    stored = load_json(data)
    is_qualtrics = "SurveyElements" in as_map(stored) or "SurveyEntry" in as_map(stored)
    return read_qualtrics(stored) if is_qualtrics else read_own(stored)


def _beginning(data: bytes) -> str:
    encoding = "utf-16" if data.startswith(UTF16_MARKS) else "utf-8-sig"
    return data[:2000].decode(encoding, errors="ignore").lstrip()


def _stand_in(name: str) -> str:
    return PurePath(name.replace("\\", "/")).stem[:100] or "form"


def _refusal(why: str) -> ImportRefusedError:
    return ImportRefusedError(_("the file"), why)

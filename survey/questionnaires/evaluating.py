"""Answer a questionnaire dry: what would be asked, has to be answered, and would be kept.

Whoever tries a questionnaire out without a page or a response asks here; the page and the machine
interface go through the same reading, so that nobody gets another result.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from survey.questionnaires.answers import AnswerError, read_answers, walk_through
from survey.questionnaires.content import Answer, QuestionnaireContent
from survey.questionnaires.kinds import Posted
from survey.questionnaires.languages import choose_language
from survey.questionnaires.routing import UNKNOWN, Circumstances


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What became of some posted values; shown and required are codes, in the order asked.

    What is stored counts only where there are no errors.
    """

    shown: tuple[str, ...]
    required: tuple[str, ...]
    stored_answers: Mapping[str, Answer]
    stored_texts: Mapping[str, str]
    stored_leaves: Mapping[str, str]
    errors: tuple[AnswerError, ...]


def evaluate(
    content: QuestionnaireContent,
    posted: Posted,
    *,
    circumstances: Circumstances = UNKNOWN,
    language: str,
) -> Evaluation:
    """Return what whoever posts these values would be asked, and what would be stored.

    What is drawn or shuffled at random is taken as it stands: `arrange` the content first.
    """
    language = choose_language(language, content.languages)
    circumstances = replace(circumstances, language=language)
    shown = walk_through(content, posted, circumstances).shown
    read = read_answers(content=content, posted=posted, circumstances=circumstances)
    return Evaluation(
        shown=tuple(item.code for item in shown),
        required=tuple(item.code for item in shown if item.is_required),
        stored_answers=read.answers,
        stored_texts=read.texts,
        stored_leaves=read.leaves,
        errors=read.errors,
    )

"""Ask part after part until everything is answered: the respondent's way, for every front end."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from survey.questionnaires.answers import (
    AnswerError,
    ReadAnswers,
    check_whole,
    list_unknown,
    read_answers,
    walk_through,
)
from survey.questionnaires.arranging import arrange, draw_seed, is_drawn
from survey.questionnaires.content import QuestionnaireContent
from survey.questionnaires.languages import choose_language, speak
from survey.questionnaires.pages import Page, build_page
from survey.questionnaires.routing import UNKNOWN, Circumstances
from survey.questionnaires.steps import (
    STATE_FIELD,
    FormState,
    Step,
    find_step,
    keep_fields,
    read_state,
    sign_state,
)

BACK_FIELD = "form.back"
LANGUAGE_FIELD = "form.language"
NO_SEED = 0
OWN_FIELDS = (STATE_FIELD, BACK_FIELD, LANGUAGE_FIELD)


@dataclass(frozen=True, slots=True)
class Turn:
    """The next page to show, or the answers when there is nothing more to ask."""

    page: Page | None = None
    answers: ReadAnswers | None = None
    language: str = ""  # in which they were answered


def begin(
    content: QuestionnaireContent,
    language: str,
    *,
    circumstances: Circumstances = UNKNOWN,
    preselected: str | None = None,
    seed: int | None = None,
) -> Page:
    """Return the first page; what is drawn at random is drawn now, or with a given seed.

    Where nothing is, all forms carry the same.
    """
    if seed is None:
        seed = draw_seed() if is_drawn(content) else NO_SEED
    state = FormState(seed, language)
    return _Asker(content, circumstances, state).show(preselected=preselected)


def take_turn(
    content: QuestionnaireContent,
    posted: Mapping[str, object],
    language: str,
    *,
    circumstances: Circumstances = UNKNOWN,
) -> Turn:
    """Take what a page has sent: show the next page, or the same one with its errors.

    What comes without a form's state, as from a machine, is taken as a whole where it answers more
    than one page of several. Where a form's state is missing or not ours, nothing is taken in: the
    questions are asked from the first on, with the answers that were sent.
    """
    sent = _answers_of(posted)
    asker = _find_asker(content, posted, language, circumstances)
    if asker is None:
        return _take_whole(content, sent, language, circumstances)
    with asker.speak():
        if asker.is_new:
            return Turn(page=asker.recover(sent))
        if BACK_FIELD in posted:
            return Turn(page=asker.go_back(sent))
        if LANGUAGE_FIELD in posted:
            return Turn(page=asker.show_again(sent))
        return asker.go_on(sent)


def show_again(
    content: QuestionnaireContent,
    posted: Mapping[str, object],
    language: str,
    *,
    circumstances: Circumstances = UNKNOWN,
    errors: Sequence[AnswerError] = (),
) -> Page:
    """Return the page that has sent something once more, with what was answered there.

    The errors are those that only the caller can tell.
    """
    sent = _answers_of(posted)
    asker = _find_asker(content, posted, language, circumstances)
    if asker is not None:
        return asker.recover(sent) if asker.is_new else asker.show_again(sent, errors)
    return build_page(content, language, values=sent, errors=errors, circumstances=circumstances)


def _answers_of(posted: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in posted.items() if name not in OWN_FIELDS}


def _find_asker(
    content: QuestionnaireContent,
    posted: Mapping[str, object],
    language: str,
    circumstances: Circumstances,
) -> "_Asker | None":
    """Return who asks at the place where a form stands; None where it is taken as a whole.

    Somebody whose form is not ours, or has lost its state, begins anew.
    """
    is_whole = not any(name in posted for name in OWN_FIELDS)
    spoken = choose_language(language, content.languages)
    if is_whole and _holds_all(content, posted, replace(circumstances, language=spoken)):
        return None
    state = read_state(content, posted.get(STATE_FIELD))
    if state is None:
        return _Asker(content, circumstances, FormState(draw_seed(), language), is_new=True)
    if LANGUAGE_FIELD in posted:
        state = replace(state, language=str(posted[LANGUAGE_FIELD]))
    return _Asker(content, circumstances, state)


def _holds_all(
    content: QuestionnaireContent, posted: Mapping[str, object], circumstances: Circumstances
) -> bool:
    """Say whether what was sent is no single page of several, and holds nothing that was drawn."""
    if content.settings.get("sample"):
        return False
    first = find_step(content, 0, {}, circumstances)
    parts = (content.items[: first.end], content.items[first.end :])
    return first.is_last or all(keep_fields(part, posted) for part in parts)


def _take_whole(
    content: QuestionnaireContent,
    sent: Mapping[str, object],
    language: str,
    circumstances: Circumstances,
) -> Turn:
    language = choose_language(language, content.languages)
    circumstances = replace(circumstances, language=language)
    with speak(language):
        read = read_answers(content=content, posted=sent, circumstances=circumstances)
    if not read.errors:
        return Turn(answers=read, language=language)
    page = build_page(
        content, language, values=sent, errors=read.errors, circumstances=circumstances
    )
    return Turn(page=page)


def _not_ours() -> AnswerError:
    sentence = _("Nothing has been sent yet: please look through your answers and send them again")
    return AnswerError("", "stale", sentence)


class _Asker:
    """Knows what is asked of one respondent and how far they have come."""

    def __init__(
        self,
        content: QuestionnaireContent,
        circumstances: Circumstances,
        state: FormState,
        *,
        is_new: bool = False,
    ) -> None:
        self.is_new = is_new  # nothing was asked before
        language = choose_language(state.language, content.languages)
        self._whole = content
        self._content = arrange(content, state.seed)
        self._circumstances = replace(circumstances, language=language)
        self._state = replace(state, language=language)

    def speak(self) -> AbstractContextManager[None]:
        """Let the product's own words be in the language in which it is asked."""
        return speak(self._state.language)

    def go_on(self, sent: Mapping[str, object]) -> Turn:
        """Check this page; show the next one, or return the answers after the last."""
        step, values = self._take(sent)
        asked = replace(self._content, items=self._content.items[: step.end])
        read = walk_through(asked, values, self._circumstances).read
        errors = [*read.errors, *list_unknown(self._content, sent)]
        if errors:
            return Turn(page=self._show_errors(step, values, errors))
        if not step.is_last:
            return Turn(page=self._at((*self._state.starts, step.end), values).show())
        read = check_whole(self._content, values, read)
        if read.errors:
            return Turn(page=self._show_errors(step, values, read.errors))
        return Turn(answers=read, language=self._state.language)

    def go_back(self, sent: Mapping[str, object]) -> Page:
        """Show the page before this one, and keep what was answered here."""
        values = self._take(sent)[1]
        return self._at(self._state.starts[:-1] or (0,), values).show()

    def recover(self, sent: Mapping[str, object]) -> Page:
        """Begin anew with whatever answers were sent by a form whose place is not known."""
        return self.show(values=keep_fields(self._content.items, sent), errors=[_not_ours()])

    def show_again(self, sent: Mapping[str, object], errors: Sequence[AnswerError] = ()) -> Page:
        """Show this page with what was answered, in whichever language."""
        values = self._take(sent)[1]
        return self.show(values=values, errors=errors)

    def show(
        self,
        *,
        values: Mapping[str, object] | None = None,
        errors: Sequence[AnswerError] = (),
        preselected: str | None = None,
    ) -> Page:
        """Lay this page out."""
        known = self._state.values if values is None else values
        step = find_step(self._content, self._state.start, known or {}, self._circumstances)
        state = replace(self._state, values=known)
        return build_page(
            self._content,
            self._state.language,
            values=known,
            errors=errors,
            preselected=preselected,
            circumstances=self._circumstances,
            step=step,
            state=sign_state(self._content, state),
            part=len(self._state.starts),
        )

    def _show_errors(
        self, step: Step, values: Mapping[str, object], errors: Sequence[AnswerError]
    ) -> Page:
        """Show this page with its errors; the first one if another page has some.

        A switch of language can bring up a question of an earlier page.
        """
        here = {item.code for item in step.items}
        elsewhere = {item.code for item in self._content.items} - here
        if not any(error.item in elsewhere for error in errors):
            return self.show(values=values, errors=errors)
        first = find_step(self._content, 0, values, self._circumstances)
        codes = {item.code for item in first.items}
        wrong = [error for error in errors if error.item in codes]
        return self._at((0,), values).show(errors=wrong)

    def _take(self, sent: Mapping[str, object]) -> tuple[Step, dict[str, object]]:
        """Return this page's step, and all values with those sent from it instead of older ones."""
        values = dict(self._state.values or {})
        step = find_step(self._content, self._state.start, values, self._circumstances)
        for name in keep_fields(step.items, values):
            del values[name]
        return step, values | keep_fields(step.items, sent)

    def _at(self, starts: tuple[int, ...], values: Mapping[str, object]) -> "_Asker":
        state = replace(self._state, starts=starts, values=values)
        return _Asker(self._whole, self._circumstances, state)

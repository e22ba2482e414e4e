"""Which items stand on one page, and what a form carries from page to page.

Nothing is kept on the server: a hidden field holds the seed of what was drawn, where the page
begins and what was sent on the pages before, signed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.core import signing

from survey.questionnaires.answers import Walk, walk_through
from survey.questionnaires.arranging import list_needed
from survey.questionnaires.content import ItemContent, QuestionnaireContent
from survey.questionnaires.kinds import Posted, list_fields
from survey.questionnaires.routing import Circumstances, list_shown

STATE_FIELD = "form.state"
ON_ONE_PAGE = 8
IN_ONE_PART = 6


@dataclass(frozen=True, slots=True)
class FormState:
    """What a form carries; starts are where the pages so far begin among the items."""

    seed: int
    language: str
    starts: tuple[int, ...] = (0,)
    values: Mapping[str, object] | None = None

    @property
    def start(self) -> int:
        """Return where this page begins among the items."""
        return self.starts[-1]


@dataclass(frozen=True, slots=True)
class Step:
    """The items of one page; before is what was asked and answered until there."""

    items: tuple[ItemContent, ...]
    start: int
    end: int
    before: Walk
    n_shown: int  # questions on the whole way, so far as it is known
    is_last: bool
    may_ask_more: bool

    @property
    def n_before(self) -> int:
        """Return how many questions were asked before."""
        return _count(self.before.shown)


def sign_state(content: QuestionnaireContent, state: FormState) -> str:
    """Return a form's state for its hidden field."""
    told = [state.seed, state.language, list(state.starts), dict(state.values or {})]
    return _signer(content).sign_object(told, compress=True)


def read_state(content: QuestionnaireContent, signed: object) -> FormState | None:
    """Return the state that a form has carried, or None where it is not ours."""
    try:
        seed, language, starts, values = _signer(content).unsign_object(str(signed))
    except (signing.BadSignature, ValueError):
        return None
    return FormState(seed, language, tuple(starts), values)


def keep_fields(items: tuple[ItemContent, ...], posted: Posted) -> dict[str, object]:
    """Return what was posted for some items."""
    fields = {name for item in items for name in list_fields(item)}
    return {name: value for name, value in posted.items() if name in fields}


def find_step(
    content: QuestionnaireContent, start: int, values: Posted, circumstances: Circumstances
) -> Step:
    """Return the page that begins at an item, after what was answered before it.

    It ends where it is full, and before an item that hangs on an answer of this page; notes after
    the last question stand below it.
    """
    before = walk_through(replace(content, items=content.items[:start]), values, circumstances)
    shown = list_shown(content, before.known, circumstances)
    codes = {item.code for item in shown}
    ahead = [item for item in content.items[start:] if item.code in codes and item.has_answer]
    n_shown = len(ahead) + _count(before.shown)
    is_parted = _is_parted(content, n_shown)
    here = [item for item in ahead if item.section == ahead[0].section] if is_parted else ahead
    room = _room(content, len(here), n_shown)
    items: list[ItemContent] = []
    end = start
    for item in content.items[start:]:
        is_full = room <= _count(items) < len(here) and item.code in codes
        hangs_on_this = {each.code for each in items} & list_needed(content, item)
        is_apart = is_parted and bool(items) and item.section != items[-1].section
        if is_full or hangs_on_this or is_apart:
            break
        end += 1
        if item.code in codes:
            items.append(item)
    return Step(
        items=tuple(items),
        start=start,
        end=end,
        before=before,
        n_shown=n_shown,
        is_last=end == len(content.items),
        may_ask_more=_may_ask_more(content, start, codes),
    )


def _is_parted(content: QuestionnaireContent, n_shown: int) -> bool:
    """Say whether every section has pages of its own."""
    page = content.settings.get("page")
    is_long = page is None and n_shown > ON_ONE_PAGE
    return len(content.sections) > 1 and (page == "SECTIONS" or is_long)


def _room(content: QuestionnaireContent, n_ahead: int, n_shown: int) -> int:
    """Return how many questions this page may hold; the pages to come are about equally long."""
    page = content.settings.get("page")
    if page == "ONE_BY_ONE":
        return 1
    if page == "SCROLL" or (page is None and n_shown <= ON_ONE_PAGE):
        return max(n_ahead, 1)
    most = ON_ONE_PAGE if _is_parted(content, n_shown) else IN_ONE_PART
    n_pages = -(-n_ahead // most)
    return -(-n_ahead // n_pages) if n_pages else most


def _may_ask_more(content: QuestionnaireContent, start: int, codes: set[str]) -> bool:
    """Say whether an answer still to come could bring up a question that is hidden now."""
    to_come = {item.code for item in content.items[start:]}
    hidden = (item for item in content.items[start:] if item.code not in codes)
    return any(item.has_answer and to_come & list_needed(content, item) for item in hidden)


def _count(items: tuple[ItemContent, ...] | list[ItemContent]) -> int:
    return sum(1 for item in items if item.has_answer)


def _signer(content: QuestionnaireContent) -> signing.Signer:
    return signing.Signer(salt=f"questionnaire.{content.id}")

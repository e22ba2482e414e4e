"""What a form of a call has sent: a wish, or what is still wrong with it.

Every way to be reached has a field of its own, which browsers can fill in; all of them are kept.
"""

import re
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass, field, replace
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from survey.followup.callbacks import Wish
from survey.followup.models import CallbackWay
from survey.questionnaires.languages import speak
from survey.questionnaires.pages import ErrorLine, Page

PREFIX = "call."  # no item has a code like this
KEY, ALONG = f"{PREFIX}key", f"{PREFIX}along"
FEWEST_DIGITS, SHORTEST_ADDRESS = 6, 10
LONGEST_WORDS = 1500
NUMBER = re.compile(r"[\d\s()+./-]+(?:(?:ext|x)\.?\s*\d+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Kind:
    """One field: what it is called, how browsers fill it in, and how long it may be."""

    code: str
    label: Promise
    longest: int
    type: str = "text"
    autocomplete: str = "off"
    hint: Promise | str = ""


NAME = Kind("name", gettext_lazy("Your name"), 200, autocomplete="name")
WAYS = {
    CallbackWay.PHONE: Kind("tel", gettext_lazy("Telephone"), 40, "tel", "tel"),
    CallbackWay.EMAIL: Kind(
        "email",
        gettext_lazy("Or e-mail"),
        254,
        "email",
        "email",
        gettext_lazy("Then we can ask you afterwards whether we put it right."),
    ),
    CallbackWay.POST: Kind(
        "address", gettext_lazy("Or postal address"), 300, "words", "street-address"
    ),
}
TIME = Kind("time", gettext_lazy("When does it suit you best? (optional)"), 200)
WORDS = Kind("words", gettext_lazy("What is it about? (optional)"), LONGEST_WORDS, "words")
KINDS = (NAME, *WAYS.values(), TIME, WORDS)


@dataclass(frozen=True, slots=True)
class Field:
    """A field as a page shows it."""

    kind: Kind
    value: str = ""
    error: str = ""

    @property
    def name(self) -> str:
        """Return what it is sent as."""
        return f"{PREFIX}{self.kind.code}"

    @property
    def id(self) -> str:
        """Return where a page can lead to."""
        return f"call-{self.kind.code}"


@dataclass(frozen=True, slots=True)
class CallForm:
    """A form of a call: what was sent, what is wrong, and the wish where nothing is.

    key is drawn with the form. Sent twice it counts once; it comes from nothing else and leads
    nowhere.
    """

    key: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    wish: Wish | None = None
    sends_along: bool = False

    @property
    def fields(self) -> tuple[Field, ...]:
        """Return the fields in their order."""
        return tuple(
            Field(kind, self.values.get(kind.code, ""), self.errors.get(kind.code, ""))
            for kind in KINDS
        )

    @property
    def is_touched(self) -> bool:
        """Say whether something was filled in."""
        return self.sends_along or any(self.values.values())

    @property
    def form_key(self) -> UUID:
        """Return the key as what it is, once it is known to be one."""
        return UUID(self.key)


def new_key() -> str:
    """Draw a key for a form."""
    return str(uuid4())


def take_call_fields(posted: MutableMapping[str, object], language: str) -> CallForm:
    """Take out of what a page has sent what is of a call: the questions know nothing of it."""
    sent = {name: posted.pop(name) for name in list(posted) if name.startswith(PREFIX)}
    with speak(language):
        return read_call(sent)


def asks_for_call(posted: Mapping[str, object]) -> bool:
    """Say whether something of a call was filled in."""
    return any(value and name.startswith(PREFIX) and name != KEY for name, value in posted.items())


def with_call_errors(page: Page, call: CallForm) -> Page:
    """Return a page that says above its questions what is wrong with the call below them."""
    if not page.is_last:
        return page
    lines = [ErrorLine(one.id, one.error) for one in call.fields if one.error]
    return replace(page, errors=(*page.errors, *lines))


def read_call(posted: Mapping[str, object], *, must_ask: bool = False) -> CallForm:
    """Read what was sent of a call; nothing is asked for where every field was left empty."""
    values = {kind.code: _value(posted, kind) for kind in KINDS}
    key = _text(posted.get(KEY))
    form = CallForm(
        key=key if _is_key(key) else new_key(),
        values=values,
        sends_along=posted.get(ALONG) == "1",
    )
    if not (must_ask or form.is_touched):
        return form
    errors = _find_errors(values)
    if form.key != key:
        errors.setdefault(NAME.code, _("This page was incomplete. Please send it once more."))
    wish = None if errors else _wish_of(values)
    return CallForm(form.key, values, errors, wish, form.sends_along)


def _wish_of(values: Mapping[str, str]) -> Wish:
    where = {way: values[kind.code] for way, kind in WAYS.items()}
    return Wish(
        name=values[NAME.code],
        phone=where[CallbackWay.PHONE],
        email=where[CallbackWay.EMAIL],
        address=where[CallbackWay.POST],
        best_time=values[TIME.code],
        words=values[WORDS.code],
    )


def _find_errors(values: Mapping[str, str]) -> dict[str, str]:
    errors = {
        kind.code: _("Please use at most %(n)s characters.") % {"n": kind.longest}
        for kind in KINDS
        if len(values[kind.code]) > kind.longest
    }
    if not values[NAME.code]:
        errors[NAME.code] = _("Please say who we ask for.")
    given = {way: values[kind.code] for way, kind in WAYS.items() if values[kind.code]}
    if not given:
        tel = WAYS[CallbackWay.PHONE].code
        errors[tel] = _("Please give us one way to reach you: telephone, e-mail or address.")
    for way, value in given.items():
        is_right, sentence = CHECKS[way]
        if not is_right(value):
            errors.setdefault(WAYS[way].code, str(sentence))
    return errors


def _is_number(value: str) -> bool:
    digits = sum(one.isdigit() for one in value)
    return bool(NUMBER.fullmatch(value)) and digits >= FEWEST_DIGITS


def _is_email(value: str) -> bool:
    try:
        validate_email(value)
    except ValidationError:
        return False
    return True


def _is_address(value: str) -> bool:
    return len(value) >= SHORTEST_ADDRESS


CHECKS: Mapping[str, tuple[Callable[[str], bool], Promise]] = {
    CallbackWay.PHONE: (
        _is_number,
        gettext_lazy("This is no telephone number we can call. Please look at it again."),
    ),
    CallbackWay.EMAIL: (
        _is_email,
        gettext_lazy("This is no e-mail address we can write to. Please look at it again."),
    ),
    CallbackWay.POST: (
        _is_address,
        gettext_lazy("A letter needs the street and the town. Please look at it again."),
    ),
}


def _is_key(key: str) -> bool:
    try:
        return str(UUID(key)) == key
    except ValueError:
        return False


def _value(posted: Mapping[str, object], kind: Kind) -> str:
    """Return what was sent in a field; on one line, unless the field has several."""
    text = _text(posted.get(f"{PREFIX}{kind.code}"))
    return text if kind.type == WORDS.type else " ".join(text.split())


def _text(value: object) -> str:
    """Return what was sent as text that can be stored; a field sent twice holds none."""
    if not isinstance(value, str):
        return ""
    return value.replace("\x00", "").replace("\r\n", "\n").strip()

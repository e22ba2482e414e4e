"""What the page behind somebody's own link says, sentence by sentence."""

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from survey.aggregation.comments import FEWEST_COMMENTS, FEWEST_RESPONDENTS
from survey.answering.notices import Notice, say_moment
from survey.answering.phrases import say_day
from survey.followup.conversations import LONGEST_MESSAGE, Said
from survey.followup.writers import LONGEST_NAME, Found, State, Written

STANDINGS = {
    State.KEPT_BACK: gettext_lazy(
        "You asked that nobody here reads these words. So nobody does, and nobody can answer them."
    ),
    State.SHOWN: gettext_lazy(
        "Those who read the figures of your group can read this too. They see the words and "
        "nothing of you."
    ),
    State.HIDDEN: gettext_lazy(
        "These words are hidden. Only the people team, customer experience and those who lead "
        "this part of the organisation can still read them, and bring them back. Words are hidden "
        "where they insult somebody, or say of somebody what is nobody’s business; who did it and "
        "why is written down. The words themselves were neither changed nor deleted."
    ),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing said, and who says it when."""

    text: str
    by: str
    by_writer: bool


@dataclass(frozen=True, slots=True)
class Story:
    """One comment of the writer, where it stands, and the talk about it."""

    written: Written
    standing: str
    lines: tuple[Line, ...]
    text: str = ""  # of an answer that could not be taken
    problem: str = ""


@dataclass(frozen=True, slots=True)
class WriterPage:
    """The whole page."""

    title: str
    sentences: tuple[str, ...]
    stories: tuple[Story, ...]
    longest: int = LONGEST_MESSAGE

    @property
    def problem(self) -> str:
        """Return why something could not be taken, if anything could not."""
        return next((one.problem for one in self.stories if one.problem), "")


@dataclass(frozen=True, slots=True)
class RevealPage:
    """The warning before somebody says who they are."""

    item_code: str
    text: str
    problem: str = ""
    longest: int = LONGEST_NAME


def build_writer_page(
    *, found: Found, item_code: str = "", text: str = "", problem: str = ""
) -> WriterPage:
    """Return the page; what could not be taken about one comment stands there again."""
    if not found.written:
        title = _("Nobody has read your words yet")
        return WriterPage(title, (_say_sealed(found), _say_keep()), ())
    stories = []
    for one in found.written:
        is_here = one.item_code == item_code
        stories.append(
            Story(
                one,
                _say_standing(one.state),
                tuple(_say_lines(one.said)),
                text if is_here else "",
                problem if is_here else "",
            )
        )
    return WriterPage(_("Your words, and what came back"), (_say_keep(),), tuple(stories))


def write_lost() -> Notice:
    """Return what to tell somebody whose link finds nothing."""
    return Notice(
        status=HTTPStatus.NOT_FOUND,
        title=_("Nothing is behind this link"),
        sentences=(
            _("Part of it may be missing: use the whole link that you kept."),
            _(
                "A lost link cannot be recovered, not even by us. We keep no copy of it, and "
                "nothing here leads from you to your words."
            ),
            _(
                "Where too few people answered, or a survey was taken back, nothing is stored. "
                "Then its links lead nowhere."
            ),
        ),
    )


def _say_sealed(found: Found) -> str:
    if found.is_for_customers:
        return _(
            "They wait in a sealed box until enough other customers have answered. Then they are "
            "opened together and shuffled. Come back in a few weeks."
        )
    words = _(
        "They wait in a sealed box with everybody else’s. Come back after %(moment)s, when the "
        "survey has closed."
    )
    return words % {"moment": say_moment(found.closes_at)}


def _say_keep() -> str:
    return _("Keep this link: it is the only way back, and a lost one cannot be recovered.")


def _say_standing(state: State) -> str:
    if state != State.WAITING:
        return str(STANDINGS[state])
    words = _(
        "Not read yet. Words are shown where at least %(answers)s people answered and %(comments)s "
        "wrote something, and to nobody before. Come back in a few weeks."
    )
    return words % {"answers": FEWEST_RESPONDENTS, "comments": FEWEST_COMMENTS}


def _say_lines(said: tuple[Said, ...]) -> Iterator[Line]:
    for one in said:
        words = _("You, shown from %(day)s on") if one.by_writer else _("%(name)s, %(day)s")
        by = words % {"name": one.signed, "day": say_day(one.day)}
        yield Line(one.text, by, one.by_writer)

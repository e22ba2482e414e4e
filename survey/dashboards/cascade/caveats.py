"""What to know before acting on the page; only what is so of these figures."""

from collections.abc import Iterator, Sequence

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from survey.core.bidi import arrow_ahead
from survey.dashboards.cascade.arrows import Arrow
from survey.dashboards.cascade.chains import Chain
from survey.dashboards.numerals import count, quote
from survey.organization.serving import Arrow as ServingArrow
from survey.organization.serving import find_cycles

FEW_ARROWS = 40
MOST_CIRCLES = 2
SMALLEST_SHARE = 0.01


def list_caveats(whole: Chain, arrows: Sequence[Arrow]) -> tuple[tuple[str, str], ...]:
    """Return each caveat as what stands in bold and what follows it."""
    return (
        *_of_verdict(),
        *_of_direction(whole),
        *_of_size(whole),
        *_of_people(whole),
        *_of_arrows(arrows),
        *_of_chance(whole),
    )


def name_circles(arrows: Sequence[Arrow]) -> list[list[str]]:
    """Return the names of the teams of each circle, in its order, its first one last as well."""
    names = {end.code: end.name for one in arrows for end in (one.provider, one.consumer)}
    return [
        [names[code] for code in (*circle, circle[0])]
        for circle in find_cycles(_plain(one) for one in arrows)
    ]


def _plain(arrow: Arrow) -> ServingArrow:
    return ServingArrow(*arrow.provider, *arrow.consumer, arrow.chain)


def _of_verdict() -> Iterator[tuple[str, str]]:
    yield (
        _("“Supported”"),
        _(
            "means that the whole margin of a step lies above zero. It is no proof. A chain is "
            "called so only where all three steps are."
        ),
    )


def _of_direction(whole: Chain) -> Iterator[tuple[str, str]]:
    steps = [one.label for one in whole.links if one.high is not None and one.high < 0]
    if steps:
        told = _("Where teams were higher on the one they were lower on the other: %(steps)s.")
        yield _("The other way round."), told % {"steps": "; ".join(steps)}


def _of_size(whole: Chain) -> Iterator[tuple[str, str]]:
    if not whole.is_too_few and whole.n_arrows < FEW_ARROWS:
        told = ngettext(
            "%(n)s pair is enough for a first look, not for small links.",
            "%(n)s pairs are enough for a first look, not for small links.",
            whole.n_arrows,
        )
        yield _("Few pairs of teams."), told % {"n": count(whole.n_arrows)}


def _of_people(whole: Chain) -> Iterator[tuple[str, str]]:
    yield (
        _("The same people speak twice."),
        _(
            "Those who rate the service also say how they feel, so a bad month can colour both. "
            "The last step has no such echo: there customers speak."
        ),
    )
    if not whole.is_later and not whole.is_too_few:
        yield (
            _("One survey only."),
            _(
                "The rating and how the served feel are of the same time, so this cannot say "
                "which came first."
            ),
        )


def _of_arrows(arrows: Sequence[Arrow]) -> Iterator[tuple[str, str]]:
    pooled = sum(one.is_pooled for one in arrows)
    if pooled:
        told = ngettext(
            "At %(n)s arrow too few people would have rated alone, so it shows what all such "
            "teams together say of those who serve them.",
            "At %(n)s arrows too few people would have rated alone, so they show what all such "
            "teams together say of those who serve them.",
            pooled,
        )
        yield _("Counted together."), told % {"n": count(pooled)}
    hidden = sum(not one.is_shown for one in arrows)
    if hidden:
        told = ngettext(
            "%(n)s arrow has no figure, because too few people rated it.",
            "%(n)s arrows have no figure, because too few people rated them.",
            hidden,
        )
        yield _("Not shown."), told % {"n": count(hidden)}
    yield from _of_circles(arrows)


def _of_circles(arrows: Sequence[Arrow]) -> Iterator[tuple[str, str]]:
    circles = name_circles(arrows)
    if circles:
        then = f" {arrow_ahead()} "
        ways = [then.join(quote(name) for name in one) for one in circles[:MOST_CIRCLES]]
        told = _(
            "There service comes back to where it came from, so no first domino can be named: "
            "%(ways)s."
        )
        if len(circles) > MOST_CIRCLES:
            told = _(
                "There service comes back to where it came from, so no first domino can be named: "
                "%(ways)s, and more."
            )
        yield _("Circles."), told % {"ways": get_text_list(ways, _("and"))}


def _of_chance(whole: Chain) -> Iterator[tuple[str, str]]:
    if whole.p_value is None:
        return
    times = round(100 * whole.p_value)
    said = {"times": count(times)}
    if whole.p_value < SMALLEST_SHARE:
        told = _(
            "Mixing up at random who serves whom gives as strong a middle step less than once in "
            "100 times."
        )
    else:
        told = ngettext(
            "Mixing up at random who serves whom gives as strong a middle step %(times)s time in "
            "100.",
            "Mixing up at random who serves whom gives as strong a middle step %(times)s times in "
            "100.",
            times,
        )
    yield _("Does it matter who serves whom?"), told % said

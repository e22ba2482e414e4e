"""The sentences about which score came first, for any two labels that are noun phrases."""

from survey.statistics.direction_evidence import Arrow, Order
from survey.statistics.lags.var import EARLY_BELOW, FEWEST_TEAMS, FEWEST_WAVES

CAUTION = (
    "What comes first need not be the reason for what follows: something else may come before both."
)


def too_short(o: Order) -> str:
    """Say what is missing."""
    if not (o.has_too_few_waves or o.has_too_few_teams):
        return (
            f"Inside teams, {o.ex_label} and {o.cx_label} do not change in a way that could show "
            "which comes first."
        )
    return (
        f"To see whether {o.ex_label} or {o.cx_label} comes first, at least {FEWEST_TEAMS} teams "
        f"with {FEWEST_WAVES} waves are needed; so far there {_be(o.n_teams)} "
        f"{_count(o.n_teams, 'team')} with {_count(o.n_waves, 'wave')}."
    )


def ex_first(o: Order) -> str:
    """Say that staff came first, and that the reverse is weaker."""
    return _first(_from_ex(o), o)


def cx_first(o: Order) -> str:
    """Say that customers came first, and that the reverse is weaker."""
    return _first(_from_cx(o), o)


def both(o: Order) -> str:
    """Say that each came before the other."""
    return f"{_opening(o)}, {_from_ex(o)} in the next wave, and {_from_cx(o)} likewise."


def ex_before(o: Order) -> str:
    """Say that staff came before customers, and that the reverse is open."""
    return _before(_from_ex(o), o)


def cx_before(o: Order) -> str:
    """Say that customers came before staff, and that the reverse is open."""
    return _before(_from_cx(o), o)


def cannot_tell(o: Order) -> str:
    """Say that the data leave it open."""
    return (
        f"From these {_count(o.n_teams, 'team')} with {_count(o.n_waves, 'wave')} we cannot tell "
        f"which came first, {o.ex_label} or {o.cx_label}."
    )


def caveats(o: Order) -> tuple[str, ...]:
    """List what else must be known, a sentence or two each."""
    found = [] if o.is_too_short else _about_the_waves(o)
    pairs = ((o.from_ex, o.ex_label, o.cx_label), (o.from_cx, o.cx_label, o.ex_label))
    found += [
        f"Taken alone, {one} before {other} would show. But several orders were tested together, "
        f"and of many some look clear by chance (q {arrow.q_value:.2f})."
        for arrow, one, other in pairs
        if arrow.is_lost_among_many
    ]
    if o.n_left_out > 0:
        missing = "misses a wave is" if o.n_left_out == 1 else "miss a wave are"
        found.append(f"{_count(o.n_left_out, 'team')} that {missing} left out.")
    return tuple(found)


def silence() -> str:
    """Say that silence is not taken for absence."""
    return (
        "Silence is not absence: the ups and downs of one team are noisy, so an order may be there "
        "and not show."
    )


def _about_the_waves(o: Order) -> list[str]:
    found = ["Only the next wave was looked at; what takes longer does not show here."]
    if o.is_early:
        found.append(
            f"{_count(o.n_waves, 'wave')} are few: with {EARLY_BELOW} or more this may turn out "
            "otherwise."
        )
    return found


def _first(arrow: str, o: Order) -> str:
    return (
        f"{_opening(o)}, {arrow} in the next wave. The reverse does not show, and the two "
        "directions differ by more than chance."
    )


def _before(arrow: str, o: Order) -> str:
    return f"{_opening(o)}, {arrow} in the next wave. Whether the reverse holds too cannot be told."


def _opening(o: Order) -> str:
    return "An early hint: inside teams" if o.is_early else "Inside teams"


def _from_ex(o: Order) -> str:
    return _came_before(o.from_ex, o.ex_label, o.cx_label)


def _from_cx(o: Order) -> str:
    return _came_before(o.from_cx, o.cx_label, o.ex_label)


def _came_before(arrow: Arrow, one: str, other: str) -> str:
    side = "higher" if arrow.is_positive else "lower"
    return f"higher scores on {one} came before {side} scores on {other}"


def _be(n: int) -> str:
    return "is" if n == 1 else "are"


def _count(n: int, noun: str) -> str:
    return f"1 {noun}" if n == 1 else f"{n or 'no'} {noun}s"

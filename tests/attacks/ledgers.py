"""What is stored beside figures: shares of people asked, releases and their waves, and words."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from survey.aggregation.models import Figure, Release, ReleasedComment
from survey.campaigns.models import Group, Wave
from survey.campaigns.participation import coarsest_step
from survey.campaigns.selectors import get_participation
from survey.followup.models import Story
from survey.questionnaires.families import from_json
from survey.questionnaires.models import PlaybackLeave
from survey.responses.models import Comment
from tests.attacks.crawling import any_of, route_of
from tests.attacks.dating import Whens
from tests.attacks.printed import MINUS, NUMBER, numbers_in
from tests.attacks.reading import Line, Page

SAID_OF_ALL = {20.0, 30.0, 95.0}  # smallest group, few voices, and the width of margins
HALF_AN_SD = 0.5
ENDS = {"under": (0, None), "over": (None, 100)}
BEFORE = re.compile(r"[Ww]ave (\d+), in the end|wave_before")
NO_FIGURES = re.compile(r"All \d+ closed|SHA-256|\(1 - lowest share\).*")
CHECKSUM = re.compile(r"\b(?=[0-9a-f]*\d)[0-9a-f]{12,64}\b")
TEAM = re.compile(r"/teams/([^/?]+)/")


class Ledgers:
    """Stored shares, releases and words, by wave and group as pages name them."""

    def __init__(self) -> None:
        self.whens = Whens()
        self.groups = any_of(tuple(set(Group.objects.values_list("name", flat=True))))
        self.names = dict(Group.objects.values_list("code", "name"))
        self.shares: dict[tuple[str, str], set[float]] = defaultdict(set)
        self.health: dict[str, set[float]] = defaultdict(set)
        self.runs: dict[tuple[str, str], set[float]] = defaultdict(set)
        self.checksums: dict[str, set[str]] = defaultdict(set)
        self.words: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        self.written = {_join(text) for text in Comment.objects.values_list("text", flat=True)}
        for wave in Wave.objects.select_related("campaign"):
            self._read_wave(wave)
        for release in Release.objects.select_related("wave__campaign"):
            self._read_release(release)
        for one in ReleasedComment.objects.select_related(
            "comment", "group", "release__wave__campaign"
        ):
            for when in self.whens.of_release(one.release):
                self.words[one.group.name, when][_join(one.comment.text)] = one.comment.leave
        self.told = set(map(_join, _list_told()))

    def _read_wave(self, wave: Wave) -> None:
        stored = get_participation(wave=wave)
        step = coarsest_step(invited=[row.n_invited for row in stored.rows], k=wave.threshold)
        for row in stored.rows:
            numbers = {float(row.n_invited), *_read_share(row.share, step)}
            self.shares[str(wave), row.name] |= numbers
        families = from_json(wave.families)
        counts = {len(family.items) for family in families} | {len(families), wave.threshold}
        self.runs[str(wave), ""] |= set(map(float, counts))
        self.checksums[str(wave)].add(wave.counts_digest)

    def _read_release(self, release: Release) -> None:
        name = str(release.wave)
        shown = max((scale["n_groups"] for scale in release.scales.values()), default=0)
        counts = {shown, release.n_hidden, len(release.scales), release.wave.threshold}
        month = _name_month(release.month_start)
        self.runs[name, month] |= set(map(float, counts))
        self.checksums[name].add(release.checksum)
        divided = Figure.objects.filter(release=release, detail__divided=True)
        metrics = list(divided.values_list("metric", flat=True))
        for metric, said in release.scales.items():
            self.health[f"{name} {metric}"] |= set(numbers_in(said))
            self.health[f"{name} {metric}"] |= set(map(float, range(metrics.count(metric) + 1)))
            self.health[f"{name} {metric}"] |= set(self._list_shifts(name, said["pooled_sd"]))

    def _list_shifts(self, wave: str, sd: float | None) -> Iterator[float]:
        """Yield how far scores could be off at worst, at any share that is stored of a wave."""
        if sd is not None:
            shares = {n for (name, _), known in self.shares.items() if name == wave for n in known}
            yield from ((1 - share / 100) * HALF_AN_SD * sd for share in shares)

    def before(self, wave: str, number: str) -> set[str]:
        """Return the wave of the same campaign with a number; every other one without."""
        campaign = wave.rpartition(" ")[0]
        same = {name for name in self.whens.waves.values() if name.rpartition(" ")[0] == campaign}
        return {name for name in same if name.rpartition(" ")[2] == number} if number else same


def find_miscounted(page: Page, ledgers: Ledgers, measures: dict[str, str]) -> list[str]:
    """Return the numbers of the participation page or the ledger that are stored nowhere."""
    route = route_of(page)
    if route not in {"participation", "releases"}:
        return []
    known = any_of(tuple(measures))
    notes = [line.text for line in page.lines if line.text.startswith("wave | ")]
    subject = "\n".join(notes) or page.subject
    found = []
    for line in page.lines:
        metrics = {measures[name] for name in known.findall(line.text)}
        for piece, allowed in _list_pieces(line, subject, ledgers, metrics, route):
            text = known.sub(" ", ledgers.groups.sub(" ", ledgers.whens.remove(piece)))
            for pattern in (NO_FIGURES, BEFORE, CHECKSUM):
                text = pattern.sub(" ", text)
            numbers = [match.group() for match in NUMBER.finditer(text)]
            found += [f"{one} in {line.text[:90]!r}" for one in numbers if not _is_in(one, allowed)]
        waves = ledgers.whens.find(line.text)
        for checksum in CHECKSUM.findall(line.text):
            if not any(one.startswith(checksum) for w in waves for one in ledgers.checksums[w]):
                found.append(f"{checksum} in {line.text[:90]!r}")
    return found


def _list_pieces(
    line: Line, subject: str, ledgers: Ledgers, metrics: set[str], route: str
) -> Iterator[tuple[str, set[float]]]:
    """Yield the cells of a line, or all of it, with the numbers that may stand there."""
    names = set(ledgers.whens.waves.values())
    chosen = set(ledgers.whens.find(subject)) & names
    named = set(ledgers.whens.find(line.text)) & names
    waves = named or set(ledgers.whens.find(line.head)) & names or chosen
    about = set(ledgers.groups.findall(line.text)) or set(ledgers.groups.findall(subject))
    if route == "releases":
        months = {when for when in ledgers.whens.find(line.text) if when not in names} | {""}
        yield line.text, _union(ledgers.runs[wave, month] for wave in waves for month in months)
        return
    for head, cell in line.cells or (("", line.text),):
        at = waves
        if match := BEFORE.search(f"{head} {'' if line.cells else line.text}"):
            at = {one for wave in chosen for one in ledgers.before(wave, match[1] or "")}
            at = at if line.cells else at | waves
        if metrics:
            yield cell, _union(ledgers.health[f"{wave} {one}"] for wave in at for one in metrics)
        else:
            yield cell, SAID_OF_ALL | _union(_list_stored(ledgers, at, about))


def _list_stored(ledgers: Ledgers, waves: set[str], groups: set[str]) -> Iterator[set[float]]:
    for (wave, group), numbers in ledgers.shares.items():
        if wave in waves and (group in groups or not groups):
            yield numbers
    for (wave, _), numbers in ledgers.runs.items():
        if wave in waves:
            yield numbers


def find_unreleased(page: Page, ledgers: Ledgers) -> list[str]:
    """Return the words on a page that nobody released there and then, or left to be passed on.

    They stand on the page of the group they were released at, or name it in the line below. What
    is told as a story stands everywhere, with its writer's leave; a talk, the list of all words and
    that of what may be told are about words of any time.
    """
    code = TEAM.search(page.address)
    own = {ledgers.names.get(code[1], "")} if code else set()
    title = "\n".join(line.text for line in page.lines[:1])
    whens = set(ledgers.whens.find(f"{page.subject}\n{title}"))
    everywhere = {group for group, _ in ledgers.words}
    if route_of(page) in {"stories", "talk", "words"}:
        whens = {when for _, when in ledgers.words}
    found = []
    for place, line in enumerate(page.lines):
        if line.text not in ledgers.written or line.text in ledgers.told:
            continue
        below = page.lines[place + 1].text if place + 1 < len(page.lines) else ""
        named = everywhere if route_of(page) == "stories" else set(ledgers.groups.findall(below))
        groups = own or named
        leaves = {
            ledgers.words[group, when].get(line.text) for group in groups for when in whens
        } - {None}
        is_passed_on = not own and route_of(page) != "words"
        if not leaves or (is_passed_on and leaves == {PlaybackLeave.NONE}):
            found.append(line.text)
    return found


def _list_told() -> QuerySet[Story, str]:
    """Return the words that somebody chose to tell, with leave, and that nobody hid."""
    named = Q(comment__leave=PlaybackLeave.AS_TOLD)
    unnamed = Q(comment__leave=PlaybackLeave.NO_NAMES, has_no_names=True)
    told = Story.objects.filter(named | unnamed, hidden_date=None, comment__hidden=None)
    return told.exclude(comment__released=None).values_list("comment__text", flat=True)


def _read_share(said: str, step: int) -> set[float]:
    """Return the share as stored and both its ends."""
    words = said.removesuffix("%").split()
    number = float(words[-1])
    low, high = ENDS.get(words[0], (number, min(number + step, 100)))
    return {number, number if low is None else float(low), number if high is None else float(high)}


def _is_in(token: str, numbers: set[float]) -> bool:
    places = len(token.partition(".")[2])
    value = round(float(token.replace(MINUS, "-").replace(",", "")), places)
    return any(round(one, min(places, 12)) == round(value, 12) for one in numbers)


def _union(parts: Iterable[set[float]]) -> set[float]:
    found: set[float] = set()
    return found.union(*parts)


def _name_month(start: date | None) -> str:
    return "" if start is None else f"{start:%Y-%m}"


def _join(text: Any) -> str:
    return " ".join(str(text).split())

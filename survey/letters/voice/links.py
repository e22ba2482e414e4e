"""Links, pictures and markup in a letter's words: what hides its goal, watches or clutters."""

import re
from collections.abc import Iterator

from survey.letters.voice.findings import Place
from survey.letters.voice.folding import fold_with_places
from survey.letters.voice.lexicons import word_list
from survey.letters.voice.phrasing import Found
from survey.letters.voice.rules import find

SHORTENERS = word_list("shorteners")
URL = re.compile(
    r"(?:https?://|www\.)[^\s<>\"'()\[\]]+|(?<![a-z0-9-])[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[^\s<>\"'()]*)?"
)
DEFANGED = re.compile(r"\s?[\[({]\s?(?:\.|dot|punkt|point|punto)\s?[\])}]\s?")
HOST = re.compile(r"(?:https?://)?(?:www\.)?(?:[^/@\s]*@)?([a-z0-9.-]+)")
TRACKING_MARK = re.compile(
    r"[?&](?:utm_\w+|gclid|fbclid|msclkid|mc_[ce]id|_hs\w+|mkt_tok|trk\w*|ref|cid|email|uid|user|"
    r"recipient|subscriber|open|campaign\w*)="
)
PIXEL = re.compile(
    r"<img\b|!\[[^\]\n]{0,200}\]\(|\[img\b|data:image|(?:pixel|spacer|beacon|open|track\w{0,8}|1x1)"
    r"\.(?:gif|png|jpe?g|svg|webp|php)|tracking pixel|web beacon|zahlpixel|pixel espion"
)
TAG = re.compile(
    r"</?(?:a|abbr|b|big|blockquote|body|br|button|center|code|div|em|font|footer|form|h[1-6]|head|"
    r"header|hr|html|i|iframe|input|li|link|meta|object|ol|p|picture|pre|script|section|small|span|"
    r"strong|style|sub|sup|svg|table|tbody|td|th|title|tr|u|ul|video)(?:\s[^<>]{0,500})?/?>"
    r"|<!--|<!doctype|&(?:nbsp|lt|gt|amp|#\d{2,5});|\[/?(?:url|b|i|color)[\]=]|javascript:"
)
SLUG = re.compile(r"(?:\w+://)?[^/]+/(?=[A-Za-z]*\d|[a-z]*[A-Z])[A-Za-z0-9_-]{4,12}/?")
SHORTEST_OWN_HOST = 8  # rb.gy, cutt.ly: nobody's own address is as short as these


def find_links(*, place: Place, text: str, reply_to: str) -> list[Found]:
    """Return what is wrong with the links and marks in a text, with their places."""
    folded, places = fold_with_places(text)
    plain = DEFANGED.sub(lambda mark: "." + " " * (len(mark[0]) - 1), folded)
    plain = plain if plain == folded else _closed_up(plain)
    found = [*_find_marks(place, text, folded, places)]
    own = reply_to.rpartition("@")[2].strip().lower()
    for url in URL.finditer(folded):
        words = text[places[url.start()] : places[url.end() - 1] + 1]
        found += [
            (places[url.start()], find(place, words, rule)) for rule in _judge(url[0], words, own)
        ]
    if plain != folded and any(_host(url[0]) in SHORTENERS for url in URL.finditer(plain)):
        at = next(DEFANGED.finditer(folded)).start()
        found.append((places[at], find(place, _around(text, places[at]), "link_shortener")))
    return found


def _find_marks(place: Place, text: str, folded: str, places: list[int]) -> Iterator[Found]:
    for pattern, rule in ((PIXEL, "tracking"), (TAG, "markup")):
        for mark in pattern.finditer(folded):
            start, end = places[mark.start()], places[mark.end() - 1] + 1
            yield start, find(place, text[start:end], rule)


def _judge(url: str, as_written: str, own: str) -> Iterator[str]:
    """Name the rules that one address breaks."""
    host = _host(url)
    is_own = bool(own) and (host == own or host.endswith(f".{own}") or own.endswith(f".{host}"))
    is_link = url.startswith(("http", "www."))
    if host in SHORTENERS or host.partition(".")[2] in SHORTENERS:
        yield "link_shortener"
    elif is_link and not is_own:
        is_short = len(host) < SHORTEST_OWN_HOST and _is_slug(as_written)
        yield "link_shortener" if is_short else "foreign_link"
    if TRACKING_MARK.search(url):
        yield "tracking"


def _host(url: str) -> str:
    match = HOST.match(url)
    return match[1].strip(".") if match else ""


def _is_slug(url: str) -> bool:
    """Say whether all there is behind the host is a few random letters."""
    return SLUG.fullmatch(url.rstrip(".,;")) is not None


def _closed_up(plain: str) -> str:
    return re.sub(r"\. +", ".", plain)


def _around(text: str, at: int) -> str:
    return text[max(0, at - 12) : at + 24]

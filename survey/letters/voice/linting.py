"""Read a letter as its recipient would: is this a person, or a campaign."""

from survey.letters.voice.findings import Finding, Place
from survey.letters.voice.links import find_links
from survey.letters.voice.people import find_closing, find_reply_address, find_signer
from survey.letters.voice.phrasing import find_phrases
from survey.letters.voice.shouting import find_many_exclamations, find_shouting


def lint_letter(
    *, subject: str, body: str, signer_name: str, reply_to: str, language: str
) -> tuple[Finding, ...]:
    """Return what no person would write to another, in the order in which it stands.

    A wrong or unknown language is no way out: phrases of all languages are known in each.
    """
    primary = language.lower().partition("-")[0]
    return (
        *_read(Place.SUBJECT, subject, reply_to, primary),
        *_read(Place.BODY, body, reply_to, primary),
        *find_many_exclamations(subject=subject, body=body),
        *find_signer(signer_name=signer_name),
        *find_reply_address(reply_to=reply_to),
    )


def _read(place: Place, text: str, reply_to: str, language: str) -> list[Finding]:
    found = [
        *find_phrases(place=place, text=text, language=language),
        *find_links(place=place, text=text, reply_to=reply_to),
        *find_shouting(place=place, text=text),
        *(find_closing(body=text) if place is Place.BODY else ()),
    ]
    return [finding for _, finding in sorted(found, key=lambda pair: pair[0])]

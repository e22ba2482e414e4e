"""The rules by their codes: why nobody writes so to a person, and what to say instead."""

from django.utils.translation import gettext_lazy as _

from survey.letters.voice.findings import Finding, Place

LONGEST_QUOTE = 80

WHY = {
    "marketing_language": _(
        "This is how campaigns talk to a crowd. Say what happened, what you want to know and "
        "what you will do with it, as you would across a table."
    ),
    "promotion": _(
        "Who pays for answers gets other answers, and the letter reads like an offer. Leave "
        "codes, discounts and gifts out; say what the answers will change."
    ),
    "prize": _(
        "A prize makes people answer for the prize. Leave it out; say what the answers will change."
    ),
    "false_urgency": _(
        "Nobody has to hurry for you. Say once until which day answers count; the letter adds"
        " that day by itself."
    ),
    "shouting": _("Capitals and strings of marks shout. Write it once, in an ordinary sentence."),
    "surveillance": _(
        "People answer freely only when nobody watches them, and nobody here sees who has "
        "answered. Write as if you did not know; say “if you have not answered yet”."
    ),
    "no_reply": _(
        "Somebody who asks must be there to hear. Give the address of the person who signs, "
        "and let people reply."
    ),
    "department_signer": _(
        "A department cannot ask anybody anything. Sign with the name of one person, and put "
        "the team behind it as their role."
    ),
    "markup": _(
        "The letter is plain words: mail programs show markup as clutter or block it. Write "
        "the sentence, and leave a blank line between paragraphs."
    ),
    "tracking": _(
        "This tells somebody who opened the letter or clicked. Leave pictures and tracking "
        "marks out; nobody is watched here."
    ),
    "link_shortener": _(
        "A short link hides where it leads, and is how fraud looks. Write the whole address, "
        "or leave the link out: the letter has its own."
    ),
    "foreign_link": _(
        "This leads away from your own address. Make sure that people know the place and need"
        " to go there; the letter has its own link to the questions."
    ),
}
WARNINGS = frozenset({"foreign_link"})


def find(place: Place, text: str, rule: str, *, is_blocking: bool = True) -> Finding:
    """Return a finding with its reason in the reader's language; the quote is shortened."""
    quote = " ".join(text.split())
    if len(quote) > LONGEST_QUOTE:
        quote = quote[: LONGEST_QUOTE - 1] + "…"
    return Finding(place, quote, rule, str(WHY[rule]), is_blocking and rule not in WARNINGS)

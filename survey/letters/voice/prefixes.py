"""Arabic words without what is written onto them: "and", "the", "for" and the like.

Words are folded already: one way to write an alef, and one closing "h".
"""

ARABIC = ("\u0621", "\u064a")  # its first and its last letter
AND = ("و", "ف")
BEFORE_NOUNS = ("بال", "كال", "لل", "ال", "ب", "ل", "ك", "س")
SHORTEST = 3  # what is left of a word


def without_prefixes(word: str) -> tuple[str, ...]:
    """Return what a word may be once the little words before it are taken off; others as none."""
    if not word or not ARABIC[0] <= word[0] <= ARABIC[1]:
        return ()
    bases = [word]
    if word[0] in AND and len(word) > SHORTEST:
        bases.append(word[1:])
    shorter = [
        base[len(prefix) :]
        for base in bases
        for prefix in BEFORE_NOUNS
        if base.startswith(prefix) and len(base) - len(prefix) >= SHORTEST
    ]
    return (*bases[1:], *shorter)

"""Languages in which a letter speaks and its questions do not, and the other way round."""

from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from survey.campaigns.models import Wave
from survey.campaigns.selectors import content_of, find_letter
from survey.letters.words import primary_tag


def warn_of_untranslated_questions(*, wave: Wave) -> list[str]:
    """Return one sentence for each language of the letter in which no question is worded."""
    letter = find_letter(wave=wave)
    if letter is None:
        return []
    asked = content_of(wave=wave).languages
    worded = {primary_tag(tag) for tag in asked}
    written = {letter.language, *letter.translations.values_list("language", flat=True)}
    return [
        _("The letter speaks %(spoken)s, but its questions are asked in %(asked)s.")
        % {"spoken": _name(tag), "asked": _name(asked[0])}
        for tag in sorted(written)
        if primary_tag(tag) not in worded
    ]


def warn_of_untranslated_letter(*, wave: Wave) -> list[str]:
    """Return one sentence that names the languages of the questions in which no letter is."""
    letter = find_letter(wave=wave)
    if letter is None:
        return []
    written = {letter.language, *letter.translations.values_list("language", flat=True)}
    spoken = {primary_tag(tag) for tag in written}
    asked = content_of(wave=wave).languages
    lacking = [tag for tag in asked if primary_tag(tag) not in spoken]
    if not lacking or len(lacking) == len(asked):
        return []  # where they share no language, that is said of the questions
    sentence = _(
        "The questions are worded in %(asked)s too, but the letter is not: whoever reads that "
        "gets it in %(written)s."
    )
    names = ", ".join(sorted({_name(tag) for tag in lacking}))
    return [sentence % {"asked": names, "written": _name(letter.language)}]


def _name(tag: str) -> str:
    try:
        name = str(get_language_info(primary_tag(tag))["name_translated"])
    except KeyError:
        return tag
    return name

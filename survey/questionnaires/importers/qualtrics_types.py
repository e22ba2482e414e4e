"""What each question type of Qualtrics becomes."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_noop

from survey.questionnaires.documents import DocumentOption
from survey.questionnaires.importers.plain_json import as_list, as_map, as_text, dig
from survey.questionnaires.importers.qualtrics_items import Asked
from survey.questionnaires.importers.qualtrics_matrix import make_matrix, make_side_by_side
from survey.questionnaires.importers.stock import rating_options
from survey.questionnaires.importers.telling import tell
from survey.questionnaires.importers.telling import tell as _
from survey.questionnaires.models import ItemKind

NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")
FILE_SORTS: dict[str, str] = {
    "FileUpload": gettext_noop("files cannot be handed in here"),
    "Signature": gettext_noop("files cannot be handed in here"),
    "Draw": gettext_noop("files cannot be handed in here"),
    "Timing": gettext_noop("nothing is measured beside the answers here"),
    "Meta": gettext_noop("nothing is measured beside the answers here"),
    "Captcha": gettext_noop("there are no riddles for people here"),
}


def make_items(asked: Asked) -> None:
    """Make the items of a question, or tell why there are none."""
    make = MAKERS.get(asked.sort[0])
    if make is None:
        unknown = _("its type “%(type)s” is not known here") % {
            "type": "/".join(filter(None, asked.sort))
        }
        known = FILE_SORTS.get(asked.sort[0])
        asked.lose(_("all of it"), tell(known) if known else unknown)
    else:
        make(asked)
        if not asked.items:
            asked.lose(_("all of it"), _("it has no rows to ask"))
    _tell_rest(asked)


def _choice(asked: Asked) -> None:
    if asked.sort[1] == "NPS":
        _recommend(asked)
        return
    options = _fixed(asked, asked.options("Choices", "ChoiceOrder"))
    is_several = asked.sort[1].startswith("M")
    settings = _shuffled(asked)
    if is_several:
        settings |= _counts(asked, len(options))
    kind = ItemKind.MULTIPLE if is_several else ItemKind.CHOICE
    asked.add(kind=kind, options=options, settings=settings)


def _recommend(asked: Asked) -> None:
    options = {str(option.value): option for option in rating_options()}
    for number, name in ((0, "1"), (10, "2")):  # the words at both ends
        words = asked.say("ColumnLabels", str(0 if name == "1" else 1), "Display")
        options[str(number)] = replace(options[str(number)], texts=words)
    asked.add(kind=ItemKind.RATING, options=options)


def _counts(asked: Asked, most: int) -> dict[str, int]:
    told = {"min_choices": asked.setting("MinChoices"), "max_choices": asked.setting("MaxChoices")}
    return {
        name: int(said)
        for name, said in told.items()
        if said.isdigit() and 1 <= int(said[:6]) <= most
    }


def _shuffled(asked: Asked) -> dict[str, Any]:
    sort = as_text(dig(asked.payload, "Randomization", "Type"))
    if sort in ("All", "Advanced"):
        return {"shuffles_options": True}
    if sort not in ("", "None"):
        asked.lose(f"Randomization: {sort}", _("answers are shuffled all together or not at all"))
    return {}


def _fixed(asked: Asked, options: Mapping[str, DocumentOption]) -> dict[str, DocumentOption]:
    """Keep the places of answers that are fixed where the others are shuffled."""
    order = as_list(dig(asked.payload, "Randomization", "Advanced", "FixedOrder"))
    fixed = {code for code in map(as_text, order) if code in options}
    return {
        code: replace(option, is_fixed=True) if code in fixed else option
        for code, option in options.items()
    }


def _entry(asked: Asked) -> None:
    selector = asked.sort[1]
    if selector == "PW":
        asked.lose(_("all of it"), _("nobody is asked for a password here"))
    elif selector == "FORM":
        for code, _part in asked.parts("Choices", "ChoiceOrder"):
            texts = asked.beside(asked.say("Choices", code, "Display"))
            asked.add(f"_{code}", kind=ItemKind.LINE, texts=texts, name=f"/{code}")
    else:
        content = asked.setting("ContentType")
        if content == "ValidNumber":
            asked.add(kind=ItemKind.NUMBER, settings=_number_settings(asked))
        elif content.startswith("ValidDate"):
            asked.add(kind=ItemKind.DATE)
        else:
            asked.add(kind=ItemKind.LINE if selector == "SL" else ItemKind.TEXT)


def _number_settings(asked: Asked) -> dict[str, Any]:
    valid = as_map(dig(asked.payload, "Validation", "Settings", "ValidNumber"))
    told = {"minimum": as_text(valid.get("Min")), "maximum": as_text(valid.get("Max"))}
    decimals = as_text(valid.get("NumDecimals"))
    places = min(int(decimals[:3]), 6) if decimals.isdigit() else 6
    return _bounds(told) | ({"decimals": places} if places else {})


def _bounds(told: Mapping[str, str]) -> dict[str, Any]:
    numbers = {name: float(said) for name, said in told.items() if NUMBER.fullmatch(said)}
    return {name: int(one) if one.is_integer() else one for name, one in numbers.items()}


def _text(asked: Asked) -> None:
    asked.add(kind=ItemKind.NOTE)


def _ranking(asked: Asked) -> None:
    options = _fixed(asked, asked.options("Choices", "ChoiceOrder"))
    plain = {code: replace(option, is_other=False) for code, option in options.items()}
    if plain != options:
        asked.lose(_("own words beside an answer"), _("own words cannot be ranked here"))
    asked.add(kind=ItemKind.RANKING, options=plain, settings=_shuffled(asked))


def _slider(asked: Asked) -> None:
    configured = as_map(asked.payload.get("Configuration"))
    told = {"minimum": as_text(configured.get("CSSliderMin")) or "0"}
    told["maximum"] = as_text(configured.get("CSSliderMax")) or _stars(configured)
    decimals = as_text(configured.get("NumDecimals"))
    places = (
        {"decimals": min(int(decimals[:3]), 6)} if decimals.isdigit() and decimals != "0" else {}
    )
    _each(asked, _bounds(told) | places)


def _stars(configured: Mapping[str, Any]) -> str:
    return as_text(configured.get("StarCount")) or "100"


def _sum(asked: Asked) -> None:
    asked.lose(_("the sum of the numbers"), _("sums are not checked here"))
    _each(asked, {"decimals": 6})


def _each(asked: Asked, settings: Mapping[str, Any]) -> None:
    """Ask for one number per row."""
    for code, _part in asked.parts("Choices", "ChoiceOrder"):
        texts = asked.beside(asked.say("Choices", code, "Display"))
        asked.add(f"_{code}", kind=ItemKind.NUMBER, texts=texts, settings=settings, name=f"/{code}")


def _tell_rest(asked: Asked) -> None:
    payload = asked.payload
    if payload.get("QuestionJS"):
        asked.lose(_("a script"), _("nothing of a file is ever run here"))
    if dig(payload, "Validation", "Settings", "ForceResponse") == "RequestResponse":
        asked.lose(_("a request to answer"), _("a question is required or not"))
    if isinstance(payload.get("DefaultChoices"), dict) and payload["DefaultChoices"]:
        asked.lose(_("answers given beforehand"), _("no answer is given beforehand here"))
    limits = [f"{name} = {asked.setting(name)}" for name in LIMITS if asked.setting(name)]
    if asked.setting("Type") == "CustomValidation":
        limits.append("CustomValidation")
    for what in (*limits, *(name for name in DYNAMIC if payload.get(name))):
        asked.lose(what, _("these settings have no counterpart here"))


LIMITS = ("MinChars", "MaxChars", "TotalChars")
DYNAMIC = ("DynamicChoices", "DynamicChoicesData", "GradingData", "CarryForward")
MAKERS: dict[str, Callable[[Asked], None]] = {
    "MC": _choice,
    "Matrix": make_matrix,
    "TE": _entry,
    "DB": _text,
    "NPS": _recommend,
    "Slider": _slider,
    "RO": _ranking,
    "CS": _sum,
    "SBS": make_side_by_side,
}

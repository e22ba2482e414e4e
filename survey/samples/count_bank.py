"""The questionnaire of published counts: a scale per construct, scored as published."""

from collections.abc import Sequence
from dataclasses import dataclass

from survey.questionnaires.bank import (
    Bank,
    ConstructEntry,
    ItemEntry,
    QuestionnaireEntry,
    ScaleEntry,
)
from survey.questionnaires.models import Questionnaire
from survey.questionnaires.scales import ScaleChangedError
from survey.questionnaires.services import load_bank
from survey.samples.counts import PublishedItem, write_code

SOURCE = "Published option counts; what one person answered on several questions is not known."
FAVOURABLE_SHARE = 0.75  # of the way from the lowest score to the highest: 4 of 1 to 5
MOST_VERSIONS = 100


@dataclass(frozen=True, slots=True)
class AskedQuestionnaire:
    """A stored questionnaire, and the code under which each published item is asked in it."""

    questionnaire: Questionnaire
    item_codes: dict[str, str]


def store_questionnaire(
    *, code: str, audience: str, asked: str, items: Sequence[PublishedItem]
) -> AskedQuestionnaire:
    """Store and publish the items of one published audience, asked being ours for it.

    Codes start with the audience, so that both sides may name an item or construct alike; where a
    scale of that code is scored otherwise already, they start with the audience and a number.
    """
    for version in range(1, MOST_VERSIONS):
        prefix = write_code(audience) if version == 1 else f"{write_code(audience)}_{version}"
        bank = build_bank(code=code, prefix=prefix, audience=audience, asked=asked, items=items)
        try:
            load_bank(bank=bank)
        except ScaleChangedError:
            continue
        questionnaire = Questionnaire.objects.filter(code=code).latest("version")
        return AskedQuestionnaire(
            questionnaire, {item.code: f"{prefix}_{write_code(item.code)}" for item in items}
        )
    raise ScaleChangedError(f"there are {MOST_VERSIONS} other scorings of what a {audience} says")


def build_bank(
    *, code: str, prefix: str, audience: str, asked: str, items: Sequence[PublishedItem]
) -> Bank:
    """Write the items, scales and questionnaire of one audience as bank entries."""
    constructs = list(dict.fromkeys(item.construct for item in items))
    item_codes = {item.code: f"{prefix}_{write_code(item.code)}" for item in items}
    return Bank(
        constructs=tuple(
            ConstructEntry(f"{prefix}_{write_code(name)}", _say(name, audience), source=SOURCE)
            for name in constructs
        ),
        items=tuple(
            ItemEntry(
                code=item_codes[item.code],
                texts={"en": item.code},
                options=[
                    {"value": option.value, "score": option.score, "texts": {"en": option.text}}
                    for option in item.options
                ],
                allows_cant_say=False,
            )
            for item in items
        ),
        scales=tuple(
            _build_scale(prefix, name, audience, [item for item in items if item.construct == name])
            for name in constructs
        ),
        questionnaires=(
            QuestionnaireEntry(
                code, f"Published: {audience}", asked, items=tuple(item_codes.values())
            ),
        ),
    )


def _build_scale(
    prefix: str, construct: str, audience: str, items: Sequence[PublishedItem]
) -> ScaleEntry:
    """Write the scale of one construct; its range is that of its options' scores."""
    scores = [option.score for item in items for option in item.options if option.score is not None]
    low, high = min(scores), max(scores)
    code = f"{prefix}_{write_code(construct)}"
    return ScaleEntry(
        code=code,
        construct=code,
        name=_say(construct, audience),
        phrase=f"{write_code(construct).replace('_', ' ')} ({audience})",
        minimum=low,
        maximum=high,
        items=tuple(f"{prefix}_{write_code(item.code)}" for item in items),
        favourable_from=low + FAVOURABLE_SHARE * (high - low),
    )


def _say(construct: str, audience: str) -> str:
    """Return what a construct is called on a page."""
    return f"{write_code(construct).replace('_', ' ').capitalize()} ({audience})"

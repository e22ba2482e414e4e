"""What each metric is called on a page, and which whole it is a part of."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import get_language

from survey.aggregation.metrics import ITEM_PREFIX
from survey.campaigns.models import Wave
from survey.campaigns.selectors import content_of
from survey.questionnaires.content import ItemContent, QuestionnaireContent, ScaleContent
from survey.questionnaires.selectors import get_content

ENGLISH = "en"
OUT_OF_TEN = " (0-10)"  # how recommendations are answered, not what is printed of them


@dataclass(frozen=True, slots=True)
class Measure:
    """A scale, a facet of one, or an item of one.

    whole is the code of the scale it is a part of; mirrors that of the customers' scale which it
    guesses. An item is named by its wording.
    """

    code: str
    name: str
    phrase: str
    whole: str = ""
    mirrors: str = ""
    is_recommend: bool = False
    is_light: bool = False  # on the survey itself: read, never compared with the other side

    @property
    def is_item(self) -> bool:
        """Say whether it is one question as worded."""
        return self.code.startswith(ITEM_PREFIX)


def read_measures(questionnaire_ids: Iterable[int]) -> dict[str, Measure]:
    """Return the measures of some questionnaires by metric, in the order asked; the last counts."""
    return _merge(get_content(questionnaire_id=pk) for pk in questionnaire_ids)


def read_asked(waves: Iterable[Wave]) -> dict[str, Measure]:
    """Return the measures that some waves really asked, where scales take turns; as above."""
    return _merge(content_of(wave=wave) for wave in waves)


def pick_text(texts: Mapping[str, str]) -> str:
    """Return a text of the questionnaires in the reader's language, else in English, else any."""
    spoken = (get_language() or ENGLISH).partition("-")[0]
    return texts.get(spoken) or texts.get(ENGLISH) or next(iter(texts.values()), "")


def _merge(contents: Iterable[QuestionnaireContent]) -> dict[str, Measure]:
    found: dict[str, Measure] = {}
    for content in contents:
        found |= {measure.code: measure for measure in _list_measures(content)}
    return found


def _list_measures(content: QuestionnaireContent) -> Iterator[Measure]:
    linked = {scale.code for scale in content.linked_scales}
    wholes = [scale for scale in content.scales if not scale.facet_of]
    homes = {code: scale.code for scale in reversed(wholes) for code in scale.item_codes}
    for scale in content.scales:
        yield _name_scale(scale, is_light=not (scale.code in linked or scale.facet_of))
    for item in content.items:
        if item.code in homes:
            yield _name_item(item, whole=homes[item.code])


def _name_scale(scale: ScaleContent, *, is_light: bool) -> Measure:
    is_recommend = scale.method == "RECOMMEND"
    return Measure(
        code=scale.code,
        name=scale.name.removesuffix(OUT_OF_TEN) if is_recommend else scale.name,
        phrase=scale.phrase,
        whole=scale.facet_of or "",
        mirrors=scale.mirrors or "",
        is_recommend=is_recommend,
        is_light=is_light,
    )


def _name_item(item: ItemContent, *, whole: str) -> Measure:
    text = pick_text(item.texts) or item.code
    return Measure(f"{ITEM_PREFIX}{item.code}", text, text, whole)

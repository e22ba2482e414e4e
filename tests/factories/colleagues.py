"""Waves among colleagues: who serves whom, a campaign, and ratings on their way in."""

from collections.abc import Callable, Iterable, Mapping

from survey.campaigns.models import Campaign, Wave
from survey.campaigns.selectors import content_of, get_link
from survey.organization.models import Service, Team
from survey.questionnaires.answers import ReadAnswers
from survey.questionnaires.models import Audience, Questionnaire
from survey.questionnaires.repeating import code_at
from survey.responses.services import submit_response
from tests.factories.campaigns import JOINED, NOW, make_campaign, tokens_of
from tests.factories.questionnaires import ItemFactory, make_scale, publish


def serve(teams: Mapping[str, Team], *arrows: str, chain: str = "") -> None:
    """Let teams serve others from long ago: "it>ops"."""
    for arrow in arrows:
        provider, consumer = arrow.split(">")
        Service.objects.create(
            provider=teams[provider], consumer=teams[consumer], chain=chain, active_from=JOINED
        )


def make_rating_questionnaire(code: str = "service", *, n_items: int = 3) -> Questionnaire:
    """Publish some closed items of one scale for colleagues."""
    items = [ItemFactory(code=f"{code}_{number}") for number in range(1, n_items + 1)]
    make_scale(code, items)
    return publish(items, code=code, audience=Audience.COLLEAGUE)


def make_colleagues(
    scope: Team, *, arrows_per_person: int = 3, code: str = "service", n_items: int = 3
) -> Campaign:
    """Set up a campaign among colleagues with a signed letter."""
    return make_campaign(
        scope,
        Audience.COLLEAGUE,
        code=f"among-{code}",
        questionnaire=make_rating_questionnaire(code, n_items=n_items),
        arrows_per_person=arrows_per_person,
    )


def rate(
    wave: Wave, token: str, value_of: Callable[[str], int | None], *, n_items: int | None = None
) -> None:
    """Let the holder of a link rate by the code of each serving team; None skips it.

    Only the first items are answered where a number of them is given.
    """
    link = get_link(token=token, now=NOW)
    codes = [item.code for item in content_of(wave=wave).items][:n_items]
    answers = {}
    for place, arrow in enumerate(link.arrows):
        provider = arrow.group.code.split(">")[0].split(":")[0]
        value = value_of(provider)
        if value is not None:
            answers |= {code_at(code, place): value for code in codes}
    submit_response(token=token, answers=ReadAnswers(answers, {}, {}, ()), now=NOW)


def rate_all(
    wave: Wave, value_of: Callable[[str], int | None], tokens: Iterable[str] | None = None
) -> None:
    """Let everybody, or the holders of some links, rate by the code of each serving team."""
    for token in tokens_of(wave) if tokens is None else tokens:
        rate(wave, token, value_of)

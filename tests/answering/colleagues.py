"""An open wave of colleagues with one link to it, made without its services."""

from collections.abc import Sequence
from dataclasses import dataclass

from survey.campaigns.links import place_token
from survey.campaigns.models import Credential, Group, GroupArrow, GroupKind, Wave
from survey.core.tokens import digest_token
from survey.organization.models import Team
from survey.questionnaires.models import Audience
from tests.answering.asking import TOKEN, make_asked
from tests.factories.questionnaires import ItemFactory, make_scale, publish

ITEMS = ("respect", "care", "timely", "further")


@dataclass(frozen=True)
class Colleague:
    """Somebody of Bakery, who is asked about the teams that serve Bakery."""

    token: str
    wave: Wave
    groups: list[Group]
    credentials: list[Credential]

    @property
    def url(self) -> str:
        return f"/r/{self.token}/"

    def answers(self, *values: int) -> dict[str, str]:
        """Return what a form sends that answers all about each team alike; 0 leaves one out."""
        return {
            f"{item}_{place}": str(value)
            for place, value in enumerate(values)
            for item in ITEMS
            if value
        }


def make_colleague(*providers: str, required: Sequence[str] = ()) -> Colleague:
    """Ask somebody of Bakery about two teams, or those that are named."""
    items = [ItemFactory(code=code) for code in ITEMS]
    make_scale("service", items)
    questionnaire = publish(
        items, code="colleagues", audience=Audience.COLLEAGUE, required=required
    )
    asked = make_asked(audience=Audience.COLLEAGUE, questionnaire=questionnaire)
    names = providers or ("Stores", "Purchasing")
    groups = [_make_group(asked.wave, name) for name in names]
    asked.credential.delete()
    asked.wave.invitations.update(group=groups[0])
    credentials = [
        Credential.objects.create(
            wave=asked.wave,
            group=group,
            digest=digest_token(place_token(token=TOKEN, place=place)),
        )
        for place, group in enumerate(groups)
    ]
    asked.group.delete()
    return Colleague(TOKEN, asked.wave, groups, credentials)


def _make_group(wave: Wave, name: str) -> Group:
    bakery = Team.objects.get(code="bakery")
    provider = Team.objects.create(code=name.lower(), name=name)
    node = Group.objects.create(
        wave=wave, kind=GroupKind.NODE, code=provider.code, name=name, n_invited=9
    )
    edge = Group.objects.create(
        wave=wave,
        parent=node,
        kind=GroupKind.EDGE,
        code=f"{provider.code}>bakery",
        name=f"{name}, as Bakery sees it",
        n_invited=9,
    )
    GroupArrow.objects.create(group=edge, provider=provider, consumer=bakery)
    return edge

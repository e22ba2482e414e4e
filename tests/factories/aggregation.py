"""Waves that have been answered and sealed, with their trees and answers."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from survey.campaigns.models import Campaign, Channel, Group, GroupKind, GroupTeam, Wave
from survey.organization.models import Team
from survey.questionnaires.answers import wrap_answers
from survey.questionnaires.families import as_json, build_families
from survey.questionnaires.models import Item, ItemKind, Questionnaire, ScoringMethod
from survey.questionnaires.selectors import get_content
from survey.responses.models import Cell, Response
from tests.factories.questionnaires import ItemFactory, ScaleFactory, make_scale, publish

OPTIONS = [
    {"value": value, "score": value, "texts": {"en": f"option {value}"}} for value in range(1, 6)
]
CLOSED = datetime(2026, 3, 31, 18, tzinfo=UTC)
NO_PARENT: Mapping[str, str | None] = {}


def make_items(*codes: str) -> list[Item]:
    """Make items answered from 1 to 5."""
    return [ItemFactory(code=code, options=OPTIONS) for code in codes]


def make_instrument(audience: str = "EMPLOYEE", *, prefix: str = "") -> Questionnaire:
    """Publish: fair (two items, shown), care (four items, one reversed, not shown), recommend."""
    fair = make_items(f"{prefix}fair_1", f"{prefix}fair_2")
    care = make_items(*(f"{prefix}care_{number}" for number in range(1, 5)))
    rating = ItemFactory(code=f"{prefix}rec_1", kind=ItemKind.RATING, options=[])
    make_five(f"{prefix}fair", fair)
    make_five(f"{prefix}care", care, reversed_codes=[f"{prefix}care_4"])
    scale = ScaleFactory(
        code=f"{prefix}recommend",
        method=ScoringMethod.RECOMMEND,
        minimum=0,
        maximum=10,
        favourable_from=None,
    )
    scale.scale_items.create(item=rating)
    return publish([*fair, *care, rating], code=f"{prefix}pulse", audience=audience)


def make_five(code: str, items: Sequence[Item], **options: Any) -> None:
    """Make a scale from 1 to 5, favourable from 4."""
    scale = make_scale(code, items, **options)
    scale.maximum, scale.favourable_from = 5, 4
    scale.save()


def make_campaign(questionnaire: Questionnaire, scope: Team, code: str = "pulse") -> Campaign:
    return Campaign.objects.create(
        code=code,
        name=code.capitalize(),
        audience=questionnaire.audience,
        scope=scope,
        questionnaire=questionnaire,
    )


def make_wave(
    campaign: Campaign, *, closed_at: datetime = CLOSED, is_open: bool = False, **options: Any
) -> Wave:
    """Make a launched wave that was closed and sealed at a moment, or will be closed then."""
    content = get_content(questionnaire_id=campaign.questionnaire_id)
    fields: dict[str, Any] = {
        "number": campaign.waves.count() + 1,
        "questionnaire": campaign.questionnaire,
        "opens_at": closed_at - timedelta(days=14),
        "closes_at": closed_at,
        "launched_at": closed_at - timedelta(days=15),
        "closed_at": None if is_open else closed_at,
        "sealed_at": None if is_open else closed_at,
        "public_key": b"key",
        "box_size": 4096,
        "families": as_json(build_families(content=content)),
    }
    return Wave.objects.create(campaign=campaign, **fields | options)


def plant(wave: Wave, parents: Mapping[str, str | None], *, n_invited: int = 0) -> dict[str, Group]:
    """Make the groups of a wave from team codes with their parents, parents first."""
    inner = set(parents.values())
    groups: dict[str, Group] = {}
    for code, parent in parents.items():
        above = Team.objects.get(code=parent) if parent else None
        team, _ = Team.objects.get_or_create(code=code, defaults={"name": code, "parent": above})
        groups[code] = Group.objects.create(
            wave=wave,
            parent=groups[parent] if parent else None,
            kind=GroupKind.NODE if code in inner else GroupKind.TEAM,
            code=code,
            name=code.capitalize(),
            n_invited=n_invited,
        )
        GroupTeam.objects.create(group=groups[code], team=team)
    return groups


def answer(
    group: Group, people: Sequence[Mapping[str, int | None]], cell: Cell | None = None
) -> None:
    """Store what people answered, at a group."""
    content = get_content(questionnaire_id=group.wave.questionnaire_id)
    Response.objects.bulk_create(
        Response(
            wave=group.wave,
            group=group,
            cell=cell,
            answers=wrap_answers(content=content, answers=dict(person)),
        )
        for person in people
    )


def make_cell(group: Group, day: date, people: Sequence[Mapping[str, int | None]]) -> Cell:
    """Seal a cell of a group on a day."""
    cell = Cell.objects.create(
        wave=group.wave, group=group, number=group.cells.count() + 1, sealed_date=day
    )
    answer(group, people, cell)
    return cell


def fair(value: int, other: int | None = None, *, prefix: str = "") -> dict[str, int | None]:
    """Return one person's answers to the two items of fair, and middling ones to the rest."""
    answers: dict[str, int | None] = {
        f"{prefix}fair_1": value,
        f"{prefix}fair_2": value if other is None else other,
        f"{prefix}rec_1": 5,
    }
    return answers | {f"{prefix}care_{number}": 3 for number in range(1, 5)}


IMPORT = Channel.IMPORT

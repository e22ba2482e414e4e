"""What the people of a group have in common, frozen at the launch for conditions to ask about.

A group has an attribute only where as many people as the wave's threshold belong to it and all of
them share the value: it says something of a team, and nothing of anybody that is not said of all.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from survey.campaigns.models import Group, GroupTeam, Wave
from survey.campaigns.selectors import content_of
from survey.core.batches import in_batches
from survey.organization.models import Membership
from survey.questionnaires.content import QuestionnaireContent
from survey.questionnaires.routing import list_leaves

GROUPS_AT_ONCE = 500


def list_attributes(content: QuestionnaireContent) -> frozenset[str]:
    """Return the codes of the attributes that the conditions of a questionnaire ask about."""
    conditions = [section.shown_when for section in content.sections]
    conditions += [item.shown_when for item in content.items]
    leaves = (leaf for condition in conditions for leaf in list_leaves(condition))
    return frozenset(leaf["attribute"] for leaf in leaves if isinstance(leaf.get("attribute"), str))


def freeze_attributes(*, wave: Wave, groups: Iterable[Group], today: date) -> None:
    """Keep on groups what their people share on a day, of the attributes that the wave asks about.

    Nothing is read where it asks about none.
    """
    codes = list_attributes(content_of(wave=wave))
    by_id = {group.pk: group for group in groups} if codes else {}
    told = _read_people(by_id, today)
    for group_id, group in by_id.items():
        group.attributes = shared_values(told[group_id], codes=codes, fewest=wave.threshold)
    changed = [group for group in by_id.values() if group.attributes]
    Group.objects.bulk_update(changed, ["attributes"], batch_size=GROUPS_AT_ONCE)


def shared_values(
    people: Collection[Mapping[str, object]], *, codes: Collection[str], fewest: int
) -> dict[str, str]:
    """Return the attributes that all of some people share; nothing where they are too few."""
    shared = {}
    for code in sorted(codes):
        values = {str(one.get(code, "")) for one in people}
        if len(people) >= fewest and len(values) == 1 and (value := values.pop()):
            shared[code] = value
    return shared


def _read_people(
    group_ids: Collection[int], today: date
) -> Mapping[int, list[Mapping[str, object]]]:
    """Return the attributes of the people in each group's teams."""
    groups_of: dict[int, list[int]] = defaultdict(list)
    for batch in in_batches(group_ids, GROUPS_AT_ONCE):
        places = GroupTeam.objects.filter(group__in=batch)
        for team_id, group_id in places.values_list("team", "group"):
            groups_of[team_id].append(group_id)
    told: dict[int, list[Mapping[str, object]]] = defaultdict(list)
    if groups_of:
        rows = Membership.objects.active_on(today).values_list("team", "person__attributes")
        for team_id, attributes in rows.iterator():
            for group_id in groups_of.get(team_id, ()):
                told[group_id].append(attributes)
    return told

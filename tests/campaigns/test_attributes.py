"""What a group's people have in common."""

import pytest

from survey.campaigns.attributes import list_attributes, shared_values
from survey.campaigns.models import Group, Wave
from survey.campaigns.services import launch_wave
from survey.organization.models import Membership, Person
from survey.questionnaires.documents import (
    Document,
    DocumentItem,
    DocumentOption,
    DocumentSection,
)
from survey.questionnaires.services import import_document, publish_questionnaire
from tests.factories.campaigns import NOW, make_campaign, make_draft, make_teams
from tests.factories.questionnaires import item_content, questionnaire_content

OPTIONS = tuple(DocumentOption(n, {"en": str(n)}, score=n) for n in (1, 2))
NORTHERN = {"attribute": "region", "op": "=", "value": "north"}


class TestListAttributes:
    def test_finds_them_in_conditions_of_items_and_sections(self) -> None:
        content = questionnaire_content(
            item_content("a", shown_when={"any": [NORTHERN, {"not": NORTHERN}]}), item_content("b")
        )

        assert list_attributes(content) == {"region"}
        assert list_attributes(questionnaire_content(item_content("b"))) == frozenset()


class TestSharedValues:
    @pytest.mark.parametrize(
        ("regions", "shared"),
        [
            (["north"] * 5, {"region": "north"}),
            (["north"] * 4, {}),
            (["north"] * 5 + ["south"], {}),
            (["north"] * 5 + [""], {}),
            ([""] * 6, {}),
        ],
        ids=["all", "too few", "one apart", "one unknown", "none"],
    )
    def test_says_only_what_is_true_of_all_of_enough_people(
        self, regions: list[str], shared: dict[str, str]
    ) -> None:
        people = [{"region": region, "tenure": "long"} for region in regions]

        assert shared_values(people, codes=["region"], fewest=5) == shared


@pytest.mark.django_db
class TestFreezeAttributes:
    def launch(self, *, shown_when: dict[str, object] | None) -> Wave:
        """Launch a wave of two teams: one all of the north, one with one of the south."""
        teams = make_teams({"all": None, "a": "all", "b": "all"}, {"a": 5, "b": 6})
        Person.objects.update(attributes={"region": "north", "tenure": "long"})
        one = Membership.objects.filter(team=teams["b"]).values("person")[:1]
        Person.objects.filter(pk__in=one).update(attributes={"region": "south"})
        items = (
            DocumentItem("q", {"en": "How is it?"}, kind="CHOICE", options=OPTIONS),
            DocumentItem("why", {"en": "Why?"}, kind="LINE", shown_when=shown_when),
        )
        document = Document("asked", "Asked", "EMPLOYEE", ("en",), (DocumentSection("all", items),))
        questionnaire = import_document(document=document).questionnaire
        publish_questionnaire(questionnaire_id=questionnaire.pk)
        wave = make_draft(make_campaign(teams["all"], questionnaire=questionnaire))
        return launch_wave(wave_id=wave.pk, now=NOW)

    def test_keeps_what_a_team_shares_at_the_launch(self) -> None:
        wave = self.launch(shown_when=NORTHERN)

        kept = dict(Group.objects.filter(wave=wave).values_list("code", "attributes"))
        assert (kept["a"], kept["b"]) == ({"region": "north"}, {})

    def test_keeps_nothing_that_no_condition_asks_about(self) -> None:
        wave = self.launch(shown_when=None)

        assert not Group.objects.filter(wave=wave).exclude(attributes={}).exists()

"""Where the customers of teams are asked."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from survey.campaigns.models import Group, Wave
from survey.campaigns.services.contact_groups import find_places
from survey.organization.models import Membership, Person, Team
from survey.questionnaires.documents import (
    Document,
    DocumentItem,
    DocumentOption,
    DocumentSection,
)
from survey.questionnaires.models import Audience
from survey.questionnaires.services import import_document, publish_questionnaire
from tests.factories.campaigns import NOW, make_campaign, make_open_wave, make_teams

pytestmark = pytest.mark.django_db
OPTIONS = tuple(DocumentOption(n, {"en": str(n)}, score=n) for n in (1, 2))
MANY = {f"t{n}": "top" for n in range(60)}


@pytest.fixture
def wave() -> Wave:
    teams = make_teams({"top": None, "other": None, **MANY}, {})
    return make_open_wave(make_campaign(teams["top"], Audience.CUSTOMER))


class TestFindPlaces:
    def test_tells_uncovered_teams_from_unknown_ones(self, wave: Wave) -> None:
        places = find_places(team_codes=["t1", "other", "cellar"], now=NOW)

        assert places["t1"] is not None
        assert places["other"] is None
        assert "cellar" not in places

    def test_makes_a_group_once_for_a_team_that_is_new(self, wave: Wave) -> None:
        Team.objects.create(code="new", name="New", parent=Team.objects.get(code="t1"))

        first, second = (find_places(team_codes=["new"], now=NOW)["new"] for _ in range(2))

        assert first == second
        assert Group.objects.filter(code="new").count() == 1

    def test_keeps_on_it_what_its_people_share(self) -> None:
        northern = {"attribute": "region", "op": "=", "value": "north"}
        items = (
            DocumentItem("q", {"en": "How is it?"}, kind="CHOICE", options=OPTIONS),
            DocumentItem("why", {"en": "Why?"}, kind="LINE", shown_when=northern),
        )
        document = Document("asked", "Asked", "CUSTOMER", ("en",), (DocumentSection("all", items),))
        questionnaire = import_document(document=document).questionnaire
        publish_questionnaire(questionnaire_id=questionnaire.pk)
        teams = make_teams({"top": None, "t1": "top"}, {"t1": 5})
        make_open_wave(make_campaign(teams["top"], Audience.CUSTOMER, questionnaire=questionnaire))
        Person.objects.update(attributes={"region": "north"})
        new = Team.objects.create(code="new", name="New", parent=teams["top"])
        Membership.objects.update(team=new)

        find_places(team_codes=["new"], now=NOW)

        assert Group.objects.get(code="new").attributes == {"region": "north"}

    def test_asks_as_often_for_many_teams_as_for_one(self, wave: Wave) -> None:
        counts = []
        for codes in (["t1"], list(MANY)):
            with CaptureQueriesContext(connection) as queries:
                find_places(team_codes=codes, now=NOW)
            counts.append(len(queries))

        assert counts[0] == counts[1] == 3

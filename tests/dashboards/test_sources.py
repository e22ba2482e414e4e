"""Where a page's figures come from."""

from survey.accounts.models import Role, User
from survey.campaigns.models import Campaign, Pairing
from survey.core.periods import Period
from survey.dashboards.access import find_reader
from survey.dashboards.sources import list_sources
from survey.questionnaires.models import Audience
from tests.cast import Organisation, make_user
from tests.dashboards.standings import Q1, make_standing, said
from tests.dashboards.studies import make_pairing
from tests.factories.campaigns import make_draft


class TestListSources:
    def test_lists_pairings_before_campaigns_that_stand_alone(
        self, alice: User, organisation: Organisation
    ) -> None:
        pairing = make_pairing(organisation.company)
        alone = Campaign.objects.create(
            code="a", name="A first name", audience=Audience.CUSTOMER, scope=organisation.company,
            questionnaire=pairing.cx.questionnaire,
        )  # fmt: skip
        for campaign in (pairing.ex, alone):
            make_standing(campaign, organisation.company, Q1, {"fairness": said(60.0)})

        both, single = list_sources(reader=find_reader(user=alice))

        assert both.campaigns == [pairing.ex, pairing.cx]
        assert (single.code, single.staff, single.customers) == ("alone:a", None, alone)
        assert single.period == Period.QUARTER

    def test_leaves_out_what_shows_nothing_yet(
        self, alice: User, organisation: Organisation
    ) -> None:
        make_pairing(organisation.company)

        assert list_sources(reader=find_reader(user=alice)) == []

    def test_names_no_survey_of_parts_that_are_not_theirs(
        self, bob: User, organisation: Organisation
    ) -> None:
        pairing = make_pairing(organisation.company)
        make_standing(pairing.ex, organisation.company, Q1, {"fairness": said(60.0)})

        assert list_sources(reader=find_reader(user=bob)) == []

    def test_names_a_team_leads_surveys(self, organisation: Organisation) -> None:
        pairing = make_pairing(organisation.company)
        make_standing(pairing.ex, organisation.company, Q1, {"fairness": said(60.0)})
        lead = make_user("tom", Role.TEAM_LEAD, organisation.bakery)

        assert [one.code for one in list_sources(reader=find_reader(user=lead))] == ["both"]

    def test_does_not_tell_leaders_of_a_survey_that_is_still_a_plan(
        self, alice: User, organisation: Organisation
    ) -> None:
        pairing = make_pairing(organisation.company)
        make_standing(pairing.cx, organisation.company, Q1, {"treatment": said(60.0)})
        reader = find_reader(user=alice)
        assert [one.pairing for one in list_sources(reader=reader)] == [pairing]

        make_draft(pairing.ex)
        assert [one.code for one in list_sources(reader=reader)] == ["alone:customer"]

    def test_lists_no_pairing_that_shows_nothing_another_does_not(
        self, alice: User, organisation: Organisation
    ) -> None:
        whole = make_pairing(organisation.company)
        for campaign in (whole.ex, whole.cx):
            make_standing(campaign, organisation.company, Q1, {"fairness": said(60.0)})
        other = Campaign.objects.create(
            code="other", name="Other", audience=Audience.EMPLOYEE, scope=organisation.company,
            questionnaire=whole.ex.questionnaire,
        )  # fmt: skip
        Pairing.objects.create(code="first", name="A first name", ex=other, cx=whole.cx)

        reader = find_reader(user=alice)
        assert [one.code for one in list_sources(reader=reader)] == ["both"]
        make_standing(other, organisation.company, Q1, {"fairness": said(60.0)})
        assert [one.code for one in list_sources(reader=reader)] == ["first", "both"]

    def test_lists_last_what_shows_figures_of_one_side(
        self, alice: User, organisation: Organisation
    ) -> None:
        whole = make_pairing(organisation.company)
        for campaign in (whole.ex, whole.cx):
            make_standing(campaign, organisation.company, Q1, {"fairness": said(60.0)})
        new, later = (
            Campaign.objects.create(
                code=audience, name=audience, audience=audience, scope=organisation.company,
                questionnaire=whole.ex.questionnaire,
            )
            for audience in ("EMPLOYEE", "CUSTOMER")
        )  # fmt: skip
        Pairing.objects.create(code="new", name="A first name", ex=new, cx=later)
        make_standing(new, organisation.company, Q1, {"fairness": said(60.0)})

        found = list_sources(reader=find_reader(user=alice))
        assert [one.code for one in found] == ["both", "new"]

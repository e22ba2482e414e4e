"""What the database refuses to keep of campaigns, waves, groups and invitations."""

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db.models import F

from survey.campaigns.models import (
    Asking,
    Campaign,
    Collector,
    ContactFile,
    CustomerRules,
    FatigueRule,
    Group,
    GroupArrow,
    GroupTeam,
    Invitation,
    Pairing,
    Reminder,
    ReminderRow,
    Schedule,
    UnsampledContacts,
    Wave,
)
from survey.organization.models import Person
from survey.questionnaires.models import Audience
from tests.constraints import assert_refused, constraints_of, twice
from tests.factories.campaigns import NOW, make_campaign, make_open_wave, make_teams
from tests.factories.letters import LetterFactory
from tests.factories.organization import CustomerFactory, PersonFactory, TeamFactory
from tests.stages import stage

pytestmark = pytest.mark.django_db


@stage
def wave() -> Wave:
    """An open wave of six people, paired with a customer campaign."""
    top = make_teams({"top": None}, {"top": 6})["top"]
    ex, cx = (make_campaign(top, audience) for audience in (Audience.EMPLOYEE, Audience.CUSTOMER))
    Pairing.objects.create(code="both", name="Both", ex=ex, cx=cx)
    Schedule.objects.create(
        campaign=ex, rhythm="WEEK", first_date=NOW.date(), letters_time=time(9), open_days=5
    )
    wave = make_open_wave(ex)
    FatigueRule.objects.create(audience="EMPLOYEE", at_most=1, within_days=1, gap_days=0)
    reminder = Reminder.objects.create(
        wave=wave, number=1, due_date=NOW.date(), letter=LetterFactory()
    )
    ReminderRow.objects.create(
        reminder=reminder, invitation=Invitation.objects.earliest("pk"), due_at=NOW
    )
    GroupArrow.objects.create(group=wave.groups.get(), provider=top, consumer=TeamFactory())
    Collector.objects.create(code="wall", wave=wave, group=wave.groups.get(), kind="QR")
    Wave.objects.update(planned_date=NOW.date(), letters_date=NOW.date(), letters_time=time(9))
    wave.refresh_from_db()
    return wave


def change(model: Any, **fields: Any) -> Callable[[Wave], object]:
    return lambda wave: model.objects.update(**fields)


def copy(model: Any, **changes: Any) -> Callable[[Wave], object]:
    """Store another row that differs only in the fields named."""

    def write(wave: Wave) -> object:
        row = model.objects.order_by("pk").first()
        row.pk = None
        for name, value in changes.items():
            setattr(row, name, value)
        return row.save(force_insert=True)

    return write


def invite_twice(wave: Wave) -> object:
    person, group = PersonFactory(), Group.objects.first()
    return twice(lambda: Invitation.objects.create(wave=wave, group=group, person=person))()


def count_twice(wave: Wave) -> object:
    team = wave.campaign.scope
    return twice(
        lambda: UnsampledContacts.objects.create(wave=wave, team=team, contact_date=NOW.date())
    )()


REFUSED: dict[str, Callable[[Wave], object]] = {
    "contact_file_state_is_known": lambda wave: ContactFile.objects.create(
        state="LOST", content=b"x", created_at=NOW
    ),
    "contact_file_on_its_way_has_content": lambda wave: ContactFile.objects.create(created_at=NOW),
    "customer_rules_sample_some": lambda wave: CustomerRules.objects.create(
        campaign=wave.campaign, sample_percent=0
    ),
    "customer_rules_use_a_channel": lambda wave: CustomerRules.objects.create(
        campaign=wave.campaign, uses_email=False
    ),
    "unsampled_once_per_team_and_day": count_twice,
    "asking_of_a_person_or_a_customer": change(Asking, person=None),
    "fatigue_rule_audience_is_known": change(FatigueRule, audience="NOBODY"),
    "fatigue_rule_allows_one": change(FatigueRule, at_most=0),
    "reminder_number_once": copy(Reminder),
    "reminder_at_most_two": change(Reminder, number=3),
    "reminder_row_once": copy(ReminderRow),
    "campaign_asks_about_one_to_five_teams": change(Campaign, arrows_per_person=6),
    "campaign_audience_is_known": change(Campaign, audience="NOBODY"),
    "pairing_once": copy(Pairing, code="again"),
    "pairing_of_two_campaigns": change(Pairing, cx=F("ex")),
    "pairing_colleagues_are_a_third_campaign": change(Pairing, colleague=F("cx")),
    "pairing_period_is_known": change(Pairing, period="DAY"),
    "group_code_once_in_a_wave": copy(Group),
    "group_kind_is_known": change(Group, kind="CROWD"),
    "group_is_not_its_own_parent": change(Group, parent=F("id")),
    "group_team_once": copy(GroupTeam),
    "group_arrow_once": copy(GroupArrow),
    "group_arrow_is_not_of_itself": change(GroupArrow, provider=F("consumer")),
    "invitation_once_per_person_and_wave": invite_twice,
    "invitation_of_a_person_or_a_customer": lambda wave: Invitation.objects.update(
        customer=CustomerFactory()
    ),
    "collector_kind_is_known": change(Collector, kind="NFC"),
    "collector_kiosk_has_a_pin": change(Collector, kind="KIOSK"),
    "collector_kiosk_stands_on_no_site": change(
        Collector, kind="KIOSK", pin_hash="x", sites=["https://example.org"]
    ),
    "collector_once_per_group_and_kind": lambda wave: Collector.objects.create(
        code="door", wave=wave, group=wave.groups.get(), kind="QR"
    ),
    "wave_number_once": lambda wave: Wave.objects.create(
        campaign=wave.campaign,
        number=wave.number,
        questionnaire=wave.questionnaire,
        opens_at=wave.opens_at,
        closes_at=wave.closes_at,
    ),
    "wave_once_per_round": copy(Wave, number=9, key=UUID(int=9), planned_date=NOW.date()),
    "wave_letters_have_day_and_time": change(Wave, letters_time=None),
    "campaign_quiet_hours_have_both_ends": change(Campaign, quiet_from=time(22)),
    "schedule_rhythm_is_known": change(Schedule, rhythm="DAY"),
    "schedule_every_one_or_more": change(Schedule, every=0),
    "schedule_open_a_day_or_more": change(Schedule, open_days=0),
    "wave_closes_after_it_opens": change(Wave, closes_at=F("opens_at")),
    "wave_threshold_at_least_five": change(Wave, threshold=4),
    "wave_channel_is_known": change(Wave, channel="POST"),
    "wave_from_counts_is_an_import": change(Wave, counts_digest="0" * 64),
    "wave_launched_has_a_public_key": change(Wave, public_key=None),
    "wave_launched_has_forgotten_its_draw": change(Wave, draw_seed=UUID(int=1)),
    "wave_sealed_only_after_it_closed": change(Wave, sealed_at=NOW),
    "wave_withdrawn_has_a_reason": change(Wave, withdrawn_at=NOW),
    "wave_withdrawn_is_never_sealed": change(
        Wave, closed_at=NOW, sealed_at=NOW, withdrawn_at=NOW, withdrawn_reason="why"
    ),
}


class TestConstraints:
    @pytest.mark.parametrize("name", REFUSED)
    def test_are_held_by_the_database(self, wave: Wave, name: str) -> None:
        assert_refused(name, lambda: REFUSED[name](wave))

    def test_are_all_tried_here(self) -> None:
        assert set(REFUSED) == constraints_of("campaigns")

    def test_let_nobody_lower_a_threshold(self, wave: Wave) -> None:
        Wave.objects.update(threshold=7)

        assert_refused("wave_threshold_only_rises", lambda: Wave.objects.update(threshold=6))
        assert Wave.objects.get().threshold == 7

    def test_let_pass_what_is_allowed(self, wave: Wave) -> None:
        later = NOW + timedelta(days=1)
        Wave.objects.update(threshold=5, closed_at=later, sealed_at=later)
        Pairing.objects.update(period="MONTH")

        assert Wave.objects.sealed().count() == 1


class TestInvitation:
    def test_outlives_the_person(self, wave: Wave) -> None:
        Person.objects.filter(invitations__wave=wave).delete()

        assert Invitation.objects.filter(wave=wave, person=None).count() == 6

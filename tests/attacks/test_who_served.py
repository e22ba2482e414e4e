"""Somebody looks in a dump for employees: which of them stand beside answers?

Customers read on their page who served them. After the seal an administrator searches every table
for those names.
"""

from datetime import timedelta

import pytest

from survey.campaigns.contacts import Contact, CustomerData
from survey.campaigns.models import Campaign, Group, Wave
from survey.campaigns.services import admit_due_customers
from survey.campaigns.services.forgetting import NAMED_FOR, forget_who_served
from survey.campaigns.services.interactions import record_batch
from survey.questionnaires.models import Audience
from tests.attacks.dumps import Dump, dump
from tests.factories.campaigns import NOW, make_campaign, make_open_wave, make_teams
from tests.factories.questionnaires import ItemFactory, StoryFactory, publish
from tests.factories.responses import answer_wave, close_and_seal

pytestmark = pytest.mark.django_db
EMPLOYEES = ("Petra Planted", "Paul Planted")
N_CUSTOMERS = 12
WITH_THE_CONTACT = {"campaigns_interaction"}


def play(*, story: str = "") -> Wave:
    """Serve, ask and seal twelve customers; a story stands for what a careless product kept."""
    items = [ItemFactory(texts={"en": "Was {{fact:served_by}} kind?"}), StoryFactory()]
    questionnaire = publish(items, code="kind", audience=Audience.CUSTOMER)
    top = make_teams({"top": None, "shop": "top"}, {})["top"]
    campaign = make_campaign(top, Audience.CUSTOMER, questionnaire=questionnaire)
    Campaign.objects.update(told_facts=["served_by"])
    wave = make_open_wave(campaign)
    record_batch(rows=[contact(number) for number in range(N_CUSTOMERS)], now=NOW)
    admit_due_customers(now=NOW)
    answer_wave(wave, Group.objects.get(wave=wave, code="shop"), [3] * N_CUSTOMERS, story=story)
    return wave


def contact(number: int) -> Contact:
    customer = CustomerData(f"c{number}", "", f"c{number}@example.com")
    name = EMPLOYEES[number % len(EMPLOYEES)]
    return Contact(f"k{number}", f"d{number}", customer, "shop", NOW, served_by=name)


def tables_naming(employee: str, found: Dump) -> set[str]:
    """Return the tables in which a name stands, as text or as bytes."""
    return {
        table
        for table, rows in found.items()
        for row in rows
        if employee in str(row) or any(employee.encode() in one for one in _bytes_in(row))
    }


def _bytes_in(row: tuple[object, ...]) -> list[bytes]:
    return [bytes(one) for one in row if isinstance(one, bytes | memoryview)]


class TestAdministrator:
    def test_finds_no_employee_beside_an_answer(self) -> None:
        wave = play()
        before = dump()
        close_and_seal(wave)

        assert wave.responses.count() == N_CUSTOMERS
        for employee in EMPLOYEES:
            assert tables_naming(employee, before) == WITH_THE_CONTACT
            assert tables_naming(employee, dump()) == WITH_THE_CONTACT

    def test_finds_no_employee_at_all_a_month_later(self) -> None:
        close_and_seal(play())

        later = NOW + NAMED_FOR + timedelta(days=1)
        assert forget_who_served(now=later, at_most=100) == N_CUSTOMERS
        assert not any(tables_naming(employee, dump()) for employee in EMPLOYEES)

    def test_would_find_one_that_was_kept_with_the_answers(self) -> None:
        close_and_seal(play(story=EMPLOYEES[0]))

        assert tables_naming(EMPLOYEES[0], dump()) > WITH_THE_CONTACT

"""Teams, people, memberships and customers."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from survey.organization.models import Customer, Membership, Person, Service, Team


class TeamFactory(DjangoModelFactory[Team]):
    class Meta:
        model = Team

    code = factory.Sequence(lambda n: f"team-{n}")
    name = factory.LazyAttribute(lambda team: team.code.replace("-", " ").capitalize())
    parent = None


class PersonFactory(DjangoModelFactory[Person]):
    class Meta:
        model = Person

    external_id = factory.Sequence(lambda n: f"P{n:05}")
    name = factory.Sequence(lambda n: f"Person {n}")
    email = factory.LazyAttribute(lambda person: f"{person.external_id.lower()}@example.org")


class MembershipFactory(DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    person = factory.SubFactory(PersonFactory)
    team = factory.SubFactory(TeamFactory)
    active_from = date(2026, 1, 1)


class CustomerFactory(DjangoModelFactory[Customer]):
    class Meta:
        model = Customer

    external_id = factory.Sequence(lambda n: f"C{n:05}")
    name = factory.Sequence(lambda n: f"Customer {n}")
    email = factory.LazyAttribute(lambda customer: f"{customer.external_id.lower()}@example.com")


class ServiceFactory(DjangoModelFactory[Service]):
    class Meta:
        model = Service

    provider = factory.SubFactory(TeamFactory)
    consumer = factory.SubFactory(TeamFactory)
    active_from = date(2026, 1, 1)

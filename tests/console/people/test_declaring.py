"""Attributes are declared and dropped."""

import pytest
from django.test import Client

from survey.organization.models import Attribute, Person
from tests.factories.organization import PersonFactory

PAGE = "/console/people/attributes/"


@pytest.mark.django_db
class TestAttributes:
    def test_are_declared_with_a_column_of_their_own(self, hr: Client) -> None:
        page = hr.post(PAGE, {"name": "Home office"}, follow=True).text

        assert "<code>home_office</code>" in page

    @pytest.mark.parametrize("name", ["Team", "person id", "Tenure", "???", ""])
    def test_are_refused_where_there_is_such_a_column(self, hr: Client, name: str) -> None:
        Attribute.objects.create(code="tenure", name="Tenure")

        assert hr.post(PAGE, {"name": name}).status_code == 422
        assert Attribute.objects.count() == 1

    def test_are_dropped_unless_the_list_says_them_of_somebody(self, hr: Client) -> None:
        Attribute.objects.create(code="tenure", name="Tenure")
        PersonFactory(attributes={"tenure": "5 years"})
        assert "stays" in hr.post(f"{PAGE}tenure/drop/", follow=True).text

        Person.objects.update(attributes={})
        assert "no longer a column" in hr.post(f"{PAGE}tenure/drop/", follow=True).text
        assert not Attribute.objects.exists()

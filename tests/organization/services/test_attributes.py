"""Attributes are declared once, under the name of their column."""

import pytest

from survey.organization.models import Attribute
from survey.organization.services import (
    AttributeInUseError,
    AttributeNameError,
    declare_attribute,
    drop_attribute,
)
from tests.factories.organization import PersonFactory


@pytest.mark.django_db
class TestDeclareAttribute:
    def test_makes_a_code_of_the_name(self) -> None:
        assert declare_attribute(name="Home office?").code == "home_office"

    @pytest.mark.parametrize("name", ["Email", "time zone", "Tenure", "…"])
    def test_refuses_what_no_column_can_be_called(self, name: str) -> None:
        declare_attribute(name="tenure")
        with pytest.raises(AttributeNameError):
            declare_attribute(name=name)


@pytest.mark.django_db
class TestDropAttribute:
    def test_keeps_what_is_said_of_somebody(self) -> None:
        attribute = declare_attribute(name="Site")
        person = PersonFactory(attributes={"site": "north"})
        with pytest.raises(AttributeInUseError):
            drop_attribute(attribute=attribute)

        person.delete()
        drop_attribute(attribute=attribute)
        assert not Attribute.objects.exists()

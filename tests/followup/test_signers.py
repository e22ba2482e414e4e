"""In whose name an audience is written to."""

import pytest

from survey.accounts.models import Role, User
from survey.followup.signers import find_office, find_owner, list_office, sign_name
from survey.questionnaires.models import Audience
from tests.cast import make_user

pytestmark = pytest.mark.django_db


class TestFindOwner:
    def test_asks_the_office_of_the_audience_and_there_the_first(self, alice: User) -> None:
        make_user("anna", Role.HR)
        carmen = make_user("carmen", Role.CX_MANAGER)

        assert find_owner(audience=Audience.EMPLOYEE) == alice
        assert find_owner(audience=Audience.CUSTOMER) == carmen

    def test_falls_back_on_the_other_office(self, alice: User) -> None:
        assert find_owner(audience=Audience.CUSTOMER) == alice
        assert find_office(audience=Audience.CUSTOMER) == Role.HR

    def test_leaves_accounts_out_that_are_closed(self, alice: User) -> None:
        User.objects.filter(pk=alice.pk).update(is_active=False)

        assert find_owner(audience=Audience.EMPLOYEE) is None
        assert not list_office(audience=Audience.EMPLOYEE)

    def test_is_nobody_where_there_are_but_accounts_without_a_role(self) -> None:
        User.objects.create_user(email="new@example.org", name="New", password=None)

        assert find_owner(audience=Audience.EMPLOYEE) is None


class TestListOffice:
    def test_is_everybody_there_once_and_nobody_else(self, alice: User, bob: User) -> None:
        anna = make_user("anna", Role.HR)

        assert list(list_office(audience=Audience.EMPLOYEE)) == [alice, anna]


class TestSignName:
    def test_fits_below_a_letter(self) -> None:
        assert sign_name("Ana") == "Ana"
        assert sign_name("n" * 200) == "n" * 100

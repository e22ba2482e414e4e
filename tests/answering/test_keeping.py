"""Respondents are told who reads, and how long names are kept, from what is in force."""

import pytest
from pytest_django import Settings

from survey.accounts.models import Role
from survey.accounts.selectors import SEE_EVERYTHING
from survey.answering import keeping
from survey.answering.keeping import (
    all_readers,
    list_retention,
    no_readers,
    say_how_long,
    say_readers,
)
from tests.answering.asking import Ask
from tests.answering.test_promises import link_of


class TestSayReaders:
    @pytest.mark.parametrize(
        ("audience", "said"), [("EMPLOYEE", "leads your team"), ("CUSTOMER", "leads the team")]
    )
    def test_names_those_who_lead_and_the_offices(self, ask: Ask, audience: str, said: str) -> None:
        words = say_readers(link_of(ask(audience=audience)))

        assert said in words
        assert "people team, customer experience and analyst." in words

    def test_goes_by_the_real_roles(self, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(keeping, "SEE_EVERYTHING", {Role.HR})

        assert "here: people team." in say_readers(link_of(ask()))

    def test_leaves_out_nobody(self) -> None:
        leaders = {str(Role.LEADER.label), str(Role.TEAM_LEAD.label)}

        assert {*all_readers(), *no_readers()} | leaders == {str(role.label) for role in Role}
        assert SEE_EVERYTHING.isdisjoint(keeping.NO_FIGURES)


class TestSayHowLong:
    @pytest.mark.parametrize(
        ("audience", "said"),
        [
            ("EMPLOYEE", "7 days after it went."),
            ("CUSTOMER", "60 days after this survey has ended"),
        ],
    )
    def test_goes_by_the_settings(
        self, ask: Ask, settings: Settings, audience: str, said: str
    ) -> None:
        settings.ADDRESSES_KEPT_DAYS, settings.CONTACTS_KEPT_DAYS = 7, 60

        (told,) = say_how_long(link_of(ask(audience=audience)))

        assert said in told


class TestListRetention:
    def test_names_every_kind(self) -> None:
        told = dict(list_retention())

        assert told["Which customer met which team, and when"] == "396 days after the contact"
        assert len(told) == len(keeping.KINDS)

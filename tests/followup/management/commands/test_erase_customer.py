"""Customers are erased from the command line."""

from datetime import datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from survey.campaigns.models import ContactFile, Wave
from survey.organization.models import Customer
from tests.cast import Organisation
from tests.factories.customers import make_customer

pytest_plugins = ["tests.followup.asked"]


def erase(*words: str) -> str:
    out = StringIO()
    call_command("erase_customer", *words, stdout=out)
    return out.getvalue()


class TestEraseCustomer:
    @pytest.mark.parametrize("name", ["external_id", "email"])
    def test_erases_by_number_and_by_address(
        self, wave: Wave, organisation: Organisation, name: str
    ) -> None:
        nia = make_customer(wave=wave, team=organisation.bakery)
        wanted = getattr(nia, name)

        assert "Would erase one customer: 1 contact, " in erase(wanted, "--dry-run")
        assert Customer.objects.exists()
        told = erase(wanted)

        assert "Erased one customer" in told
        assert "Art. 11" in told
        assert wanted not in told
        assert not Customer.objects.exists()

    def test_names_files_on_their_way_that_hold_them(
        self, wave: Wave, organisation: Organisation, now: datetime
    ) -> None:
        nia = make_customer(wave=wave, team=organisation.bakery)
        content = f"customer_id,team,occurred_at\n{nia.external_id},x,y\n".encode()
        ContactFile.objects.create(name="march.csv", content=content, created_at=now)

        assert "march.csv waits to be taken in and names them too" in erase(nia.external_id)

    def test_fails_where_nobody_is_known(self, db: None) -> None:
        with pytest.raises(CommandError, match="Nobody is known"):
            erase("C-404")

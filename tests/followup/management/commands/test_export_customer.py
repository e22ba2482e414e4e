"""What is known of customers is written down on the command line."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from survey.campaigns.models import Wave
from tests.cast import Organisation
from tests.factories.customers import make_customer

pytest_plugins = ["tests.followup.asked"]


class TestExportCustomer:
    def test_prints_a_list_of_documents(self, wave: Wave, organisation: Organisation) -> None:
        nia = make_customer(wave=wave, team=organisation.bakery)
        out = StringIO()

        call_command("export_customer", nia.email, stdout=out)

        (document,) = json.loads(out.getvalue())
        assert document["customer"]["external_id"] == nia.external_id

    def test_fails_where_nobody_is_known(self, db: None) -> None:
        with pytest.raises(CommandError, match="Nobody is known"):
            call_command("export_customer", "C-404")

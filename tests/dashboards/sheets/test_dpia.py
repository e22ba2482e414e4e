"""The template of an impact assessment is filled in as far as the product can."""

from datetime import datetime

import pytest

from survey.dashboards.sheets.documents import write_markdown
from survey.dashboards.sheets.dpia import FREE, build_dpia
from survey.organization.models import Customer
from tests.cast import Organisation


class TestBuildDpia:
    @pytest.mark.django_db
    def test_counts_whom_it_is_about(self, organisation: Organisation, now: datetime) -> None:
        Customer.objects.create(external_id="C-1")

        text = write_markdown(build_dpia(now=now))

        assert "18 of the staff, 1 customers." in text
        assert text.count(FREE) > 20
        assert "GDPR Art. 35 (7)" in text

"""Files of contacts on their way are searched for whoever is to be erased."""

from datetime import datetime

import pytest

from survey.campaigns.models import ContactFile, ContactFileState
from survey.campaigns.services.contact_files import discard_file
from survey.followup.waiting_files import list_waiting_files
from survey.organization.models import Customer

pytestmark = pytest.mark.django_db
HEAD = "customer_id,team,occurred_at,email\n"


@pytest.fixture
def nia() -> Customer:
    return Customer.objects.create(external_id="C-1", email="nia@example.com")


def wait(line: str, now: datetime, *, encoding: str = "utf-8") -> ContactFile:
    content = (HEAD + line).encode(encoding)
    return ContactFile.objects.create(name="march.csv", content=content, created_at=now)


class TestListWaitingFiles:
    @pytest.mark.parametrize(
        ("line", "found"),
        [
            ("C-1,bakery,2026-03-01,", True),
            ('"C-1";bakery;2026-03-01;', True),
            ("C-9,bakery,2026-03-01,NIA@example.com", True),
            ("C-17,bakery,2026-03-01,", False),
            ("XC-1,bakery,2026-03-01,mania@example.com", False),
        ],
    )
    def test_knows_numbers_and_addresses_and_no_parts_of_them(
        self, nia: Customer, now: datetime, line: str, found: bool
    ) -> None:
        wait(line, now)

        assert list_waiting_files(customer=nia) == (("march.csv",) if found else ())

    def test_reads_what_spreadsheets_write(self, nia: Customer, now: datetime) -> None:
        wait("C-1,bakery,2026-03-01,", now, encoding="utf-16")

        assert list_waiting_files(customer=nia) == ("march.csv",)

    def test_finds_nothing_in_what_was_put_aside(self, nia: Customer, now: datetime) -> None:
        file = wait("C-1,bakery,2026-03-01,", now)
        discard_file(file_id=file.pk)

        assert list_waiting_files(customer=nia) == ()

    def test_passes_over_what_nobody_can_take_in(self, nia: Customer, now: datetime) -> None:
        ContactFile.objects.create(
            name="x", content=b"\xff\xfe\x00C-1", state=ContactFileState.WAITING, created_at=now
        )

        assert list_waiting_files(customer=nia) == ()

"""The way of a list from upload to done, as HR walks it."""

import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from survey.organization.models import Person, RosterColumn, RosterImport, RosterState
from survey.organization.services import apply_confirmed_rosters, read_waiting_rosters
from tests.organization.arrivals import (
    LINES,
    NOW,
    WITHOUT_CODES,
    arrive,
    csv_of,
    rows_as_csv,
    take_in,
    xlsx_of,
)

FOREIGN = csv_of(
    ",,,bakery,Bakery", "1,Ana,ana@example.org,bakery,", header="No,Name,Mail,Abteilung,Wie"
)


def upload(hr: Client, content: bytes, name: str = "staff.csv") -> str:
    """Upload a list and let the worker read it; return the address of its page."""
    file = SimpleUploadedFile(name, content)
    response = hr.post("/console/people/rosters/new/", {"file": file})
    assert response.status_code == 302, response.text
    read_waiting_rosters(now=NOW)
    return str(response.headers["Location"])


def seen_on(page: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', page)
    assert found is not None
    return found[1]


@pytest.mark.django_db
class TestTheWay:
    def test_leads_from_the_file_to_the_people(self, hr: Client) -> None:
        address = upload(hr, csv_of(*LINES))
        page = hr.get(address).text
        assert "What this list would change" in page
        assert "Cleo" in page
        assert not Person.objects.exists()

        sure = {"seen": seen_on(page), "is_sure": "on"}
        assert hr.post(f"{address}confirm/", sure).status_code == 302
        assert "Taking in staff.csv" in hr.get(address).text
        apply_confirmed_rosters(now=NOW)

        assert "staff.csv is taken in" in hr.get(address).text
        assert Person.objects.count() == 3

    def test_asks_what_unknown_headings_mean_and_remembers_it(self, hr: Client) -> None:
        address = upload(hr, FOREIGN)
        page = hr.get(address).text
        assert "What the columns mean" in page
        assert '<option value="team" selected>' in page

        told = dict(zip(FIELDS, ("person_id", "name", "email", "team", "team_name"), strict=True))
        assert hr.post(f"{address}columns/", told).status_code == 302
        read_waiting_rosters(now=NOW)

        assert "What this list would change" in hr.get(address).text
        assert RosterColumn.objects.get(heading="Wie").column == "team_name"
        assert "What this list would change" in hr.get(upload(hr, FOREIGN)).text

    @pytest.mark.parametrize("make", [rows_as_csv, xlsx_of])
    def test_makes_codes_where_a_list_has_names_only(
        self, hr: Client, make: Callable[..., bytes]
    ) -> None:
        headings = ("No", "Name", "Mail", "Department")
        address = upload(hr, make(headings, *WITHOUT_CODES[1:]))
        assert '<option value="team_name" selected>' in hr.get(address).text

        told = dict(zip(FIELDS, ("person_id", "name", "email", "team_name"), strict=False))
        hr.post(f"{address}columns/", told)
        read_waiting_rosters(now=NOW)
        assert "New teams: 2" in hr.get(address).text

        clash = (4, "Dan", "", "Fish Chips")
        page = hr.get(upload(hr, make(headings, *WITHOUT_CODES[1:], clash))).text
        assert "Line 5, Department" in page
        assert "would get the same code" in page

    def test_names_columns_that_are_missing(self, hr: Client) -> None:
        address = upload(hr, FOREIGN)
        response = hr.post(f"{address}columns/", dict.fromkeys(FIELDS, "name"))

        assert response.status_code == 422
        assert "personnel number: this column is missing" in response.text
        assert "Mail: this column is there twice" in response.text

    def test_shows_what_is_wrong_by_line_and_column(self, hr: Client) -> None:
        page = hr.get(upload(hr, csv_of("1,Ana,wrong,bakery,B,,"))).text

        assert "Line 2, email" in page
        assert "is not an e-mail address" in page

    def test_ends_where_somebody_puts_the_list_aside(self, hr: Client) -> None:
        address = upload(hr, csv_of(*LINES))
        page = hr.post(f"{address}discard/", follow=True).text

        assert "staff.csv is put aside" in page
        assert RosterImport.objects.get().content is None
        assert "was put aside" in hr.get(address).text


FIELDS = [f"column_{place}" for place in range(5)]


@pytest.mark.django_db
class TestUpload:
    @pytest.mark.parametrize("content", [None, b""])
    def test_asks_for_a_file(self, hr: Client, content: bytes | None) -> None:
        data = {} if content is None else {"file": SimpleUploadedFile("a.csv", content)}
        response = hr.post("/console/people/rosters/new/", data)

        assert response.status_code == 422
        assert not RosterImport.objects.exists()

    def test_takes_names_from_elsewhere_for_text(self, hr: Client) -> None:
        address = upload(hr, csv_of(*LINES), name="<script>alert(1)</script>.csv")

        assert "<script>alert" not in hr.get(address).text


@pytest.mark.django_db
class TestConfirm:
    def test_takes_those_who_join_without_a_tick(self, hr: Client) -> None:
        address = upload(hr, csv_of(*LINES))
        page = hr.get(address).text
        assert 'name="is_sure"' not in page

        assert hr.post(f"{address}confirm/", {"seen": seen_on(page)}).status_code == 302
        assert RosterImport.objects.get().state == RosterState.CONFIRMED

    def test_wants_somebody_to_have_looked(self, hr: Client) -> None:
        take_in(csv_of(*LINES, "4,Dan,dan@example.org,mill,,,"))
        address = upload(hr, csv_of(*LINES))
        response = hr.post(f"{address}confirm/", {"seen": seen_on(hr.get(address).text)})

        assert response.status_code == 422
        assert "Look at the differences, then tick this." in response.text
        assert RosterImport.objects.latest("pk").state == RosterState.READY

    def test_asks_twice_when_many_would_leave(self, hr: Client) -> None:
        take_in()
        address = upload(hr, csv_of(LINES[1]))
        page = hr.get(address).text
        assert "2 of 3 people have really left." in page

        sure = {"seen": seen_on(page), "is_sure": "on"}
        assert hr.post(f"{address}confirm/", sure).status_code == 422
        assert hr.post(f"{address}confirm/", sure | {"may_lose_many": "on"}).status_code == 302

    def test_is_for_what_was_seen(self, hr: Client) -> None:
        address = upload(hr, csv_of(*LINES))
        page = hr.post(f"{address}confirm/", {"seen": "older", "is_sure": "on"}, follow=True).text

        assert "somebody or something else was faster" in page.lower()
        assert RosterImport.objects.get().state == RosterState.READY


@pytest.mark.django_db
class TestDifference:
    def test_folds_names_beyond_twenty(self, hr: Client) -> None:
        page = hr.get(upload(hr, csv_of(*LINES, *(f"x{n},X,,mill,,," for n in range(30))))).text

        assert "13 more" in page

    def test_says_how_many_are_not_named(self, hr: Client) -> None:
        page = hr.get(upload(hr, csv_of(*LINES, *(f"x{n},X,,mill,,," for n in range(600))))).text

        assert "103 more are counted above" in page

    def test_comes_as_a_file_in_which_nothing_runs(self, hr: Client) -> None:
        roster = arrive(csv_of("1,@SUM(A1:A9),ana@example.org,bakery,Bakery,,"))
        lines = hr.get(f"/console/people/rosters/{roster.pk}/difference.csv").text.split("\r\n")

        assert lines[1] == "'@SUM(A1:A9),joined,,Bakery,2026-12-07,"

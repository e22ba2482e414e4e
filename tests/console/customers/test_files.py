"""Bringing in a file of contacts."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from survey.campaigns.models import Campaign, ContactFile, ContactFileState, Interaction
from survey.console.customers import files

NEW = "/console/customers/contacts/new/"


def bring_in(client: Client, text: str) -> str:
    file = SimpleUploadedFile("march.csv", text.encode())
    return client.post(NEW, {"file": file}, follow=True).text


@pytest.mark.usefixtures("customer_wave")
class TestUpload:
    def test_shows_what_is_in_it_before_anybody_is_asked(self, carmen: Client, rows: str) -> None:
        page = bring_in(carmen, rows)

        assert "march.csv" in page
        assert "<b>5</b><span>new</span>" in page
        assert "Take them in" in page
        assert not Interaction.objects.exists()

    def test_names_every_fault_and_takes_nothing(self, carmen: Client, rows: str) -> None:
        page = bring_in(carmen, rows + "C9,nobody,cellar,yesterday\n")

        assert "Nothing was taken in." in page
        assert "Line 7, email: Enter a valid email address." in page
        assert "Line 7, occurred_at:" in page

    @pytest.mark.parametrize("is_allowed", [True, False])
    def test_says_which_names_will_not_be_kept(
        self, carmen: Client, rows: str, is_allowed: bool
    ) -> None:
        if is_allowed:
            Campaign.objects.update(told_facts=["served_by"])
        head, *lines = rows.splitlines()
        told = [
            f"{line},{name}"
            for line, name in zip(lines, ["Petra", "Paul", "", "", ""], strict=True)
        ]

        page = bring_in(carmen, "\n".join([f"{head},served_by", *told]))

        assert ("2 lines say who served the customer" in page) is not is_allowed

    def test_refuses_what_is_no_list_of_contacts(self, carmen: Client) -> None:
        response = carmen.post(NEW, {"file": SimpleUploadedFile("x.csv", b"name\nAna\n")})

        assert response.status_code == 422
        assert "These columns are missing: customer_id, team, occurred_at." in response.text
        assert carmen.post(NEW, {}).status_code == 422

    def test_leaves_a_large_file_to_the_worker(
        self, carmen: Client, rows: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(files, "SMALL_BYTES", 10)

        assert "A worker reads every line" in bring_in(carmen, rows)
        assert ContactFile.objects.get().state == ContactFileState.WAITING


@pytest.mark.usefixtures("customer_wave")
class TestConfirm:
    def test_takes_a_small_file_in_at_once(self, carmen: Client, rows: str) -> None:
        bring_in(carmen, rows)
        file = ContactFile.objects.get()

        page = carmen.post(f"/console/customers/contacts/{file.pk}/confirm/", follow=True).text

        assert "What became of 5 contacts" in page
        assert "will be asked" in page
        assert Interaction.objects.count() == 5

    def test_shows_the_progress_of_a_large_one(
        self, carmen: Client, rows: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(files, "SMALL_ROWS", 1)
        bring_in(carmen, rows)
        file = ContactFile.objects.get()

        page = carmen.post(f"/console/customers/contacts/{file.pk}/confirm/", follow=True).text

        assert "<progress" in page
        assert not Interaction.objects.exists()

    def test_takes_nothing_twice(self, carmen: Client, rows: str) -> None:
        bring_in(carmen, rows)
        url = f"/console/customers/contacts/{ContactFile.objects.get().pk}/confirm/"
        carmen.post(url)

        assert "does not wait to be taken in" in carmen.post(url, follow=True).text


@pytest.mark.usefixtures("customer_wave")
class TestDiscard:
    def test_keeps_nothing(self, carmen: Client, rows: str) -> None:
        bring_in(carmen, rows)
        file = ContactFile.objects.get()

        page = carmen.post(f"/console/customers/contacts/{file.pk}/discard/", follow=True).text

        file.refresh_from_db()
        assert "Nothing of it was kept." in page
        assert file.content is None
        again = carmen.post(f"/console/customers/contacts/{file.pk}/discard/", follow=True).text
        assert "cannot be put aside any more" in again

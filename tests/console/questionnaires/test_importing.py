from html import unescape
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from survey.accounts.models import User
from survey.questionnaires.importers.telling import tell_again
from survey.questionnaires.models import ImportReport, Questionnaire
from survey.questionnaires.services.bringing import claim_reading
from tests.questionnaires.importers.makers import answer, group, lss, question
from tests.questionnaires.importers.samples import rich_lss

DEFINITIONS = Path(__file__).resolve().parents[4] / "shared" / "data" / "definitions"
BRING = "/console/questionnaires/bring/"


def send(
    client: Client, data: bytes, audience: str = "CUSTOMER", name: str = "visit.lss"
) -> tuple[int, str]:
    sent = {"file": SimpleUploadedFile(name, data), "audience": audience}
    answered = client.post(BRING, sent, follow=True)
    return answered.status_code, answered.text


def page(end: str) -> str:
    draft = Questionnaire.objects.order_by("pk").last()
    assert draft is not None
    return reverse(f"console:questionnaires:{end}", args=[draft.pk])


pytestmark = pytest.mark.django_db


class TestBring:
    def test_asks_who_is_asked(self, hr: Client, customer_desk: Client) -> None:
        assert ">customers</option>" in customer_desk.get(BRING).text
        assert ">staff</option>" not in customer_desk.get(BRING).text

    def test_lets_the_people_team_ask_staff(self, hr: Client) -> None:
        send(hr, rich_lss(), "EMPLOYEE")

        assert Questionnaire.objects.get().audience == "EMPLOYEE"

    def test_leads_to_a_report_of_everything(self, hr: Client) -> None:
        _status, shown = send(hr, rich_lss())

        report = ImportReport.objects.get()
        assert "What was taken over" in shown
        assert report.left_out
        for where in (tell_again(line[0]) for line in report.left_out):
            assert where.replace("&", "&amp;").replace("<", "&lt;").split("'")[0] in shown
        assert shown.count("<dd ") == len(report.left_out)

    def test_shows_markup_of_a_file_as_text(self, hr: Client) -> None:
        named = "<img src=x onerror=alert(1)>"
        data = lss(
            groups=[group(name=named)],
            questions=[question("1", "L", "q1", question="<script>alert(2)</script>Fine?")],
            answers=[answer("1", "a1", "Yes")],
        )

        _status, shown = send(hr, data, name=f"{named}.lss")

        assert "<script>alert" not in shown
        assert "<img src=x" not in shown

    @pytest.mark.parametrize(
        ("data", "why"),
        [
            (b" ", "is empty"),
            (b"hello", "is neither a LimeSurvey .lss"),
            (b"<!doctype html><html>", "is a web page"),
            (b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "the file"),
            (b"PK\x03\x04", "is damaged"),
            (b'{"schema": "hearthline-questionnaire/1"}', "is missing"),
            (lss(questions=[]), "the file"),
        ],
    )
    def test_refuses_with_what_and_where_and_stores_nothing(
        self, hr: Client, data: bytes, why: str
    ) -> None:
        status, shown = send(hr, data)

        assert status == 422
        assert "Nothing was taken over" in shown
        assert why in shown
        assert not Questionnaire.objects.exists()

    def test_reads_one_file_of_each_person_at_a_time(self, hr: Client, alice: User) -> None:
        claim_reading(reader_id=alice.pk, now=timezone.now())

        status, shown = send(hr, rich_lss())

        assert status == 422
        assert "Another file of yours is being read" in shown

    def test_reads_the_next_one_after_a_refusal(self, hr: Client) -> None:
        send(hr, b"hello")

        assert send(hr, rich_lss())[0] == 200

    @pytest.mark.parametrize(
        "path", sorted(DEFINITIONS.glob("*.[lxq]*")), ids=lambda path: path.name
    )
    def test_takes_every_file_that_was_given_to_us(self, hr: Client, path: Path) -> None:
        assert send(hr, path.read_bytes(), name=path.name)[0] == 200
        assert hr.get(page("builder")).status_code == 200

    def test_had_files_to_take(self) -> None:
        if not DEFINITIONS.exists():
            pytest.skip("../shared/data/definitions is not here")
        assert len(list(DEFINITIONS.glob("*.[lxq]*"))) >= 4


class TestReport:
    def test_tells_what_is_to_be_mended_until_it_is(self, hr: Client) -> None:
        data = lss(
            surveys=[{"sid": "7", "language": "en", "additional_languages": "de"}],
            groups=[group()],
            questions=[question("1", "S", "q1")],
        )

        _status, shown = send(hr, data)

        assert "is not worded in de" in shown
        assert "/questions/q1/change/" in shown

    def test_tells_each_reader_in_their_language(self, hr: Client) -> None:
        send(hr, rich_lss())
        reasons = [line[2] for line in ImportReport.objects.get().left_out]

        shown = unescape(hr.get(page("report"), headers={"Accept-Language": "de"}).text)

        assert {type(reason) for reason in reasons} == {dict}  # nothing is kept as a sentence
        told = {}
        for language in ("de", "en-gb"):
            with override(language):
                told[language] = {tell_again(reason) for reason in reasons}
        assert all(reason in shown for reason in told["de"])
        assert not told["de"] & told["en-gb"]

    def test_tells_what_was_kept_as_sentences_in_its_language(self, hr: Client) -> None:
        send(hr, rich_lss())
        ImportReport.objects.update(left_out=[["q2", "b", "weil"]], language="de")

        assert '<dl lang="de">' in hr.get(page("report")).text

    def test_is_not_there_for_what_came_from_no_file(
        self, hr: Client, six_items: Questionnaire
    ) -> None:
        answered = hr.get(reverse("console:questionnaires:report", args=[six_items.pk]))

        assert answered.status_code == 404


class TestReportFile:
    def test_holds_every_line_and_runs_nothing(self, hr: Client) -> None:
        send(hr, rich_lss())
        ImportReport.objects.update(left_out=[["=1+1", "@x", "why, so"], ["q2", "b", "c"]])

        text = hr.get(page("report_file")).text

        assert text.lstrip("\ufeff").splitlines() == [
            "where,what,reason",
            "'=1+1,'@x,\"why, so\"",
            "q2,b,c",
        ]

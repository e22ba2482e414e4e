"""A file of contacts on its way in."""

from collections.abc import Callable
from datetime import timedelta
from unittest.mock import patch

import pytest
from celery.exceptions import SoftTimeLimitExceeded

from survey.campaigns.contact_files import ContactFileError
from survey.campaigns.models import (
    ContactFile,
    ContactFileState,
    CustomerRules,
    Interaction,
    UnsampledContacts,
    Wave,
)
from survey.campaigns.services import close_wave, contact_files, work_on_files
from survey.campaigns.services.contact_files import (
    NotReadyError,
    check_file,
    confirm_file,
    discard_file,
    store_file,
    take_in_file,
)
from survey.organization.files import say_problem
from survey.questionnaires.models import Audience
from tests.factories.campaigns import NOW, make_campaign, make_open_wave, make_teams
from tests.stages import stage

pytestmark = pytest.mark.django_db
HEAD = "customer_id,email,team,occurred_at,till\n"


@stage
def wave() -> Wave:
    teams = make_teams({"top": None, "shop": "top", "depot": "top", "other": None}, {})
    return make_open_wave(make_campaign(teams["top"], Audience.CUSTOMER))


def upload(n: int = 5, *, extra: str = "", first: int = 0) -> ContactFile:
    rows = "".join(
        f"C{k},c{k}@example.com,{('shop', 'depot')[k % 2]},2026-03-01T1{k % 10}:00:00Z,7\n"
        for k in range(first, first + n)
    )
    content = (HEAD + rows + extra).encode()
    return store_file(name="march.csv", content=content, by="Alice", now=NOW)


def checked(file: ContactFile) -> ContactFile:
    check_file(file_id=file.pk, now=NOW)
    file.refresh_from_db()
    return file


def taken_in(file: ContactFile) -> ContactFile:
    confirm_file(file_id=checked(file).pk)
    take_in_file(file_id=file.pk, now=NOW)
    file.refresh_from_db()
    return file


def clock(*moments: float) -> Callable[[], float]:
    ticks = iter(moments)
    return lambda: next(ticks, moments[-1])


class TestStoreFile:
    def test_refuses_what_is_no_file_of_contacts(self) -> None:
        with pytest.raises(ContactFileError):
            store_file(name="x", content=b"name\nAna\n", by="Alice", now=NOW)

        assert not ContactFile.objects.exists()


@pytest.mark.usefixtures("wave")
class TestCheckFile:
    def test_says_what_taking_it_in_would_change_and_changes_nothing(self) -> None:
        taken_in(upload(2))

        file = checked(upload(5))

        assert file.state == ContactFileState.READY
        assert file.difference == {
            "n": 5,
            "n_known": 2,
            "n_unnamed": 0,
            "teams": [["shop", 3], ["depot", 2]],
            "left_out": ["till"],
            "first_at": "2026-03-01T10:00:00+00:00",
            "last_at": "2026-03-01T14:00:00+00:00",
        }
        assert Interaction.objects.count() == 2

    def test_refuses_the_whole_file_for_one_bad_line(self) -> None:
        file = checked(upload(3, extra="C9,nobody,shop,2026-03-01,7\n"))

        assert file.state == ContactFileState.REFUSED
        assert [say_problem(one) for one in file.problems] == [
            "line 5, email: Enter a valid email address."
        ]
        assert file.content is None

    def test_names_teams_that_nobody_asks_about_once_each(self) -> None:
        rows = "C8,,cellar,2026-03-01,7\nC9,,cellar,2026-03-01,7\nC7,,other,2026-03-01,7\n"
        file = checked(upload(1, extra=rows))

        assert [say_problem(one) for one in file.problems] == [
            'line 3, team: There is no team "cellar". (2 lines name it, this one first)',
            'line 5, team: No open customer wave asks about the team "other". (this line)',
        ]

    def test_names_the_team_of_a_line_beside_its_other_faults(self) -> None:
        file = checked(upload(1, extra="C8,nobody,cellar,soon,7\n"))

        assert [problem[:2] for problem in file.problems] == [
            [3, "email"],
            [3, "occurred_at"],
            [3, "team"],
        ]

    def test_keeps_its_sentences_so_that_they_can_be_said_in_another_language(self) -> None:
        file = checked(upload(0, extra=f"{'x' * 81},nobody,cellar,2026-03-01,7\n"))

        assert [problem[3:] for problem in file.problems] == [
            ["This is longer than %(n)s characters.", {"n": 80}],
            ["Enter a valid email address.", {}],
            ['There is no team "%(team)s". (this line)', {"team": "cellar", "n": 1}],
        ]

    def test_refuses_an_empty_file_and_one_that_is_too_long(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(contact_files, "MOST_ROWS", 3)

        assert checked(upload(0)).problems[0][:3] == [1, "", "This file holds no contact."]
        assert "more than 3 contacts" in checked(upload(4)).problems[0][2]

    def test_checks_once(self) -> None:
        file = checked(upload())

        assert not check_file(file_id=file.pk, now=NOW)


@pytest.mark.usefixtures("wave")
class TestConfirmFile:
    def test_takes_only_what_has_been_checked(self) -> None:
        file = upload()

        with pytest.raises(NotReadyError):
            confirm_file(file_id=file.pk)


@pytest.mark.usefixtures("wave")
class TestDiscardFile:
    def test_forgets_what_the_file_said(self) -> None:
        file = checked(upload())
        discard_file(file_id=file.pk)

        file.refresh_from_db()
        assert (file.state, file.content) == (ContactFileState.DISCARDED, None)
        with pytest.raises(NotReadyError):
            confirm_file(file_id=file.pk)

    def test_comes_too_late_for_what_is_being_taken_in(self) -> None:
        file = checked(upload())
        confirm_file(file_id=file.pk)

        with pytest.raises(NotReadyError):
            discard_file(file_id=file.pk)


@pytest.mark.usefixtures("wave")
class TestWorkOnFiles:
    def test_checks_and_then_takes_in_what_was_confirmed(self) -> None:
        file = upload(5)
        assert work_on_files(now=NOW) == 0
        confirm_file(file_id=file.pk)

        assert work_on_files(now=NOW) == 5
        file.refresh_from_db()
        assert (file.state, file.content, file.n_done) == (ContactFileState.APPLIED, None, 5)
        assert file.results == {"asked": 5}
        assert Interaction.objects.count() == 5
        assert work_on_files(now=NOW) == 0

    def test_puts_aside_what_nobody_decided_on_for_a_month(self) -> None:
        old, confirmed, young = checked(upload()), checked(upload()), checked(upload())
        confirm_file(file_id=confirmed.pk)
        long_ago = NOW - timedelta(days=31)
        ContactFile.objects.exclude(pk=young.pk).update(created_at=long_ago)

        work_on_files(now=NOW, read_clock=clock(0, 99))

        rows = dict(ContactFile.objects.values_list("pk", "state"))
        assert rows == {old.pk: "DISCARDED", confirmed.pk: "CONFIRMED", young.pk: "READY"}
        assert ContactFile.objects.get(pk=old.pk).content is None

    def test_refuses_what_took_too_long_twice_and_holds_up_no_others(self) -> None:
        bad, good = upload(), upload()
        with patch.object(contact_files, "_read", side_effect=SoftTimeLimitExceeded):
            for _ in range(2):
                with pytest.raises(SoftTimeLimitExceeded):
                    work_on_files(now=NOW)

        work_on_files(now=NOW)

        bad, good = (ContactFile.objects.get(pk=file.pk) for file in (bad, good))
        assert (bad.state, good.state) == (ContactFileState.REFUSED, ContactFileState.READY)
        assert "too long to read" in bad.problems[0][2]

    def test_tries_again_after_other_trouble(self) -> None:
        file = upload()
        with patch.object(contact_files, "_read", side_effect=MemoryError):
            for _ in range(3):
                work_on_files(now=NOW)

        assert checked(file).state == ContactFileState.READY

    def test_goes_on_where_the_last_run_ended(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(contact_files, "ROWS_AT_ONCE", 2)
        file = checked(upload(5))
        confirm_file(file_id=file.pk)

        assert work_on_files(now=NOW, read_clock=clock(0, 1, 99)) == 2
        file.refresh_from_db()
        assert (file.state, file.n_done) == (ContactFileState.CONFIRMED, 2)
        assert work_on_files(now=NOW) == 3
        assert Interaction.objects.count() == 5

    def test_takes_a_chunk_whole_or_not_at_all(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(contact_files, "ROWS_AT_ONCE", 2)
        file = checked(upload(5))
        confirm_file(file_id=file.pk)

        with patch.object(contact_files, "_name", side_effect=RuntimeError):
            assert work_on_files(now=NOW) == 0

        file.refresh_from_db()
        assert file.n_done == Interaction.objects.count() == 0
        assert work_on_files(now=NOW) == 5


class TestTakeInFile:
    def test_takes_in_nothing_a_second_time(self, wave: Wave) -> None:
        taken_in(upload(3))

        file = taken_in(upload(5))

        assert file.results == {"known": 3, "asked": 2}
        assert Interaction.objects.count() == 5

    def test_counts_what_the_sample_leaves_out_and_keeps_nothing_of_it(self, wave: Wave) -> None:
        CustomerRules.objects.create(campaign=wave.campaign, sample_percent=50)

        file = taken_in(upload(40))

        n_left_out = file.results["not_sampled"]
        assert n_left_out + file.results["asked"] == 40
        assert sum(UnsampledContacts.objects.values_list("n", flat=True)) == n_left_out > 5
        assert Interaction.objects.count() == file.results["asked"]

    def test_counts_rows_whose_wave_has_closed_meanwhile(self, wave: Wave) -> None:
        file = checked(upload(3))
        confirm_file(file_id=file.pk)
        close_wave(wave_id=wave.pk, now=NOW)

        take_in_file(file_id=file.pk, now=NOW)

        file.refresh_from_db()
        assert file.results == {"no_open_wave": 3}

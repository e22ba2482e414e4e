"""Who signs and where replies go."""

import pytest

from survey.letters.voice.people import find_closing, find_reply_address, find_signer


class TestFindSigner:
    @pytest.mark.parametrize(
        "name",
        ["The People Team", "HR", "Ihr Kundenservice", "L’équipe RH", "El equipo", "Zespół Kadr",
         "Das Team von Kafka", "Customer Care, Acme",
         "Acme Ltd", "Store manager", "No Reply", "", "…"],
    )  # fmt: skip
    def test_refuses_who_is_nobody(self, name: str) -> None:
        assert [finding.rule for finding in find_signer(signer_name=name)] == ["department_signer"]

    @pytest.mark.parametrize(
        "name",
        ["Priya Nair", "Priya Nair, People team", "Priya from the People team", "João Sá", "Li Po",
         "Ruth Okafor (café team)", "Priya Nair and the HR team", "Ruth", "Åsa Öberg", "王芳"],
    )  # fmt: skip
    def test_takes_a_person(self, name: str) -> None:
        assert find_signer(signer_name=name) == []


class TestFindReplyAddress:
    @pytest.mark.parametrize(
        "address",
        ["noreply@x.org", "No-Reply@x.org", "n0_reply@x.org", "keine.antwort@x.de",
         "a@noreply.x.org",
         "nao-responda@x.pt", "newsletter@x.org", "mailer-daemon@x.org", "", "priya"],
    )  # fmt: skip
    def test_refuses_where_nobody_reads(self, address: str) -> None:
        assert [each.rule for each in find_reply_address(reply_to=address)] == ["no_reply"]

    @pytest.mark.parametrize("address", ["priya@x.org", "info@x.org", "norbert.reply@x.org"])
    def test_takes_where_somebody_may(self, address: str) -> None:
        assert find_reply_address(reply_to=address) == []


class TestFindClosing:
    @pytest.mark.parametrize("line", ["Your Acme Team", "Dein Team vom Café", "L’équipe du café"])
    def test_refuses_a_team_at_the_end(self, line: str) -> None:
        assert find_closing(body=f"Five questions.\n\nYours,\n{line}")

    @pytest.mark.parametrize("line", ["Ruth", "Thanks to the team", "The desk is by the door."])
    def test_takes_other_last_lines(self, line: str) -> None:
        assert not find_closing(body=f"Five questions.\n\n{line}")

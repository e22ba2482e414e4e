"""What stands on a sheet of codes, and what never does."""

import re

import pytest
from django.core import mail

from survey.campaigns.code_sheets import compose_sheets, count_slips, render_sheet
from survey.campaigns.keys import destroy_keys
from survey.campaigns.models import Credential, Invitation, Wave
from survey.campaigns.selectors import get_link
from survey.campaigns.services import close_wave, send_due_letters
from survey.campaigns.services.codes import request_codes
from survey.core.tokens import digest_token
from survey.letters.composing import ComposedLetter, Postponed
from survey.letters.models import Delivery
from survey.organization.models import Person
from tests.factories.campaigns import NOW, make_campaign, make_open_wave, make_teams
from tests.factories.colleagues import make_colleagues, serve
from tests.stages import stage

pytestmark = pytest.mark.django_db
LINK = re.compile(r"/r/([\w-]{32})/")
WITHOUT = ("p0", "p1", "p2", "p7")  # three in a, one in b


@stage
def wave() -> Wave:
    teams = make_teams({"top": None, "a": "top", "b": "top"}, {"a": 6, "b": 6})
    Person.objects.filter(external_id__in=WITHOUT).update(email="")
    return make_open_wave(make_campaign(teams["top"]))


def bearers(wave: Wave) -> list[Invitation]:
    return list(
        Invitation.objects.filter(wave=wave, person__external_id__in=WITHOUT).select_related(
            "group"
        )
    )


class TestCountSlips:
    def test_counts_people_without_an_address_by_group(self, wave: Wave) -> None:
        assert [(name, n) for _, name, n in count_slips(wave=wave)] == [("A", 3), ("B", 1)]


class TestRenderSheet:
    def test_holds_a_working_link_for_everybody_by_group(self, wave: Wave) -> None:
        page = render_sheet(wave=wave, invitations=bearers(wave))

        tokens = LINK.findall(page)
        groups = [get_link(token=token, now=NOW).group.code for token in tokens]
        assert groups == ["a", "a", "a", "b"]
        assert len(set(tokens)) == page.count("<svg") == 4

    def test_goes_by_the_teams_of_its_readers_among_colleagues(self) -> None:
        teams = make_teams({"top": None, "ops": "top", "it": "top"}, {"ops": 6})
        serve(teams, "it>top")
        Person.objects.filter(external_id="p0").update(email="")
        wave = make_open_wave(make_colleagues(teams["top"]))

        page = render_sheet(wave=wave, invitations=bearers(wave))

        assert "<h1>Ops: 3 slips</h1>" in page
        assert "It, as Top sees it" not in page

    def test_leads_to_pages_that_leave_nothing_on_a_device_of_many(self, wave: Wave) -> None:
        page = render_sheet(wave=wave, invitations=bearers(wave))

        assert len(LINK.findall(page)) == page.count("/?shared=1</p>")

    def test_names_nobody(self, wave: Wave) -> None:
        page = render_sheet(wave=wave, invitations=bearers(wave))
        words = re.sub(r"<svg.*?</svg>", "", LINK.sub("", page), flags=re.DOTALL)

        assert "Scan this" in words
        for person in Person.objects.all():
            assert person.name not in words
            assert f">{person.external_id}<" not in words

    def test_shuffles_the_slips_of_a_group(self, wave: Wave) -> None:
        orders = {
            tuple(LINK.findall(render_sheet(wave=wave, invitations=bearers(wave))))
            for _ in range(12)
        }

        assert len(orders) > 1

    def test_prints_used_codes_too_so_that_nobody_learns_who_answered(self, wave: Wave) -> None:
        before = sorted(LINK.findall(render_sheet(wave=wave, invitations=bearers(wave))))
        Credential.objects.filter(digest=digest_token(before[0])).update(is_spent=True)

        assert sorted(LINK.findall(render_sheet(wave=wave, invitations=bearers(wave)))) == before


class TestComposeSheets:
    def test_goes_to_whoever_asked_and_leaves_no_token_behind(
        self, wave: Wave, caplog: pytest.LogCaptureFixture
    ) -> None:
        send_due_letters(now=NOW)
        mail.outbox.clear()
        request_codes(wave_id=wave.pk, asked_by="alice@example.org", now=NOW)

        assert send_due_letters(now=NOW).sent == 1

        (letter,) = mail.outbox
        ((name, content, mime_type),) = letter.attachments  # type: ignore[misc]
        tokens = LINK.findall(str(content))
        assert (letter.to, name, mime_type) == (["alice@example.org"], "codes.html", "text/html")
        assert len(tokens) == 4
        stored = " ".join(str(row) for row in Delivery.objects.values())
        assert not any(token in stored or token in caplog.text for token in tokens)
        assert "List-Unsubscribe" not in letter.extra_headers

    def test_waits_while_the_keys_are_away(self, wave: Wave) -> None:
        request_codes(wave_id=wave.pk, asked_by="alice@example.org", now=NOW)
        destroy_keys(wave=wave)
        sheet = Delivery.objects.get(kind="CODES")

        (composed,) = compose_sheets(deliveries=[sheet], now=NOW).values()

        assert isinstance(composed, Postponed)

    def test_is_not_sent_once_the_wave_has_closed(self, wave: Wave) -> None:
        request_codes(wave_id=wave.pk, asked_by="alice@example.org", now=NOW)
        sheet = Delivery.objects.get(kind="CODES")
        assert isinstance(compose_sheets(deliveries=[sheet], now=NOW)[sheet.pk], ComposedLetter)
        close_wave(wave_id=wave.pk, now=NOW)

        assert compose_sheets(deliveries=[sheet], now=NOW) == {sheet.pk: None}

    def test_leaves_other_letters_alone(self, wave: Wave) -> None:
        assert compose_sheets(deliveries=list(Delivery.objects.all()), now=NOW) == {}

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from survey.campaigns.models import Credential, Wave
from survey.campaigns.services import withdraw_wave
from survey.core.tokens import digest_token
from survey.responses.boxes import BoxContent
from survey.responses.invariants import broken_invariants
from survey.responses.models import Intake, Response
from survey.responses.services import import_responses, submit_response
from tests.factories.campaigns import (
    NOW,
    make_campaign,
    make_import_wave,
    make_open_wave,
    make_teams,
    tokens_of,
)
from tests.factories.responses import answer_wave, close_and_seal, make_answers, put_boxes
from tests.stages import stage

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@stage
def wave() -> Wave:
    wave = make_open_wave(make_campaign(make_teams({"top": None}, {"top": 9})["top"]))
    answer_wave(wave, wave.groups.get(), [1, 2, 3, 1, 2, 3])
    return wave


class TestBrokenInvariants:
    def test_finds_nothing_in_sound_waves(self, wave: Wave) -> None:
        imported = make_import_wave(make_campaign(wave.campaign.scope, code="imported"))
        pair = BoxContent(imported.groups.get().pk, make_answers(imported).answers)
        import_responses(wave=imported, responses=[pair] * 5)
        assert broken_invariants(now=NOW) == []

        close_and_seal(wave)
        close_and_seal(imported)

        assert broken_invariants(now=NOW) == []

    @pytest.mark.parametrize("table", ["credential", "intake", "response"])
    def test_is_not_misled_by_an_answer_that_comes_meanwhile(self, wave: Wave, table: str) -> None:
        late = tokens_of(wave)[6:]
        answers = make_answers(wave)
        unspent = Credential.objects.filter(is_spent=False)

        def answer_after(
            execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
        ) -> Any:
            result = execute(sql, params, many, context)
            if table in sql and late and sql.startswith("SELECT"):
                del late[:]
                token = next(t for t in tokens_of(wave) if unspent.filter(digest=digest_token(t)))
                submit_response(token=token, answers=answers, now=NOW)
            return result

        with connection.execute_wrapper(answer_after):
            assert broken_invariants(now=NOW) == []
        assert Intake.objects.count() == 7

    def test_finds_a_lost_box(self, wave: Wave) -> None:
        Intake.objects.order_by("pk")[:1].get().delete()

        assert broken_invariants(now=NOW) == [
            f"Wave {wave.pk} ({wave}): 5 boxes, 0 responses and 0 discarded do not make the 6 "
            "answers taken in."
        ]

    def test_finds_a_box_without_a_spent_credential(self, wave: Wave) -> None:
        put_boxes(wave, wave.groups.get(), [1])

        assert len(broken_invariants(now=NOW)) == 1

    def test_finds_a_credential_spent_without_a_box(self, wave: Wave) -> None:
        Credential.objects.filter(is_spent=False).update(is_spent=True)

        assert len(broken_invariants(now=NOW)) == 1

    def test_finds_a_response_counted_twice(self, wave: Wave) -> None:
        close_and_seal(wave)
        first = Response.objects.order_by("pk")[:1].get()
        Response.objects.create(wave=wave, group=first.group, answers=first.answers)

        assert len(broken_invariants(now=NOW)) == 1

    def test_finds_boxes_that_came_too_late(self, wave: Wave) -> None:
        close_and_seal(wave)
        put_boxes(wave, wave.groups.get(), [1])

        assert any("boxes wait" in line for line in broken_invariants(now=NOW))

    def test_finds_an_answer_of_an_import_that_vanished(self, wave: Wave) -> None:
        imported = make_import_wave(make_campaign(wave.campaign.scope, code="imported"))
        pair = BoxContent(imported.groups.get().pk, make_answers(imported).answers)
        import_responses(wave=imported, responses=[pair] * 6)
        Intake.objects.filter(wave=imported).order_by("pk")[:1].get().delete()

        (line,) = broken_invariants(now=NOW)
        assert "5 boxes, 0 responses and 0 discarded do not make the 6 answers" in line

    def test_finds_answers_left_of_a_withdrawn_wave(self, wave: Wave) -> None:
        withdraw_wave(wave_id=wave.pk, reason="Wrong letter", now=NOW)

        assert broken_invariants(now=NOW) == []
        assert ["6 answers are left" in line for line in broken_invariants(now=NOW + HOUR)] == [
            True
        ]

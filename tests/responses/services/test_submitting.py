from contextlib import suppress
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from survey.campaigns.keys import read_private_key
from survey.campaigns.models import Credential, Wave
from survey.campaigns.selectors import ClosedLinkError, UnknownLinkError, get_link
from survey.questionnaires.answers import AnswerError, ReadAnswers
from survey.responses.boxes import BoxContent, TooLongForBoxError, open_box, seal_box
from survey.responses.models import Intake
from survey.responses.return_keys import box_digest
from survey.responses.services import (
    AnswersRefusedError,
    CredentialSpentError,
    submit_answers,
    submit_response,
)
from tests.factories.campaigns import (
    NOW,
    TWO_WEEKS,
    make_campaign,
    make_open_wave,
    make_teams,
    tokens_of,
)
from tests.factories.responses import make_answers
from tests.stages import stage

pytestmark = pytest.mark.django_db


@stage
def wave() -> Wave:
    return make_open_wave(make_campaign(make_teams({"top": None}, {"top": 9})["top"]))


class TestSubmitResponse:
    def test_seals_group_answers_words_and_leave(self, wave: Wave) -> None:
        answers = make_answers(wave, 2, story="They were kind.")

        submit_response(token=tokens_of(wave)[0], answers=answers, now=NOW)

        opened = open_box(private_key=read_private_key(wave=wave), box=bytes(only_box(wave)))
        assert opened.group_id == wave.groups.get().pk
        assert opened.answers == answers.answers
        assert opened.texts == answers.texts
        assert list(opened.leaves.values()) == ["NO_NAMES"]

    def test_takes_the_first_of_two_answers_with_one_link(self, wave: Wave) -> None:
        token = tokens_of(wave)[0]
        submit_response(token=token, answers=make_answers(wave, 1), now=NOW)

        with pytest.raises(CredentialSpentError):
            submit_response(token=token, answers=make_answers(wave, 3), now=NOW)

        opened = open_box(private_key=read_private_key(wave=wave), box=bytes(only_box(wave)))
        assert set(opened.answers.values()) == {1}

    def test_costs_two_statements_once_the_link_is_read(
        self, wave: Wave, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        token, answers = tokens_of(wave)[0], make_answers(wave)

        link = get_link(token=token, now=NOW)

        with django_assert_num_queries(2 + 2):  # and the test's savepoint
            submit_answers(link=link, token=token, answers=answers, now=NOW)

    def test_stores_neither_answer_nor_group_in_the_open(self, wave: Wave) -> None:
        submit_response(
            token=tokens_of(wave)[0], answers=make_answers(wave, story="marker"), now=NOW
        )

        assert b"marker" not in bytes(only_box(wave))
        assert {field.name for field in Intake._meta.get_fields()} == {
            "id",
            "wave",
            "box",
            "cut_box",
        }

    def test_refuses_an_unknown_link(self, wave: Wave) -> None:
        with pytest.raises(UnknownLinkError):
            submit_response(token="made-up", answers=make_answers(wave), now=NOW)

    def test_refuses_a_closed_wave_and_spends_nothing(self, wave: Wave) -> None:
        with pytest.raises(ClosedLinkError):
            submit_response(
                token=tokens_of(wave)[0], answers=make_answers(wave), now=NOW + TWO_WEEKS
            )

        assert not Credential.objects.filter(is_spent=True).exists()

    def test_refuses_answers_with_errors(self, wave: Wave) -> None:
        wrong = ReadAnswers({}, {}, {}, (AnswerError("x", "missing", "Choose an answer"),))

        with pytest.raises(AnswersRefusedError):
            submit_response(token=tokens_of(wave)[0], answers=wrong, now=NOW)


def only_box(wave: Wave) -> bytes | memoryview:
    return Intake.objects.get(wave=wave).box


class TestSubmitAnswers:
    def send(self, wave: Wave, story: str, return_key: str = "key") -> bool:
        token = tokens_of(wave)[0]
        link, answers = get_link(token=token, now=NOW), make_answers(wave, 2, story=story)
        return submit_answers(
            link=link, token=token, answers=answers, now=NOW, return_key=return_key
        )

    def opened(self, wave: Wave) -> BoxContent:
        return open_box(private_key=read_private_key(wave=wave), box=bytes(only_box(wave)))

    def test_lets_the_digest_of_a_return_key_travel_with_words(self, wave: Wave) -> None:
        assert self.send(wave, "They were kind.")

        assert self.opened(wave).return_digest == box_digest(key="key")

    @pytest.mark.parametrize(("story", "key"), [("", "key"), ("They were kind.", "")])
    def test_lets_none_travel_without_words_or_a_key(
        self, wave: Wave, story: str, key: str
    ) -> None:
        assert not self.send(wave, story, key)

        assert self.opened(wave).return_digest == ""

    def test_takes_answers_into_the_smaller_boxes_of_older_waves(self, wave: Wave) -> None:
        story = "They were kind."
        plain = BoxContent(wave.groups.get().pk, **fields_of(make_answers(wave, 2, story=story)))
        size = next(n for n in range(64, 4096) if fits(plain, n))
        Wave.objects.filter(pk=wave.pk).update(box_size=size)
        wave.refresh_from_db()

        assert not self.send(wave, story)

        assert self.opened(wave) == plain


def fields_of(answers: ReadAnswers) -> dict[str, dict[str, Any]]:
    return {"answers": answers.answers, "texts": answers.texts, "leaves": answers.leaves}


def fits(content: BoxContent, size: int) -> bool:
    with suppress(TooLongForBoxError):
        return bool(seal_box(public_key=b"k" * 32, size=size, content=content))
    return False

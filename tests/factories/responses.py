"""Answers on their way in."""

from collections.abc import Iterable, Sequence

from survey.campaigns.models import Group, Wave
from survey.campaigns.selectors import content_of
from survey.campaigns.services import close_wave
from survey.questionnaires.answers import ReadAnswers
from survey.responses.boxes import BoxContent, seal_box
from survey.responses.models import Intake
from survey.responses.services import seal_wave, submit_response
from tests.factories.campaigns import NOW, tokens_of


def make_answers(wave: Wave, value: int = 3, *, story: str = "") -> ReadAnswers:
    """Answer every closed item of a wave alike, and tell a story if there is one."""
    content = content_of(wave=wave)
    answers: dict[str, int | None] = {item.code: value for item in content.items if item.is_closed}
    words = [item.code for item in content.items if not item.is_closed]
    texts = {words[0]: story} if story else {}
    return ReadAnswers(answers, texts, dict.fromkeys(texts, "NO_NAMES"), ())


def answer_wave(wave: Wave, group: Group, values: Sequence[int], *, story: str = "") -> list[str]:
    """Let as many people of a group answer as there are values; return their tokens."""
    answered = tokens_of(wave, group)[: len(values)]
    assert len(answered) == len(values), "not so many were invited"
    for token, value in zip(answered, values, strict=True):
        submit_response(token=token, answers=make_answers(wave, value, story=story), now=NOW)
    return answered


def put_boxes(wave: Wave, group: Group, values: Iterable[int]) -> None:
    """Put boxes into the intake without spending credentials."""
    for value in values:
        read = make_answers(wave, value)
        content = BoxContent(group.pk, read.answers, read.texts, read.leaves)
        box = seal_box(
            public_key=bytes(wave.public_key or b""), size=wave.box_size or 0, content=content
        )
        Intake.objects.create(wave=wave, box=box)


def close_and_seal(wave: Wave) -> None:
    """Close a wave now and open its boxes."""
    close_wave(wave_id=wave.pk, now=NOW)
    seal_wave(wave_id=wave.pk, now=NOW)
    wave.refresh_from_db()
